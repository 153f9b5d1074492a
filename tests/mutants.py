"""Change the rules in many small ways and count how many changes the tests notice: `make mutants`.

Results are kept in mutants/: a stopped run continues, changed functions are tried again, and so are survivors, because there may be a
test by now. Delete mutants/ to start over.
"""

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

LEAST = 0.9
KEPT = Path(__file__).parents[1] / "mutants"
MUTMUT = Path(sys.executable).parent / "mutmut"
# An endless loop counts as noticed.
NOTICED = frozenset({"killed", "timeout"})
UNTRIED = frozenset({"not checked", "check was interrupted by user"})


def results() -> dict[str, str]:
    """Return the result of each mutant, by its name."""
    done = subprocess.run([MUTMUT, "results", "--all", "true"], cwd=KEPT.parent, capture_output=True, text=True, check=True)
    return dict(line.strip().split(": ") for line in done.stdout.splitlines())


def run(*names: str) -> None:
    # Measure again which test runs which function: otherwise only the newest tests would count for a new function.
    (KEPT / "mutmut-stats.json").unlink(missing_ok=True)
    subprocess.run([MUTMUT, "run", *names], cwd=KEPT.parent, check=True)


def by_module(found: dict[str, str]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, result in found.items():
        module = name.rpartition(".")[0].removeprefix("assistant.rules").removeprefix(".")
        counts[module or "__init__"][result] += 1
    return counts


def share(count: Counter[str]) -> tuple[int, int]:
    """Return how many mutants were noticed and how many were tried."""
    return sum(count[result] for result in NOTICED), sum(number for result, number in count.items() if result not in UNTRIED)


def line(name: str, count: Counter[str]) -> str:
    noticed, tried = share(count)
    rest = ", ".join(f"{number} {result}" for result, number in sorted(count.items()) if result != "killed")
    return f"{name:12} {noticed:5} of {tried:5} noticed {noticed / max(tried, 1):7.1%}  {rest}".rstrip()


def main(*names: str) -> str | None:
    """Try all mutants or the named ones, print the results, and return an error or None."""
    survived = [name for name, result in results().items() if result not in NOTICED | UNTRIED]
    run(*names)
    again = [] if names else sorted(results().keys() & survived)
    if again:
        run(*again)
    counts = by_module(results())
    total = sum(counts.values(), Counter[str]())
    for name, count in [*sorted(counts.items()), ("all", total)]:
        print(line(name, count))
    noticed, tried = share(total)
    return (
        None
        if noticed >= LEAST * tried
        else f"Fewer than {LEAST:.0%} are noticed; `mutmut results` names the others, `mutmut show NAME` shows one."
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
