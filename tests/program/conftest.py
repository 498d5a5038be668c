"""Runs the program, and makes small scenarios for it: a copy of the shipped ones with a village beside them."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def built_program() -> Path | None:
    """$SEGUE if set, else the release build's, else the newest of build/*/bin/segue."""
    if chosen := os.environ.get("SEGUE"):
        return Path(chosen)
    release = ROOT / "build" / "release" / "bin" / "segue"
    if release.is_file():
        return release
    found = sorted(ROOT.glob("build/*/bin/segue"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


@pytest.fixture(scope="session")
def program() -> Path:
    """The path of the program. A test that needs it fails when it is not built."""
    found = built_program()
    assert found is not None and found.is_file(), "segue is not built; ./check release builds it"
    return found.resolve()


@dataclass
class Segue:
    """The program in a folder of its own."""

    program: Path
    folder: Path

    def start(self, *arguments, **more) -> subprocess.Popen:
        words = [str(self.program), *map(str, arguments)]
        return subprocess.Popen(
            words, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **more
        )

    def __call__(self, *arguments, timeout=300, **more) -> subprocess.CompletedProcess:
        process = self.start(*arguments, **more)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def done(self, *arguments, **more) -> str:
        """Standard output of a command that must succeed."""
        answer = self(*arguments, **more)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def digest(self, file) -> str:
        return self.done("info", file, "--digest").strip()

    def files(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def segue(program, tmp_path) -> Segue:
    return Segue(program, tmp_path)


@pytest.fixture
def write(tmp_path):
    """Writes a scenario into a copy of the shipped ones; returns its path in the test's folder."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")

    def write_one(text: str | bytes, name: str = "village.toml", folder: str = "village") -> Path:
        path = tmp_path / "scenarios" / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path.relative_to(tmp_path)

    return write_one


VILLAGE = """format = 1
extends = "../england-average/gp-led.toml"
[run]
warm_up = "30 d"
[population]
size = {size}
"""


@pytest.fixture
def village(write):
    """A scenario of few people and a short warm-up, with more text at its end."""

    def make(more: str = "", size: int = 600, name: str = "village.toml") -> Path:
        return write(VILLAGE.format(size=size) + more, name)

    return make
