"""The tree is the architecture: a room includes only rooms before it, and CMake says the same."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Rooms in the order of the model. Those in one row are sisters: they never include each other.
ORDER = [
    ["core"],
    ["rng"],
    ["parameters"],
    ["scenario"],
    ["population"],
    ["model"],  # what the sisters below have in common: the worklist of the day
    ["model/*"],
    ["record"],
    ["day"],
    ["rollout"],
    ["results"],
    ["run"],
    ["calibration"],  # figures, which headlines are made of
    ["compare", "uptake", "sweep"],
    ["program"],
]
LEVEL = {room: level for level, row in enumerate(ORDER) for room in row}
INCLUDE = re.compile(r'^\s*#\s*include\s*"(engine/[^"]+)"', re.MULTILINE)


def room_of(path: str) -> str:
    """The room of a file in engine/: "core", "model" for what lies straight in it, "model/book"."""
    parts = path.split("/")[1:-1]
    return "/".join(parts[:2]) if parts and parts[0] == "model" else (parts[0] if parts else "")


def level_of(room: str) -> int:
    return LEVEL["model/*"] if room.startswith("model/") else LEVEL[room]


def is_allowed(room: str, used: str) -> bool:
    return room == used or level_of(used) < level_of(room)


@dataclass(frozen=True)
class Arrow:
    """One include, or one USES entry, from a file to a room."""

    origin: str
    room: str
    used: str
    target: str


def includes(root: Path) -> list[Arrow]:
    arrows = []
    for path in sorted((root / "engine").rglob("*")):
        if path.suffix not in {".hpp", ".cpp", ".inl"}:
            continue
        name = path.relative_to(root).as_posix()
        for target in INCLUDE.findall(path.read_text(encoding="utf-8")):
            arrows.append(Arrow(name, room_of(name), room_of(target), target))
    return arrows


def modules(root: Path) -> dict[str, tuple[str, set[str]]]:
    """For every segue_module: its name, the room it lies in, and what it USES."""
    found = {}
    for path in sorted((root / "engine").rglob("CMakeLists.txt")):
        text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
        room = path.parent.relative_to(root / "engine").as_posix()
        for body in re.findall(r"segue_module\(([^)]*)\)", text):
            words = body.split()
            used: set[str] = set()
            section = ""
            for word in words[1:]:
                if word in {"SOURCES", "USES", "LIBRARIES"}:
                    section = word
                elif section == "USES":
                    used.add(word)
            found[words[0]] = (room, used)
    return found


def wrong_includes(root: Path) -> list[str]:
    return [
        f"{arrow.origin} includes {arrow.target}: {arrow.room} may not use {arrow.used}"
        for arrow in includes(root)
        if not is_allowed(arrow.room, arrow.used)
    ]


def wrong_uses(root: Path) -> list[str]:
    known = modules(root)
    problems = []
    for name, (room, used) in known.items():
        for other in sorted(used):
            if other not in known:
                problems.append(f"{name} USES {other}, which no CMakeLists.txt makes")
            elif not is_allowed(room, known[other][0]):
                problems.append(f"{name} USES {other}: {room} may not use {known[other][0]}")
    return problems


def reach(name: str, known: dict[str, tuple[str, set[str]]]) -> set[str]:
    """The rooms that a module's USES reach, one after another."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module in known and known[module][0] not in reached:
            reached.add(known[module][0])
            waiting.extend(known[module][1])
    return reached


def unsaid_includes(root: Path) -> list[str]:
    """Includes of a room that the including room's USES do not reach."""
    known = modules(root)
    by_room: dict[str, set[str]] = {}
    for name, (room, _) in known.items():
        by_room.setdefault(room, set()).update(reach(name, known))
    return [
        f"{arrow.origin} includes {arrow.target}, but {arrow.room}/CMakeLists.txt does not USE {arrow.used}"
        for arrow in includes(root)
        if arrow.room in by_room and arrow.used not in by_room[arrow.room]
    ]


def test_every_room_has_its_place_in_the_order():
    rooms = {room_of(path.relative_to(ROOT).as_posix()) for path in (ROOT / "engine").rglob("*.?pp")}
    assert {room for room in rooms if not room.startswith("model/")} <= set(LEVEL)


def test_no_include_points_the_wrong_way():
    assert wrong_includes(ROOT) == []


def test_every_include_names_a_file_that_exists():
    assert [f"{arrow.origin}: {arrow.target}" for arrow in includes(ROOT) if not (ROOT / arrow.target).is_file()] == []


def test_no_use_in_cmake_points_the_wrong_way():
    assert wrong_uses(ROOT) == []


def test_cmake_says_what_the_includes_do():
    assert unsaid_includes(ROOT) == []


def test_no_include_is_relative():
    relative = re.compile(r'^\s*#\s*include\s*"(?!engine/|bench/|tests/|tools/)([^"]+)"', re.MULTILINE)
    found = {
        path.relative_to(ROOT).as_posix(): names
        for folder in ("engine", "tests", "bench", "tools")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".hpp", ".cpp", ".inl"} and (names := relative.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_unit_tests_mirror_the_engine():
    units = ROOT / "tests" / "unit"
    folders = {path.parent.relative_to(units).as_posix() for path in units.rglob("*.cpp")}
    assert {folder for folder in folders if not (ROOT / "engine" / folder).is_dir()} == set()


def planted(tmp_path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("origin", "target"),
    [
        ("engine/core/a.hpp", "engine/rng/b.hpp"),
        ("engine/population/a.cpp", "engine/run/b.hpp"),
        ("engine/model/book/a.cpp", "engine/model/contact/b.hpp"),
        ("engine/model/today.hpp", "engine/model/book/b.hpp"),
        ("engine/compare/a.cpp", "engine/sweep/b.hpp"),
    ],
)
def test_a_planted_wrong_include_is_seen(tmp_path, origin, target):
    root = planted(tmp_path, {origin: f'#include "{target}"\n', target: ""})
    assert len(wrong_includes(root)) == 1
    assert origin in wrong_includes(root)[0]


@pytest.mark.parametrize(
    ("origin", "target"),
    [
        ("engine/rng/a.cpp", "engine/core/b.hpp"),
        ("engine/model/book/a.cpp", "engine/model/today.hpp"),
        ("engine/model/prescribing/uptake/a.cpp", "engine/model/prescribing/b.hpp"),
        ("engine/program/a.cpp", "engine/sweep/b.hpp"),
    ],
)
def test_an_include_of_an_earlier_room_is_no_fault(tmp_path, origin, target):
    assert wrong_includes(planted(tmp_path, {origin: f'#include "{target}"\n', target: ""})) == []


def test_a_planted_wrong_use_is_seen(tmp_path):
    root = planted(
        tmp_path,
        {
            "engine/core/CMakeLists.txt": "segue_module(core SOURCES a.cpp USES rng)",
            "engine/rng/CMakeLists.txt": "segue_module(rng SOURCES a.cpp USES core lost)",
        },
    )
    assert wrong_uses(root) == [
        "core USES rng: core may not use rng",
        "rng USES lost, which no CMakeLists.txt makes",
    ]


def test_an_include_that_cmake_does_not_say_is_seen(tmp_path):
    root = planted(
        tmp_path,
        {
            "engine/core/CMakeLists.txt": "segue_module(core SOURCES a.cpp)",
            "engine/core/a.hpp": "",
            "engine/run/CMakeLists.txt": "segue_module(run SOURCES a.cpp)",
            "engine/run/a.cpp": '#include "engine/core/a.hpp"\n',
        },
    )
    assert unsaid_includes(root) == [
        "engine/run/a.cpp includes engine/core/a.hpp, but run/CMakeLists.txt does not USE core"
    ]
