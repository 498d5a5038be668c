"""What segue uptake says of observed counts, and what it refuses."""

import json

import pytest

HEAD = "series,period_start,period_end,group,count\n"
SITE = """format = 1
extends = "../england-average/social-prescribing.toml"
population.size = 1500
[run]
warm_up = "60 d"
years = 2
[uptake.runs]
replicates_to_fit = 1
replicates_to_compare = 6
replicates_of_loads = 1
steps_most = 1
"""
YEARS = "offered,2026-04-01,2027-03-31,all,{first}\noffered,2027-04-01,2028-03-31,all,{second}\n"


@pytest.fixture
def site(write):
    """A small list with social prescribing, and fits that end early."""
    return write(SITE)


def observe(folder, rows):
    path = folder / "observed.csv"
    path.write_text(HEAD + rows)
    return path.name


def score(segue, site, rows, *more):
    """What the program says of counts under two models."""
    call = ["uptake", site, "--observed", observe(segue.folder, rows), "--models", "fixed,equity", "-o", "x.h5", *more]
    return segue(*call)


def test_counts_give_posteriors_and_a_verdict_in_words(segue, site):
    answer = score(segue, site, YEARS.format(first=31, second=30), "--json")
    assert answer.returncode == 0, answer.stderr
    observed = json.loads(answer.stdout)["observed"]
    assert [one["model"] for one in observed["models"]] == ["fixed", "equity"]
    assert sum(one["posterior"] for one in observed["models"]) == pytest.approx(1)
    assert all(one["prior"] == 0.5 for one in observed["models"])
    assert observed["verdict"] in {"one_model", "not_told_apart", "none_of_these"}


def test_counts_that_no_model_brings_forth_are_of_none_of_these(segue, site):
    answer = score(segue, site, YEARS.format(first=900, second=2))
    assert answer.returncode == 0, answer.stderr
    assert "None of these: every model" in answer.stdout


def test_priors_and_a_series_of_its_own_come_from_the_scenario(segue, site, write):
    write(SITE + '[uptake.prior.equity]\nweight = 3\n[uptake.observed.coded]\nstage = "accepted"\nrecorded_share = 0.5\n')
    rows = "coded,2026-04-01,2026-09-30,sex=female,8\ncoded,2026-04-01,2026-09-30,sex=male,4\n"
    answer = score(segue, site, rows, "--json")
    assert answer.returncode == 0, answer.stderr
    priors = [one["prior"] for one in json.loads(answer.stdout)["observed"]["models"]]
    assert priors == [0.25, 0.75]


MONTH = "2026-04-01,2026-04-30"
REFUSED = {
    "a gap": (
        f"offered,{MONTH},all,2\noffered,2026-06-01,2026-06-30,all,2\n",
        "observed.csv:3:9: offered, all has a gap: nothing from 2026-05-01 to 2026-05-31",
    ),
    "a group that ends early": (
        f"offered,{MONTH},sex=male,2\noffered,{MONTH},sex=female,2\noffered,2026-05-01,2026-05-31,sex=male,1\n",
        "observed.csv:3:9: offered, sex=female has a gap: nothing from 2026-05-01 to 2026-05-31",
    ),
    "twice": (
        f"offered,{MONTH},all,2\noffered,{MONTH},all,2\n",
        "observed.csv:3:9: offered, all is counted twice from 2026-04-01 on",
    ),
    "a negative": (f"offered,{MONTH},all,-1\n", "observed.csv:2:35: count is -1; expected 0 to 1500"),
    "more than there are people": (f"offered,{MONTH},all,1501\n", "observed.csv:2:35: count is 1501; expected 0 to 1500"),
    "part of somebody": (f"offered,{MONTH},all,1.5\n", "observed.csv:2:35: "),
    "a stage that is none": (
        f"ofered,{MONTH},all,2\n",
        'observed.csv:2:1: nothing says what the series "ofered" counts; expected a stage (offered, accepted, contacted, '
        "started), or a name under uptake.observed; did you mean offered?",
    ),
    "half a month": (
        "offered,2026-04-15,2026-04-30,all,2\n",
        "observed.csv:2:9: no month of the span begins on 2026-04-15; expected whole months between 2026-04-01 and 2028-03-31",
    ),
    "beyond the span": ("offered,2028-04-01,2028-04-30,all,2\n", "observed.csv:2:9: no month of the span begins on 2028-04-01"),
    "no date": ("offered,April,2026-04-30,all,2\n", 'observed.csv:2:9: period_start is "April"; expected a date'),
    "a period backwards": (
        "offered,2026-05-01,2026-04-30,all,2\n",
        "observed.csv:2:20: the period ends before it begins, on 2026-05-01",
    ),
    "a group of no kind": (f"offered,{MONTH},height=2,2\n", 'observed.csv:2:31: group is "height=2"; expected all, or one of'),
    "no such group": (f"offered,{MONTH},deprivation=6,2\n", "observed.csv:2:31: there is no deprivation 6; expected one of 1, 2"),
    "groups of two kinds": (
        f"offered,{MONTH},all,2\noffered,{MONTH},sex=male,2\n",
        "observed.csv:3:31: the series offered has groups of two kinds",
    ),
    "nothing": ("", "observed.csv: there are no counts"),
}


@pytest.mark.parametrize("rows, message", REFUSED.values(), ids=REFUSED.keys())
def test_counts_that_cannot_be_are_refused_with_their_place(segue, site, rows, message):
    answer = score(segue, site, rows)
    assert answer.returncode == 2
    assert message in answer.stderr
    assert not (segue.folder / "x.h5").exists()


def test_a_column_or_a_file_that_is_not_there_is_told(segue, site):
    (segue.folder / "observed.csv").write_text("series,period_start,period_end,group,counts\n")
    call = ["uptake", site, "-o", "x.h5", "--observed"]
    answer = segue(*call, "observed.csv")
    assert answer.returncode == 2
    assert "observed.csv:1:1: the table has no column count; is it counts?" in answer.stderr
    assert segue(*call, "nowhere.csv").returncode == 2


def test_a_spread_needs_some_replicates(segue, site):
    answer = score(segue, site, YEARS.format(first=31, second=30), "--replicates", 4)
    assert answer.returncode == 2
    assert "--observed: 4 replicates tell nothing of a model's spread; expected 5 or more" in answer.stderr
