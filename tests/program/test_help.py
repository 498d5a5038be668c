"""What the program says of itself."""

import re

import pytest

COMMANDS = ["run", "check", "compare", "calibrate", "uptake", "summary", "same", "explain", "schema", "info"]


def test_help_lists_every_command_and_no_other(segue):
    section = segue.done("--help").split("Subcommands:\n")[1].split("\n\n")[0]
    assert [line.split()[0] for line in section.splitlines()] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_a_sentence_an_example_and_its_exit_codes(segue, command):
    text = segue.done(command, "--help")
    assert re.match(r"[A-Z].{20,}\n", text)
    assert f"  segue {command}" in text
    assert "Exit codes: 0" in text
    for option in ("--quiet", "--json", "--log", "--help"):
        assert option in text


def test_help_is_no_wider_than_a_screen(segue):
    for command in COMMANDS:
        assert max(map(len, segue.done(command, "--help").splitlines())) <= 120


def test_version_names_program_model_results_scenarios_and_commit(segue):
    assert re.fullmatch(
        r"segue \d+\.\d+\.\d+ \(model \d+, results schema \d+, scenario format \d+; commit \w+\)\n", segue.done("--version")
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "no command"),
        (["rnu"], "did you mean run?"),
        (["run"], "SCENARIO.toml is required"),
        (["run", "x.toml", "--thred", "2"], "did you mean --threads?"),
        (["run", "x.toml", "--threads", "0"], "--threads"),
        (["run", "x.toml", "--threads", "many"], "--threads"),
        (["run", "x.toml", "--memory", "lots"], "--memory"),
        (["run", "x.toml", "--seed", "x"], "--seed: x is no whole number"),
        (["run", "x.toml", "y.toml"], "y.toml"),
        (["same", "x.h5"], "B.h5 is required"),
        (["info", "x.h5", "--before", "2026-07-01"], "--digest"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(segue, words, expected):
    answer = segue(*words)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert expected in answer.stderr
    assert "--help" in answer.stderr
