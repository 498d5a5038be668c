"""Arms beside one another: what is printed, what is kept, and what is refused."""

import json
import re
import signal
import time

import pytest
import xarray

MORE_GPS = 'format = 1\nextends = "village.toml"\n[team.roles]\ngp = { wte = 19 }\n'


@pytest.fixture
def arms(village, write):
    """A village, and the same with more GPs."""
    return village(), write(MORE_GPS, name="more-gps.toml")


def compared(segue, *arguments) -> dict:
    return json.loads(segue.done("compare", *arguments, "--json", "--quiet"))


def test_staff_cost_comes_first_and_the_tables_follow(segue, arms):
    out = segue.done("compare", *arms, "--replicates", 2)
    assert out.startswith("staff cost, GBP a year")
    for words in ("more-gps less village, twin by twin, over 2 replicates", "ae_attendances", "contacts[role=gp]",
                  "who differ at all", "first by another place in a queue", "Who gains and who loses in more-gps",
                  "fifth 1, most deprived"):
        assert words in out
    assert out.splitlines()[-1].startswith("results/village-village-and-more-gps.h5: 2 replicates")
    assert (segue.folder / "results" / "village-village-and-more-gps.h5").is_file()


def test_a_null_change_is_exactly_zero_everywhere(segue, village):
    path = village()
    arm = compared(segue, path, path, "--replicates", 2, "-o", "null.h5")["arms"][1]
    for name, row in arm["headlines"].items():
        if row["difference"]["mean"] is not None:
            assert row["difference"] == {"mean": 0, "half_width_95": 0}, name
    causes = arm["people_by_first_cause"]
    assert causes.pop("people") > 600
    assert set(causes.values()) == {0}
    assert all(row["better"] == row["worse"] == 0 for row in arm["people_by_change"])


def test_small_numbers_of_people_are_not_told(segue, arms):
    arm = compared(segue, *arms, "-o", "a.h5")["arms"][1]
    counts = [row[change] for row in arm["people_by_change"] for change in ("better", "same", "worse")]
    assert None in counts
    assert all(count is None or count == 0 or count >= 5 for count in counts)
    assert "<5" in segue.done("compare", *arms, "-o", "b.h5")


def test_the_file_opens_as_netcdf_with_named_dimensions(segue, arms):
    segue.done("compare", *arms, "--replicates", 2, "-o", "a.h5", "--quiet")
    with xarray.open_dataset(segue.folder / "a.h5") as data:
        assert list(data.arm.values) == ["village", "more-gps"]
        assert data.ae_attendances.dims == ("replicate", "arm")
        assert data.contacts.dims == ("replicate", "arm", "role")
        assert data.people_by_change.dims == (
            "replicate", "arm", "personal_measure", "segment", "deprivation", "change")
        causes = data.people_by_first_cause
        assert (causes.sum("first_cause").sel(arm="more-gps") >= 600).all()
        assert (causes.sel(arm="village", first_cause="none") == causes.sel(arm="village").sum("first_cause")).all()
        assert data.ae_attendances.attrs["figure"] == "1000 * ae_attendances / person_years"


def test_any_number_of_threads_gives_the_same_digest(segue, arms):
    digests = set()
    for threads in (1, 2, 3):
        segue.done("compare", *arms, "--replicates", 3, "--threads", threads, "-o", f"{threads}.h5", "--quiet")
        digests.add(segue.digest(f"{threads}.h5"))
    assert len(digests) == 1


def test_replicates_are_added_until_the_precision_is_met(segue, arms):
    loose = compared(segue, *arms, "--precision", "contacts[role=gp] 50%", "-o", "loose.h5")
    row = loose["arms"][1]["headlines"]["contacts[role=gp]"]
    percent = 70 * row["difference"]["half_width_95"] / row["first"]
    tight = compared(segue, *arms, "--precision", f"contacts[role=gp] {percent:.3f}%", "-o", "tight.h5")
    row = tight["arms"][1]["headlines"]["contacts[role=gp]"]
    assert tight["is_precise"] and tight["replicates"] > loose["replicates"]
    assert row["difference"]["half_width_95"] <= percent / 100 * row["first"]


def test_a_precision_of_nothing_is_not_chased(segue, arms):
    made = compared(segue, *arms, "--precision", "contacts[role=visiting_consultant] 1%", "-o", "a.h5")
    row = made["arms"][1]["headlines"]["contacts[role=visiting_consultant]"]
    assert (row["first"], made["replicates"], made["is_precise"]) == (0, 5, True), "0 less 0 is as sure as can be"


def test_equal_cost_makes_the_arms_cost_the_same(segue, arms):
    answer = segue("compare", *arms, "--equal-cost", "practice_nurse", "-o", "a.h5", "--json")
    assert answer.returncode == 0, answer.stderr
    assert "WTE of practice nurse cost as much as" in answer.stderr
    first, second = (arm["staff_cost_gbp_per_year"] for arm in json.loads(answer.stdout)["arms"])
    assert second == pytest.approx(first, abs=0.02)


def test_attribution_adds_up_to_the_whole_difference(segue, village, write):
    base = village()
    other = write(
        MORE_GPS + "practice_nurse = { wte = 9 }\n[book]\nurgent_carve_out_share = 0.3\n", name="three-changes.toml")
    made = compared(segue, base, other, "--attribute", "--replicates", 2, "-o", "a.h5")
    shares = made["attribution"]
    assert sorted(shares["parts"]) == ["book", "team.roles.gp", "team.roles.practice_nurse"]
    assert (shares["method"], shares["orders"], shares["runs"]) == ("all orders", 6, 6)
    for name, row in made["arms"][1]["headlines"].items():
        if row["difference"]["mean"] is not None:
            total = sum(part["mean"] for part in shares["shares"][name].values())
            assert total == pytest.approx(row["difference"]["mean"], abs=1e-9), name
    assert shares["shares"]["staff_cost_gbp"]["book"]["mean"] == 0
    with xarray.open_dataset(segue.folder / "a.h5") as data:
        whole = data.ae_attendances.sel(arm="three-changes") - data.ae_attendances.sel(arm="village")
        assert (data.ae_attendances_by_part.sum("part") == whole).all(), "exactly, in every replicate"
    assert "What each part adds" in segue.done("compare", base, other, "--attribute", "--replicates", 2, "-o", "b.h5")


def test_three_arms_are_each_compared_with_the_first(segue, arms, write):
    third = write('format = 1\nextends = "village.toml"\n[team.roles]\ngp = { wte = 15 }\n', name="fewer-gps.toml")
    made = compared(segue, *arms, third, "-o", "a.h5")
    assert [arm["name"] for arm in made["arms"]] == ["village", "more-gps", "fewer-gps"]
    assert made["arms"][2]["headlines"]["staff_cost_gbp"]["difference"]["mean"] < 0


def test_arms_of_two_folders_are_compared_when_their_people_are_the_same(segue, arms, write):
    write('format = 1\nextends = "../village/village.toml"\n', name="village.toml", folder="elsewhere")
    made = compared(segue, arms[0], "scenarios/elsewhere/village.toml", "-o", "a.h5")
    assert [arm["name"] for arm in made["arms"]] == ["village/village", "elsewhere/village"]
    assert made["arms"][1]["headlines"]["contacts[role=gp]"]["difference"]["mean"] == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("[run]\nseed = 2\n", "other.toml:4:8: run.seed is 2, and 1 in scenarios/village/village.toml; expected the same"),
        ("[run]\nstart = 2026-05-01\n", "other.toml:4:9: run.start is 2026-05-01"),
        ("[population]\nsize = 601\n", "other.toml:4:8: population.size is 601, and 600"),
        ('[[segment]]\nname = "new"\nwhen = "age < 5"\nbefore = "healthy"\n', "other.toml:5:8: segment.new.when is"),
        ('[[practice]]\nname = "practice_1"\nshare = 3\n', "other.toml: practice.practice_1.share is 3"),
    ],
)
def test_other_people_or_luck_are_refused_where_they_are_written(segue, village, write, more, words):
    other = write('format = 1\nextends = "village.toml"\n' + more, name="other.toml")
    answer = segue("compare", village(), other, "-o", "a.h5")
    assert answer.returncode == 2
    assert words in answer.stderr
    assert not (segue.folder / "a.h5").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--precision", "ae_attendence 1%"], 'did you mean "ae_attendances"?'),
        (["--precision", "ae_attendances"], "is no precision"),
        (["--equal-cost", "nurse"], "--equal-cost nurse: no role"),
        (["--attribute-runs", "1"], "--attribute-runs"),
        (["-o", "nowhere/a.h5"], "nowhere"),
        (["--sett", "a=1"], "--sett is no option; did you mean --set?"),
    ],
)
def test_wrong_usage_is_told_and_exits_2(segue, arms, arguments, words):
    answer = segue("compare", *arms, *arguments)
    assert answer.returncode == 2
    assert words in answer.stderr


def test_one_arm_is_none(segue, village):
    answer = segue("compare", village())
    assert answer.returncode == 2
    assert "At least 2 required" in answer.stderr


def test_attribution_of_nothing_is_refused(segue, village):
    path = village()
    answer = segue("compare", path, path, "--attribute", "-o", "a.h5")
    assert answer.returncode == 2
    assert "nothing differs" in answer.stderr


def test_results_of_another_comparison_are_kept_unless_forced(segue, arms):
    segue.done("compare", arms[0], arms[0], "-o", "a.h5", "--quiet")
    answer = segue("compare", *arms, "-o", "a.h5")
    assert answer.returncode == 2 and "--force" in answer.stderr
    segue.done("compare", *arms, "-o", "a.h5", "--quiet", "--force")


@pytest.mark.parametrize("more", [[], ["--attribute"]], ids=["plain", "attributed"])
def test_a_comparison_that_was_stopped_resumes_to_the_same_results(segue, arms, more):
    call = ("compare", *arms, "--replicates", 60, "--threads", 2, *more, "-o", "a.h5")
    process = segue.start(*call)
    give_up = time.monotonic() + 120
    while not list(segue.folder.glob("a.h5.parts/part-*.h5")):
        assert process.poll() is None and time.monotonic() < give_up
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(r"stopped: \d+ more replicates? finished and kept in a\.h5\.parts; .*--resume", err)
    assert not (segue.folder / "a.h5").exists()
    assert segue(*call).returncode == 2, "what is kept is not thrown away"
    segue.done(*call, "--resume", "--quiet")
    whole = ["b.h5" if word == "a.h5" else word for word in call]
    segue.done(*whole, "--quiet")
    assert segue.digest("a.h5") == segue.digest("b.h5")
    assert not (segue.folder / "a.h5.parts").exists()
