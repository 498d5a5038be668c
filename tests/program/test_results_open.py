"""Results open in the tools that people have."""

import shutil
import subprocess
import warnings

import pytest
import xarray


@pytest.fixture
def results(segue, village):
    path = village('[[output]]\nname = "ae_by_age"\nmeasure = "ae_attendances"\nby = ["age_band", "deprivation"]\nevery = "week"\n')
    segue.done("run", path, "-o", "a.h5", "--quiet", "--replicates", 2)
    return segue.folder / "a.h5"


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray_opens_results_without_a_warning(results, engine):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with xarray.open_dataset(results, engine=engine) as data:
            assert data.sizes["replicate"] == 2
            assert data["contacts"].dims == ("replicate", "neighbourhood", "month", "role", "mode")
            assert "gp" in data["role"].values
            assert str(data["month"].values[0])[:10] == "2026-04-01"
            assert data["ae_by_age"].dims == ("replicate", "neighbourhood", "week", "age_band", "deprivation")
            for name, variable in data.data_vars.items():
                assert variable.attrs.get("long_name") or name.endswith("_bounds"), name
            assert int(data["population"].sel(month="2026-04").sum()) > 2 * 500


def test_counts_agree_with_the_summary(segue, results):
    with xarray.open_dataset(results) as data:
        births = float(data["births"].sum()) / 2
        deaths = float(data["deaths"].sum()) / 2
    line = next(line for line in segue.done("summary", "a.h5").splitlines() if line.startswith("births / deaths"))
    shown = [float(word.replace(",", "")) for word in line.split("deaths", 1)[1].split("/")]
    assert shown == pytest.approx([births, deaths], abs=0.51)


def test_ncdump_reads_the_header(results):
    answer = subprocess.run(["ncdump", "-h", str(results)], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert "contacts(replicate, neighbourhood, month, role, mode)" in answer.stdout


def test_the_summary_is_one_screen_wide_for_two_files(segue, results):
    shutil.copy(results, segue.folder / "b.h5")
    out = segue.done("summary", "a.h5", "b.h5")
    assert max(map(len, out.splitlines())) <= 110
    assert "without intervals:" in out and "mean of 2 replicates" in out
