"""A run, from its options to its last line."""

import json
import os
import pty
import re
import resource
import subprocess

import pytest

TREND = r"(stable|(growing|shrinking) by [\d.]+ a week \(-?[\d.]+ to [\d.]+\)) \([\d,]+ waiting\)"


def run(segue, path, file, *more) -> str:
    """Runs quietly; returns the digest."""
    segue.done("run", path, "-o", file, "--quiet", *more)
    return segue.digest(file)


def test_any_number_of_threads_gives_the_same_results(segue, village):
    path = village()
    digests = {run(segue, path, f"{threads}.h5", "--replicates", 3, "--threads", threads) for threads in (1, 2, 3, 8)}
    assert len(digests) == 1


def test_any_instructions_give_the_same_results(segue, village):
    path = village()
    assert run(segue, path, "a.h5", "--isa", "scalar") == run(segue, path, "b.h5", "--isa", "best")


def test_another_seed_gives_other_results(segue, village):
    path = village()
    assert run(segue, path, "a.h5", "--seed", 1) != run(segue, path, "b.h5", "--seed", 2)


def test_a_scenario_that_only_extends_another_gives_its_results(segue, village, write):
    base = village()
    twin = write('format = 1\nextends = "village.toml"\n', name="twin.toml")
    run(segue, base, "a.h5")
    run(segue, twin, "b.h5")
    assert segue.done("same", "a.h5", "b.h5").startswith("same: ")


def test_a_dated_change_leaves_the_periods_before_it_equal(segue, village, write):
    base = village()
    change = '[[change]]\nname = "fewer GPs"\non = 2026-07-01\nset = { "team.roles.gp.wte" = 0.1 }\n'
    twin = write('format = 1\nextends = "village.toml"\n' + change, name="twin.toml")
    run(segue, base, "a.h5")
    run(segue, twin, "b.h5")
    assert segue.done("same", "a.h5", "b.h5", "--before", "2026-07-02").startswith("same before")
    answer = segue("same", "a.h5", "b.h5")
    assert answer.returncode == 1
    assert "week 2026-06-29" in answer.stdout, "the earliest period that holds 1 July is its week"


def test_same_names_the_first_difference_and_exits_1(segue, village):
    path = village()
    run(segue, path, "a.h5")
    run(segue, path, "b.h5", "--seed", 2)
    answer = segue("same", "a.h5", "b.h5")
    assert answer.returncode == 1
    assert re.search(r" in the first, .* in the second\n$", answer.stdout)
    told = segue("same", "a.h5", "b.h5", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout)["same"] is False


def test_overrides_win_over_the_file_and_later_ones_over_earlier(segue, village):
    path = village()
    base = run(segue, path, "a.h5")
    once = run(segue, path, "b.h5", "--set", "team.roles.gp.wte=0.1")
    assert once != base
    assert run(segue, path, "c.h5", "--set", "team.roles.gp.wte=9", "--set", "team.roles.gp.wte=0.1") == once


def test_an_override_that_changes_nothing_is_a_warning(segue, village):
    answer = segue("run", village(), "-o", "a.h5", "--set", "team.roles.gp.wte=17.64")
    assert answer.returncode == 0
    assert "team.roles.gp.wte is already 17.64" in answer.stderr


def test_naming_the_seed_that_is_in_force_is_no_slip(segue, village):
    answer = segue("run", village(), "-o", "a.h5", "--seed", 1, "--years", 1, "--replicates", 1)
    assert answer.returncode == 0
    assert answer.stderr == ""


def test_results_go_to_a_file_named_after_folder_and_scenario(segue, village):
    segue.done("run", village())
    assert "results/village-village.h5" in segue.files()
    # Another one, with the folder there.
    segue.done("run", village(name="town.toml"))
    assert "results/village-town.h5" in segue.files()


def test_the_last_line_names_file_speed_lists_and_self_checks(segue, village):
    last = segue.done("run", village(), "-o", "a.h5").splitlines()[-1]
    assert re.fullmatch(
        rf"a\.h5: [\d,]+ person-years at [\d,]+ a second; lists: books {TREND}, hospital {TREND}; self-checks held",
        last,
    )


def test_books_that_grow_are_told_in_the_last_line_the_file_and_the_summary(segue, village):
    too_few = ("--set", "team.roles.health_care_assistant.wte=0.05")
    out = segue.done("run", village(), "-o", "a.h5", "--replicates", 3, *too_few)
    assert "lists: books growing by " in out.splitlines()[-1]
    assert "growing by " in next(line for line in segue.done("info", "a.h5").splitlines() if "lists/books" in line)
    told = json.loads(segue.done("summary", "a.h5", "--json"))[0]
    assert told["delay_days_median"] is None
    assert told["delay_days_first_quarter_over_14_percent"] < told["delay_days_last_quarter_over_14_percent"]


def test_a_run_ends_with_the_summary_of_its_file(segue, village):
    out = segue.done("run", village(), "-o", "a.h5")
    assert segue.done("summary", "a.h5") in out


def test_quiet_shows_nothing_when_all_went_well(segue, village):
    answer = segue("run", village(), "-o", "a.h5", "--quiet")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_progress_is_a_bar_on_a_terminal_and_nothing_where_a_run_is_short(segue, village):
    path = village(size=5_000)
    ours, its = pty.openpty()
    with os.fdopen(its, "w") as terminal:
        answer = subprocess.run(
            [segue.program, "run", path, "-o", "a.h5", "--replicates", "20"], cwd=segue.folder, stdout=subprocess.DEVNULL, stderr=terminal
        )
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert answer.returncode == 0
    assert re.search(r"\[#*-+\] \d+%, [\d,]+ person-years a second", shown)
    assert segue("run", path, "-o", "b.h5").stderr == ""


def test_json_tells_a_script_all_of_it(segue, village):
    told = json.loads(segue.done("run", village(), "-o", "a.h5", "--json", "--replicates", 2))
    assert told["path"] == "a.h5"
    assert told["digest"] == segue.digest("a.h5")
    assert told["replicates_run"] == 2
    assert told["person_years"] == pytest.approx(2 * 600 * 395 / 365.25, rel=0.05)
    assert told["person_years_per_second"] == pytest.approx(told["person_years"] / told["seconds"])
    assert [told["lists"][name]["trend"] in ("stable", "growing", "shrinking") for name in ("books", "hospital")] == [True, True]
    assert told["lists_error_rate"] == 0.05
    assert told["checks"] == {"held": True, "failed": []}


def test_profile_says_where_the_time_went(segue, village):
    out = segue.done("run", village(), "-o", "a.h5", "--profile")
    for line in ("loop and counting", "synthesis", "events a person-year", "nanoseconds an event", "person-years a core-minute"):
        assert line in out


def test_the_log_has_the_lines_with_their_time(segue, village):
    segue.done("run", village(), "-o", "a.h5", "--log", "a.log", "--quiet")
    text = (segue.folder / "a.log").read_text()
    assert re.search(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d info began a\.h5", text)
    assert "nanoseconds an event" in text
    assert "self-checks held" in text


def test_the_same_run_again_finds_its_results_there(segue, village):
    path = village()
    segue.done("run", path, "-o", "a.h5")
    assert "nothing was run" in segue.done("run", path, "-o", "a.h5")
    assert json.loads(segue.done("run", path, "-o", "a.h5", "--json"))["was_there"] is True


def test_results_of_another_scenario_are_kept_unless_forced(segue, village):
    path = village()
    segue.done("run", path, "-o", "a.h5")
    kept = segue.digest("a.h5")
    answer = segue("run", path, "-o", "a.h5", "--seed", 2)
    assert answer.returncode == 2
    assert "--force" in answer.stderr
    assert segue.digest("a.h5") == kept
    segue.done("run", path, "-o", "a.h5", "--seed", 2, "--force")
    assert segue.digest("a.h5") != kept


def test_results_say_where_they_came_from_and_name_no_folder(segue, village, tmp_path):
    segue.done("run", village(), "-o", tmp_path / "a.h5", "--quiet")
    told = json.loads(segue.done("info", "a.h5", "--json"))["provenance"]
    assert told["scenario_name"] == "village/village"
    assert told["command"] == "segue run village.toml -o a.h5 --quiet"
    for name in ("hash", "seed", "program_version", "commit", "started", "machine/processor", "machine/compiler", "machine/libraries"):
        assert told[name]
    assert str(tmp_path) not in segue.done("info", "a.h5")


def test_a_summary_names_what_was_set(segue, village):
    path = village()
    out = segue.done("run", path, "-o", "a.h5", "--set", "team.roles.gp.wte=20", "--set", "run.warm_up=20 d")
    assert "team.roles.gp.wte=20" in out
    assert "team.roles.gp.wte=20" in segue.done("summary", "a.h5")
    (told,) = json.loads(segue.done("summary", "a.h5", "--json"))
    assert told["overrides"] == ["team.roles.gp.wte=20", "run.warm_up=20 d"]


def test_running_out_of_memory_exits_1_and_leaves_no_half_results(segue, village):
    path = village(size=60_000)
    outcomes = set()
    for megabytes in range(40, 400, 20):
        limit = megabytes << 20
        answer = segue(
            "run", path, "-o", "a.h5", "--memory", "1TB", "--threads", 1, "--quiet", "--force",  # parts may be left
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        )
        outcomes.add(answer.returncode)
        if answer.returncode == 0:
            break
        # 127 is the loader's: the libraries themselves found no room.
        assert answer.returncode in (1, 127), answer.stderr
        if answer.returncode == 1:
            assert "fewer --threads" in answer.stderr
        assert not (segue.folder / "a.h5").exists()
    assert {0, 1} <= outcomes


def test_a_full_standard_output_is_a_failure(segue):
    with open("/dev/full", "w") as full:
        answer = subprocess.run([segue.program, "schema"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert answer.returncode == 1
    assert "standard output" in answer.stderr
