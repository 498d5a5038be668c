"""A model of uptake is a file, a line in each of two lists, and a test: nothing else of the room knows its name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "engine" / "model" / "prescribing"
MODELS = ROOM / "uptake"
ENTRY = re.compile(r"^const ModelEntry (\w+)\{", re.MULTILINE)
NAME = re.compile(r'\.name = "(\w+)"')

FILES = sorted(path for path in MODELS.glob("*.cpp") if ENTRY.search(path.read_text(encoding="utf-8")))


def test_there_are_nine():
    assert len(FILES) == 9


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_model_is_a_file_and_a_line_in_each_list(path):
    (entry,) = ENTRY.findall(path.read_text(encoding="utf-8"))
    for listed in ("models.hpp", "models.cpp"):
        assert len(re.findall(rf"\b{entry}\b", (MODELS / listed).read_text(encoding="utf-8"))) == 1, listed
    assert f"uptake/{path.name}" in (ROOM / "CMakeLists.txt").read_text(encoding="utf-8")
    assert entry in (ROOT / "tests/unit/model/prescribing/uptake_models.cpp").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_else_in_the_room_knows_a_model_by_name(path):
    (name,) = NAME.findall(path.read_text(encoding="utf-8"))
    spelt = re.compile(rf'"{name}"')
    knows = {
        other.name
        for other in ROOM.rglob("*.[ch]pp")
        if other != path and spelt.search(re.sub("//.*", "", other.read_text(encoding="utf-8")))
    }
    # The default stack names models of its own choice.
    assert knows <= {"stack.hpp"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_page_describes_it(path):
    text = path.read_text(encoding="utf-8")
    (name,) = NAME.findall(text)
    number = re.search(r'\.number = "(M\d)"', text).group(1)
    page = (ROOT / "docs" / "uptake.md").read_text(encoding="utf-8")
    assert f"### {number} {name}:" in page
    stages = re.search(r"by_stage\((.*?)\)", text, re.DOTALL).group(1)
    claims = [part != '""' for part in re.findall(r'"[^"]*"', stages)]
    row = next(line for line in page.splitlines() if line.startswith(f"| {number} | `{name}` |"))
    assert [cell.strip() == "x" for cell in row.strip("|").split("|")[2:]] == claims
