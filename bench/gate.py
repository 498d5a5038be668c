"""Runs the benchmarks that bench/gate.toml names, and says whether its figures still hold.

Both sides of a ratio are timed in turns within one run, so that a busy or slow machine slows both: a clock alone is never
judged. The ratio of a repetition is of its two times, and the middle one over the repetitions counts. Time is CPU time.

    python3 bench/gate.py build/bench/bin     where the programs bench_... are
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

REPETITIONS = 9


def named(row: dict) -> list[str]:
    return [row[key] for key in ("slower", "faster", "benchmark") if key in row]


def measured(folder: Path, program: str, names: set[str]) -> dict[str, list[dict]]:
    """The results of each benchmark, a repetition after the other."""
    chosen = "^(" + "|".join(re.escape(name) for name in sorted(names)) + ")(/|$)"
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run(
            [folder / f"bench_{program}", f"--benchmark_filter={chosen}", f"--benchmark_repetitions={REPETITIONS}",
             "--benchmark_enable_random_interleaving=true", f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        results = json.load(out)["benchmarks"]
    runs = [one for one in results if one["run_type"] == "iteration"]
    failed = [one["error_message"] for one in runs if one.get("error_occurred")]
    if failed:
        raise SystemExit(f"gate.py: bench_{program}: {failed[0]}")
    found = {name: sorted((one for one in runs if one["run_name"].removesuffix("/manual_time") == name),
                          key=lambda one: one["repetition_index"]) for name in names}
    absent = [name for name, runs_of_it in found.items() if len(runs_of_it) != REPETITIONS]
    if absent:
        raise SystemExit(f"gate.py: bench_{program} has no benchmark {absent[0]}, which bench/gate.toml names")
    return found


def ratio_holds(row: dict, found: dict[str, list[dict]]) -> bool:
    ratios = sorted(slow["real_time"] / fast["real_time"] for slow, fast in zip(found[row["slower"]], found[row["faster"]]))
    middle = statistics.median(ratios)
    floor = row["recorded"] * (1 - row["may_lose"])
    print(f"{row['slower']} : {row['faster']}  {middle:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), recorded "
          f"{row['recorded']:.2f}, at least {floor:.2f}: {'held' if middle >= floor else 'FELL BELOW'}")
    return middle >= floor


def counter_holds(row: dict, found: dict[str, list[dict]]) -> bool:
    value = statistics.median(one[row["counter"]] for one in found[row["benchmark"]])
    ceiling = row["recorded"] * (1 + row["may_grow"])
    print(f"{row['benchmark']} {row['counter']}  {value:.1f}, recorded {row['recorded']:.1f}, at most {ceiling:.1f}: "
          f"{'held' if value <= ceiling else 'ROSE ABOVE'}")
    return value <= ceiling


def main(folder: str) -> int:
    gate = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    ratios, counters = gate["ratio"], gate["counter"]
    wanted: dict[str, set[str]] = {}
    for row in ratios + counters:
        wanted.setdefault(row["program"], set()).update(named(row))
    found = {program: measured(Path(folder), program, names) for program, names in wanted.items()}
    verdicts = [ratio_holds(row, found[row["program"]]) for row in ratios]
    verdicts += [counter_holds(row, found[row["program"]]) for row in counters]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
