"""What the tests of commands share: the program, as it was built, run in the root of the repository."""

import os
import subprocess
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
    return found


@pytest.fixture(scope="session")
def segue(program):
    """Runs the program: segue("check", path) gives a CompletedProcess with text output; `cwd`, `env`, `timeout`, `stdin` may be given."""

    def run(*arguments, cwd=ROOT, env=None, timeout=120, stdin=""):
        return subprocess.run(
            [program, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
