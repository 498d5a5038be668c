"""Stopped, killed, or out of room: what is finished is kept, and going on gives what would have been."""

import re
import resource
import signal
import time

import pytest

REPLICATES = 40


@pytest.fixture
def long_run(village):
    """A run of many replicates, of seconds each on a slow machine: time enough to stop it."""
    return ("run", village(size=20_000), "--replicates", REPLICATES, "--threads", 2, "-o", "a.h5")


def wait_for_a_part(segue, process):
    """Until a finished replicate is on disk."""
    give_up = time.monotonic() + 120
    while not list(segue.folder.glob("a.h5.parts/part-*.h5")):
        assert process.poll() is None, "the run ended before it could be stopped"
        assert time.monotonic() < give_up
        time.sleep(0.02)


@pytest.fixture
def uninterrupted(segue, long_run):
    def digest():
        whole = ["b.h5" if word == "a.h5" else word for word in long_run]
        segue.done(*whole, "--quiet")
        return segue.digest("b.h5")

    return digest


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)], ids=["INT", "TERM", "KILL"]
)
def test_a_run_that_was_stopped_resumes_to_the_same_results(segue, long_run, uninterrupted, sent, code):
    process = segue.start(*long_run)
    wait_for_a_part(segue, process)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert not (segue.folder / "a.h5").exists()
    if code > 0:
        assert re.fullmatch(r"stopped: \d+ more replicates? finished and kept in a\.h5\.parts; .*--resume.*\n", err)
    refused = segue(*long_run)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    segue.done(*long_run, "--resume", "--quiet")
    assert segue.digest("a.h5") == uninterrupted()
    assert not (segue.folder / "a.h5.parts").exists()


def test_a_second_interrupt_ends_at_once(segue, village):
    # One neighbourhood of so many people that the first interrupt waits for a month of theirs to end.
    process = segue.start("run", village(size=300_000), "--threads", 1, "-o", "a.h5")
    give_up = time.monotonic() + 60
    while not (segue.folder / "a.h5.parts").exists():
        assert time.monotonic() < give_up
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130


def test_a_run_stopped_before_anything_was_finished_leaves_nothing(segue, village):
    process = segue.start("run", village(size=300_000), "--threads", 1, "-o", "a.h5")
    give_up = time.monotonic() + 60
    while not (segue.folder / "a.h5.parts").exists():
        assert time.monotonic() < give_up
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 143
    assert err.startswith("stopped before a replicate was finished")
    assert not list(segue.folder.glob("a.h5*"))


def limit_file_size():
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_full_disk_is_one_line_and_exit_1(segue, village):
    answer = segue("run", village(), "-o", "a.h5", preexec_fn=limit_file_size)
    assert answer.returncode == 1
    assert "a.h5" in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not list(segue.folder.glob("*.h5"))
