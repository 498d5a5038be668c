"""Every command that the documentation shows as a console example runs."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "scenarios" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = {"segue", "build/release/bin/segue"}


def commands(text: str) -> list[list[str]]:
    """The words of each line that calls the program, in the order of the page."""
    lines = [line for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    called = [shlex.split(line[2:], comments=True) for line in lines if line.startswith("$ ")]
    return [words[1:] for words in called if words and words[0] in NAMES]


def files_to_write(text: str) -> dict[str, str]:
    """Files that the page tells its reader to write: "Write `PATH`:" and the TOML that follows."""
    return dict(re.findall(r"Write `([^`]+\.toml)`:\n\n```toml\n(.*?)```", text, re.DOTALL))


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_file() and commands(page.read_text(encoding="utf-8"))],
                         ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_example_of_the_page_runs(segue, page):
    shutil.copytree(ROOT / "scenarios", segue.folder / "scenarios")
    text = page.read_text(encoding="utf-8")
    for name, content in files_to_write(text).items():
        (segue.folder / name).write_text(content, encoding="utf-8")
    # What ./quickstart leaves, which pages go on from.
    (segue.folder / "results").mkdir()
    for name in ("gp-led", "primary-care-home"):
        if f"results/st-austell-{name}.h5" in text:
            segue.done("run", f"scenarios/st-austell/{name}.toml", "--seed", 1, "-o", f"results/st-austell-{name}.h5", "--quiet")
    for words in commands(text):
        answer = segue(*words)
        assert answer.returncode == 0, f"segue {shlex.join(words)}: {answer.stderr}"


def test_the_reference_names_every_command_and_option(segue):
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = segue.done("--help").split("Subcommands:\n")[1].split("\n\n")[0]
    for command in (line.split()[0] for line in section.splitlines()):
        assert f"## {command}\n" in reference
        for option in re.findall(r"--[a-z-]+", segue.done(command, "--help").split("Exit codes")[0].split("Examples")[0]):
            assert option in reference, f"{command} {option}"
