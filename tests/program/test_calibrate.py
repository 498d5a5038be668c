"""What calibrate solves, and what it refuses."""

import csv
import json

import pytest

HEAD = "target,value,low,high,source,held_out\n"
FACTORS = """
[calibration]
replicates = 2
[calibration.factors.acute]
keys = ["needs.minor_acute.onset_scale", "needs.acute_adult.onset_scale", "needs.acute_child.onset_scale"]
[calibration.factors.hospital]
keys = ["needs.falls_and_frailty.onset_scale"]
least = 0.5
most = 2
"""


@pytest.fixture
def site(write):
    """A small list with two free factors."""
    return write(
        'format = 1\nextends = "../england-average/gp-led.toml"\npopulation.size = 3000\n[run]\nwarm_up = "60 d"\n' + FACTORS
    )


def targets(folder, rows):
    path = folder / "targets.csv"
    path.write_text(HEAD + rows)
    return path


def needs_target(segue, site, factor):
    """Needs of acute kinds a person-year, as they are, times a factor: held out beside a target that is met anyhow."""
    figure = "needs[need=minor_acute|acute_adult|acute_child,origin=onset] / person_years"
    rows = targets(segue.folder, f'"{figure}",1,,,made up by the test,true\ndeaths / person_years,0.01,0.0001,1,test,false\n')
    answer = segue("calibrate", site, "--targets", rows, "-o", "x.csv", "--json", "--set", "calibration.steps_most=1")
    now = json.loads(answer.stdout)["targets"][0]["reached"]
    (segue.folder / "x.csv").unlink()
    return figure, now * factor


def test_it_meets_its_targets_and_the_file_gives_the_same_again(segue, site, write):
    figure, wanted = needs_target(segue, site, 1.3)
    rows = targets(segue.folder, f'"{figure}",{wanted},,,made up by the test,false\n')
    call = ["calibrate", site, "--targets", rows, "--json", "-o"]
    first = json.loads(segue.done(*call, "scenarios/data/calibrated.csv", "--threads", 1))
    assert first["targets"][0]["met"]
    assert abs(first["targets"][0]["residual"]) < 0.03
    moved = {one["key"]: one["value"] / one["before"] for one in first["values"]}
    assert moved["needs.minor_acute.onset_scale"] == pytest.approx(1.3, rel=0.05)
    assert moved["needs.falls_and_frailty.onset_scale"] == pytest.approx(1, rel=0.01)

    bytes_before = (segue.folder / "scenarios/data/calibrated.csv").read_bytes()
    (segue.folder / site).open("a").write('[data]\ncalibrated = "../data/calibrated.csv"\n')
    segue.done(*call, "again.csv", "--threads", 2)
    assert (segue.folder / "again.csv").read_bytes() == bytes_before

    rows = {row["key"]: row for row in csv.DictReader(line for line in bytes_before.decode().splitlines() if line[0] != "#")}
    said = segue.done("explain", "needs.minor_acute.onset_scale", "--scenario", site)
    assert rows["needs.minor_acute.onset_scale"]["value"] in said
    assert "calibrated.csv" in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("deaths / person_yaers,1,,,test,false", 'did you mean "person_years"?'),
        ("contacts[roll=gp] / person_years,1,,,test,false", 'did you mean "role"?'),
        ("contacts[role=gpp] / person_years,1,,,test,false", 'did you mean "gp"?'),
        ("deaths /,1,,,test,false", "targets.csv:2:9:"),
        ("deaths / person_years,nothing,,,test,false", "targets.csv:2:"),
        ("deaths / person_years,-1,,,test,false", "more than 0"),
        ("deaths / person_years,1,2,3,test,false", "low <= value <= high"),
        ("deaths / person_years,1,,,,false", "no source"),
        ("deaths / person_years,1,,,test,perhaps", "true or false"),
        ("deaths / person_years,1,,,test,true", "every target is held out"),
        ('"deaths / needs[need=maternity,sex=male]",1,,,test,false', "is no number in a replicate"),
    ],
)
def test_bad_targets_are_told_at_their_place(segue, site, row, words):
    answer = segue("calibrate", site, "--targets", targets(segue.folder, row + "\n"), "-o", "x.csv")
    assert answer.returncode == 2
    assert words in answer.stderr
    assert "x.csv" not in segue.files()


def test_targets_out_of_reach_are_refused_with_the_nearest_and_why(segue, site):
    figure, wanted = needs_target(segue, site, 50)
    rows = targets(segue.folder, f'"{figure}",{wanted},,,made up by the test,false\n')
    answer = segue("calibrate", site, "--targets", rows, "-o", "x.csv")
    assert answer.returncode == 2
    assert "at the nearest" in answer.stderr
    assert "at the end of its range: acute" in answer.stderr
    assert "x.csv" not in segue.files()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('["team.roles.gp.wte"]', "is policy"),
        ('["needs.minor_acute.onset_scal"]', "did you mean needs.minor_acute.onset_scale?"),
        ('["needs.minor_acute.season"]', "is no number"),
        ('["needs.minor_acute.onset_scale"]', "has two factors"),
        ("[]", "multiplies nothing"),
    ],
)
def test_a_factor_that_can_move_nothing_is_refused(segue, site, keys, words):
    with (segue.folder / site).open("a") as file:
        file.write(f"[calibration.factors.other]\nkeys = {keys}\n")
    rows = targets(segue.folder, "deaths / person_years,0.01,,,test,false\n")
    answer = segue("calibrate", site, "--targets", rows, "-o", "x.csv")
    assert answer.returncode == 2
    assert words in answer.stderr
