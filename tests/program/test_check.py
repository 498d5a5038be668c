"""What check, explain and schema say."""

import datetime
import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = sorted((ROOT / "scenarios").glob("*/*.toml"))


def test_check_says_what_would_run(segue, village):
    out = segue.done("check", village())
    for line in (
        "village/village: would run",
        "neighbourhoods: 1, 600 people",
        "practices: 5",
        "frailty >= 'moderate'",
        "results: 2026-04-01 to 2027-03-31; warm-up from 2026-03-02",
        "the day, in order:",
        "population.size",
        "17.64 WTE",
        "GBP a head",
        "none stated",
        "ae_attendances",
        "person-years a second",
    ):
        assert line in out


def test_check_sets_the_cost_of_the_configurations_of_a_folder_side_by_side(segue, write):
    write("format = 1\n")
    out = segue.done("check", "scenarios/st-austell/gp-led.toml")
    assert "staff: 7,378,433 GBP a year, " in out
    assert "  beside it, primary-care-home.toml: 7,378,310 GBP a year, 123 GBP less\n" in out
    assert "gp-led.toml: " not in out


@pytest.mark.parametrize("policy", ["gp-first", "care-navigation", "total-triage", "direct-access"])
def test_every_access_policy_costs_as_much_as_the_average_team(segue, write, policy):
    def cost(path):
        (told,) = re.findall(r"staff: ([0-9,]+) GBP a year", segue.done("check", path))
        return int(told.replace(",", ""))

    write("format = 1\n")
    average = cost("scenarios/england-average/gp-led.toml")
    assert abs(cost(f"scenarios/access/{policy}.toml") - average) < average / 1000


def test_check_shows_the_team_of_the_first_day_of_the_results(segue, village):
    change = '[[change]]\nname = "{0}"\non = {1}\nset = {{ "team.roles.gp.wte" = {2} }}\n{3}'
    path = village(change.format("fewer", "2020-01-01", 2, "") + change.format("later", "2026-07-01", 9, ""))
    out = segue.done("check", path)
    assert re.search(r"GP +2\.00 WTE", out)
    assert "on 2020-01-01: fewer, in all; in force at the start" in out
    assert "on 2026-07-01: later, in all\n" in out


def test_check_shows_the_teams_of_neighbourhoods_that_differ(segue, village):
    path = village(
        "[[neighbourhood]]\nname = 'north'\n[[neighbourhood]]\nname = 'south'\n[[neighbourhood]]\nname = 'west'\n"
        "[[change]]\nname = 'fewer'\non = 2026-04-01\nwhere = ['south']\nset = { 'team.roles.gp.wte' = 2 }\n"
    )
    out = segue.done("check", path)
    assert "team at the start in north, west:" in out
    assert "team at the start in south:" in out
    starts = json.loads(segue.done("check", path, "--json"))["at_the_start"]
    assert [start["neighbourhoods"] for start in starts] == [["north", "west"], ["south"]]
    assert [start["people"] for start in starts] == [1200, 600]


def test_check_warns_of_a_size_beside_a_person_file(segue, village, tmp_path):
    path = village('file = "people.csv"\n')
    (tmp_path / path.parent / "people.csv").write_text("id,birth_date,sex,deprivation\n1,1980-01-01,female,1\n")
    (line,) = segue("check", path).stderr.splitlines()
    assert line.startswith(f"{path}:6:8: warning: population.size is 600")
    (tmp_path / path).write_text('format = 1\nextends = "../england-average/gp-led.toml"\npopulation.file = "people.csv"\n')
    assert segue("check", path).stderr == "", "the size of the base is what the file replaces"


def test_check_tells_a_script_the_same(segue, village):
    told = json.loads(segue.done("check", village(), "--json"))
    assert told["people"] == 600
    assert told["problems"] == []
    (start,) = told["at_the_start"]
    assert start["neighbourhoods"] == ["village"]
    assert {post["role"] for post in start["team"]} >= {"gp", "practice_nurse"}
    assert [step["name"] for step in told["steps"]][0] == "what is due"
    assert any(one["key"] == "population.size" for one in told["differences"])


def test_check_tells_a_script_of_every_problem(segue, village):
    answer = segue("check", village("[book]\nurgent = 1\n[team.roles.gp]\nwte = -1\n"), "--json")
    assert answer.returncode == 2
    assert [problem["line"] for problem in json.loads(answer.stdout)["problems"]] == [8, 10]


def test_check_warns_of_a_kind_of_need_that_nobody_in_post_can_meet(segue, village):
    path = village("[team.roles.district_nurse]\nwte = 0\n[navigation.routes.wounds]\nroles = ['district_nurse']\n")
    answer = segue("check", path)
    assert answer.returncode == 0
    lines = [line for line in answer.stderr.splitlines() if "needs.wounds" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"{path}:10:9: warning: nobody in post on the route of needs.wounds can meet it")


def test_check_knows_named_clinicians_and_warns_of_a_wte_that_they_stand_in_for(segue, village):
    path = village(
        '[[clinician]]\nname = "Dr A"\nrole = "gp"\nwte = 0.5\npractice = "practice_1"\n'
        '[[clinician]]\nname = "Dr B"\nrole = "gp"\nwte = 0.8\npractice = "practice_2"\nstart = 2027-01-01\n'
    )
    answer = segue("check", path, "--set", "team.roles.gp.wte=3")
    assert answer.returncode == 0
    assert re.search(r"GP +0\.50 WTE", answer.stdout)
    assert "warning: team.roles.gp.wte is 3.0, and the clinicians of that role are named: nothing changes" in answer.stderr


def test_check_warns_of_a_change_that_undoes_an_override(segue, village):
    change = '[[change]]\nname = "fewer"\non = 2026-07-01\nset = { "team.roles.gp.wte" = 2 }\n'
    answer = segue("check", village(change), "--set", "team.roles.gp.wte=3")
    assert answer.returncode == 0
    assert "warning" in answer.stderr
    assert "change.fewer.remove=true" in answer.stderr


def test_check_writes_nothing(segue, village):
    path = village()
    before = segue.files()
    segue.done("check", path)
    assert segue.files() == before


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_scenario_passes_check_without_a_warning(segue, path):
    answer = segue("check", path, "--quiet")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_explain_says_meaning_unit_range_source_and_where_it_was_set(segue, write):
    write("format = 1\n")
    out = segue.done("explain", "team.roles.gp.wte", "--scenario", "scenarios/st-austell/gp-led.toml")
    for word in ("WTE", "0 to 1000", "policy", "source", "certainty", "14.29", "scenarios/st-austell/gp-led.toml:"):
        assert word in out
    told = json.loads(segue.done("explain", "team.roles.gp.wte", "--scenario", "scenarios/st-austell/gp-led.toml", "--json"))
    assert told["in_force"]["value"] == "14.29"
    assert told["in_force"]["layer"] == "file"


def test_check_warns_of_a_backlog_that_waits_for_nobody(segue, village):
    path = village("[team.roles.pharmacist]\nwte = 0\n[backlog.pharmacist]\npeople = 30\nneed = 'minor_acute'\n")
    lines = [line for line in segue("check", path).stderr.splitlines() if "backlog.pharmacist" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"{path}:10:10: warning: backlog.pharmacist waits for a role with nobody in post")


def test_check_warns_of_a_backlog_without_people(segue, village):
    path = village("[backlog.gp]\nneed = 'skin'\n")
    (line,) = segue("check", path).stderr.splitlines()
    assert line == f"{path}:8:8: warning: backlog.gp has no people: nothing changes"


def test_explain_says_which_fields_of_a_clinician_must_be_given(segue):
    lines = segue.done("explain", "clinician").splitlines()
    for field, given in {"role": True, "wte": True, "practice": False}.items():
        (line,) = [line for line in lines if line.startswith(f"clinician.{field} ")]
        assert line.endswith("[none: must be given]") == given


def test_explain_lists_every_key(segue):
    lines = segue.done("explain").splitlines()
    assert len(lines) > 100
    listed = {one["key"] for one in json.loads(segue.done("explain", "--json"))}
    assert listed <= {line.split()[0] for line in lines}


def as_json(value):
    """TOML as JSON Schema sees it: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def test_schema_takes_every_shipped_scenario(segue):
    schema = json.loads(segue.done("schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in SCENARIOS:
        faults = [fault.message for fault in validator.iter_errors(as_json(tomllib.loads(path.read_text(encoding="utf-8"))))]
        assert faults == [], path


@pytest.mark.parametrize("text", ["[book]\nurgent = 1\n", "[team.roles.gp]\nwte = -1\n", "[team.roles.gp]\nwte = 'x'\n", "format = 2\n"])
def test_schema_refuses_what_check_refuses(segue, text):
    validator = jsonschema.Draft202012Validator(json.loads(segue.done("schema")))
    assert list(validator.iter_errors(as_json(tomllib.loads(text))))
