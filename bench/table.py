"""One table from the files that Google Benchmark wrote: least, middle and greatest over the repetitions.

Time is real time of one iteration; the columns of counters follow, each with its middle value.
"""

import json
import statistics
import sys
from pathlib import Path

NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
KEYS = {
    "name", "run_name", "run_type", "family_index", "per_family_instance_index", "repetitions", "repetition_index",
    "threads", "iterations", "real_time", "cpu_time", "time_unit", "label", "error_occurred", "error_message",
}


def shown(nanoseconds: float) -> str:
    for unit in ("s", "ms", "us"):
        if nanoseconds >= NANOSECONDS[unit]:
            return f"{nanoseconds / NANOSECONDS[unit]:.4g} {unit}"
    return f"{nanoseconds:.4g} ns"


def rows(path: Path) -> list[list[str]]:
    """A row for each benchmark in a file, in the order they first appear by name."""
    repeats: dict[str, list[dict]] = {}
    for result in json.loads(path.read_text(encoding="utf-8"))["benchmarks"]:
        if result["run_type"] == "iteration":
            repeats.setdefault(result["run_name"], []).append(result)
    table = []
    for name, results in sorted(repeats.items()):
        title = f"{path.stem} {name} {results[0].get('label', '')}".rstrip()
        if any(result.get("error_occurred") for result in results):
            table.append([title, "-", "-", "-", results[0].get("error_message", "failed")])
            continue
        times = [result["real_time"] * NANOSECONDS[result["time_unit"]] for result in results]
        counters = sorted(set(results[0]) - KEYS)
        middles = (f"{counter} {statistics.median(r[counter] for r in results):.4g}" for counter in counters)
        table.append([title, shown(min(times)), shown(statistics.median(times)), shown(max(times)), ", ".join(middles)])
    return table


def machine(path: Path) -> str:
    context = json.loads(path.read_text(encoding="utf-8"))["context"]
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
                  if line.startswith("model name")), "unknown processor")
    return f"{model}, {context['num_cpus']} threads at {context['mhz_per_cpu']} MHz"


def main(paths: list[str]) -> int:
    if not paths:
        print("table.py: no result files", file=sys.stderr)
        return 1
    table = [["benchmark", "min", "median", "max", "counters (median)"]]
    for path in map(Path, paths):
        table += rows(path)
    widths = [max(len(row[column]) for row in table) for column in range(5)]
    print(machine(Path(paths[0])))
    for row in table:
        print("  ".join(cell.ljust(width) if column in (0, 4) else cell.rjust(width)
                        for column, (cell, width) in enumerate(zip(row, widths))).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
