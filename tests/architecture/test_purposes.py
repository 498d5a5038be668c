"""Purposes are numbered for good: against the last release, none is renumbered, renamed, reused or lost."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "engine" / "rng" / "purposes.hpp"
RELEASED = ROOT / "tests" / "golden" / "purposes.txt"


def purposes(header: str) -> list[tuple[int, str]]:
    body = re.search(r"enum class Purpose\b[^{]*\{(.*?)\};", header, re.DOTALL)
    assert body, "purposes.hpp declares no enum class Purpose"
    code = re.sub(r"//.*", "", body.group(1))
    return [(int(number), name) for name, number in re.findall(r"(\w+)\s*=\s*(\d+)", code)]


def as_text(entries: list[tuple[int, str]]) -> str:
    return "".join(f"{number} {name}\n" for number, name in sorted(entries))


def read_released(text: str) -> list[tuple[int, str]]:
    return [(int(number), name) for number, name in (line.split() for line in text.splitlines() if line)]


def lost(now: list[tuple[int, str]], released: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(set(released) - set(now))


def test_every_purpose_of_the_last_release_keeps_its_number(request):
    now = purposes(HEADER.read_text(encoding="utf-8"))
    if request.config.getoption("--update"):
        RELEASED.write_text(as_text(now), encoding="utf-8")
    assert lost(now, read_released(RELEASED.read_text(encoding="utf-8"))) == []


def test_no_number_and_no_name_is_given_twice():
    now = purposes(HEADER.read_text(encoding="utf-8"))
    assert len({number for number, _ in now}) == len(now)
    assert len({name for _, name in now}) == len(now)


def test_numbers_rise_in_the_order_of_the_file_and_fit_16_bits():
    numbers = [number for number, _ in purposes(HEADER.read_text(encoding="utf-8"))]
    assert numbers == sorted(numbers)
    assert 0 < numbers[0] and numbers[-1] < 2**16


def test_a_renumbered_a_renamed_and_a_dropped_purpose_are_seen():
    released = [(1, "age"), (2, "practice"), (3, "household")]
    header = "enum class Purpose : std::uint16_t {\n    age = 4,  // was 1\n    surgery = 2,\n    added = 9,\n};"
    assert lost(purposes(header), released) == released
    assert lost(purposes(header.replace("age = 4", "age = 1")), released) == [(2, "practice"), (3, "household")]
