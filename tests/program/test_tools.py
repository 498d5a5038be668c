"""The tools that make the documents' tables: what they refuse, what they keep, and what they leave when they fail."""

import resource
import signal
import subprocess
from pathlib import Path

import pytest

POLICIES = ["gp-first", "care-navigation", "total-triage", "direct-access"]
ROWS = """# source: made up by the test
name,figure
"contacts, GP",contacts[role=gp] / person_years
triage,triage_contacts / person_years
"""
BY_HAND = "<!-- by hand -->\n\nWhat we make of it.\n"


@pytest.fixture
def tool(program):
    """Calls a tool, which is built beside the program."""

    def call(name, *arguments, folder, **more) -> subprocess.CompletedProcess:
        words = [str(program.parent / name), *map(str, arguments)]
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False, **more)

    return call


@pytest.fixture
def policies(write, tmp_path) -> Path:
    """A folder of the four policies over a small list and a short warm-up, with rows beside them."""
    for policy in POLICIES:
        write(f'format = 1\nextends = "../access/{policy}.toml"\nrun.warm_up = "30 d"\npopulation.size = 600\n', f"{policy}.toml", "small")
    (tmp_path / "rows.csv").write_text(ROWS)
    return tmp_path


CALL = ["scenarios/small", "--rows", "rows.csv", "--replicates", 2, "-o", "access.md"]


@pytest.mark.parametrize("name", ["segue_access", "segue_validation"])
def test_a_table_without_a_column_is_told_with_its_place(tool, tmp_path, name):
    (tmp_path / "rows.csv").write_text("# source: none\nname,figur\nA,contacts / person_years\n")
    answer = tool(name, "--rows", "rows.csv", "-o", "x.md", folder=tmp_path)
    assert answer.returncode == 2
    assert "rows.csv:2:1: the table has no column figure; is it figur?" in answer.stderr
    assert not (tmp_path / "x.md").exists()


@pytest.mark.parametrize("name", ["segue_access", "segue_recovery", "segue_validation"])
def test_a_folder_that_is_not_there_is_told_before_the_work(tool, tmp_path, name):
    answer = tool(name, "-o", "nowhere/x.md", folder=tmp_path)
    assert answer.returncode == 2
    assert answer.stderr == f"{name}: -o nowhere/x.md: there is no folder nowhere; make it first\n"


def test_a_row_of_no_known_kind_is_refused(tool, tmp_path):
    head = "name,figure,published,interval,kind,by,source,why\n"
    (tmp_path / "rows.csv").write_text(head + "A,contacts / person_years,,,emerging,,nobody,\n")
    answer = tool("segue_validation", "--rows", "rows.csv", "-o", "x.md", folder=tmp_path)
    assert answer.returncode == 2
    assert 'rows.csv:2:29: kind is "emerging"; expected fitted, input or emergent' in answer.stderr


def test_access_policies_are_compared_and_what_is_by_hand_stays(tool, policies):
    (policies / "access.md").write_text("an older table\n" + BY_HAND)
    answer = tool("segue_access", *CALL, folder=policies)
    assert answer.returncode == 0, answer.stderr
    text = (policies / "access.md").read_text()
    assert text.endswith(BY_HAND)
    assert "an older table" not in text
    assert "gp -8% and +8%" in text
    assert "call_handler -4% and +4%" in text
    assert "Staff cost 9.480 million GBP a year with GP first, and in the others at most 0.00" in text
    lines = [line for line in text.splitlines() if line.startswith("| triage ")]
    assert len(lines) == 1
    level, navigation, triage, direct = lines[0].strip("| ").split(" | ")[1:]
    assert (level, navigation, direct) == ("0 (0 to 0)", "0; 0 and 0", "0; 0 and 0")
    assert triage.startswith("+")
    assert "### total triage\n\n- Lower at all three pressures: contacts, GP.\n- Higher at all three: triage.\n" in text
    assert not list(policies.glob("access.md.*"))


def test_a_disk_that_takes_no_more_leaves_the_old_document(tool, policies):
    (policies / "access.md").write_text(BY_HAND)

    def allow_few_bytes():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    answer = tool("segue_access", *CALL, folder=policies, preexec_fn=allow_few_bytes)
    assert answer.returncode == 1
    assert answer.stderr == "segue_access: access.md: cannot write: File too large\n"
    assert (policies / "access.md").read_text() == BY_HAND
    assert not list(policies.glob("access.md.*"))


def test_the_pressure_of_a_role_needs_an_interval(tool, policies):
    figure = "minutes_offered[role=gp] / minutes_available[role=gp]"
    (policies / "targets.csv").write_text(f"target,value,low,high,source,held_out\n{figure},0.9,,,the test,false\n")
    answer = tool("segue_access", *CALL, "--targets", "targets.csv", folder=policies)
    assert answer.returncode == 2
    assert f"targets.csv:2:1: {figure} has no interval" in answer.stderr


def test_every_set_of_counts_gets_one_answer_and_what_is_by_hand_stays(tool, write, tmp_path):
    scenario = write('format = 1\nextends = "../england-average/social-prescribing.toml"\nrun.warm_up = "30 d"\nuptake.runs.steps_most = 1\n')
    (tmp_path / "recovery.md").write_text("an older table\n" + BY_HAND)
    sizes = ["--people", 400, "--to-score", 5, "--to-simulate", 2, "--models", "fixed,equity"]
    answer = tool("segue_recovery", scenario, *sizes, "-o", "recovery.md", folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    text = (tmp_path / "recovery.md").read_text()
    assert text.endswith(BY_HAND)
    assert "an older table" not in text
    rows = [line for line in text.splitlines() if line.startswith(("| M0 fixed |", "| M1 equity |"))]
    assert len(rows) == 2 * 4 * 3
    assert all(sum(map(int, row.strip("| ").split(" | ")[1:])) == 2 for row in rows)
