"""Break the rules in every small way and count what their tests notice: `make mutants`.

What was tried before is kept in mutants/: a run that was stopped carries on, functions that changed are tried again, and so is what
survived, for there may be a test by now. For a count from the start delete mutants/ first.
"""

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

LEAST = 0.9
KEPT = Path(__file__).parents[1] / "mutants"
MUTMUT = Path(sys.executable).parent / "mutmut"
# An endless loop is noticed too.
NOTICED = frozenset({"killed", "timeout"})
UNTRIED = frozenset({"not checked", "check was interrupted by user"})


def results() -> dict[str, str]:
    """What became of each mutant, by its name."""
    done = subprocess.run([MUTMUT, "results", "--all", "true"], cwd=KEPT.parent, capture_output=True, text=True, check=True)
    return dict(line.strip().split(": ") for line in done.stdout.splitlines())


def run(*names: str) -> None:
    # Which test runs what is asked anew: else a function that is new would count as run by the newest tests only.
    (KEPT / "mutmut-stats.json").unlink(missing_ok=True)
    subprocess.run([MUTMUT, "run", *names], cwd=KEPT.parent, check=True)


def by_module(found: dict[str, str]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, result in found.items():
        module = name.rpartition(".")[0].removeprefix("assistant.rules").removeprefix(".")
        counts[module or "__init__"][result] += 1
    return counts


def share(count: Counter[str]) -> tuple[int, int]:
    """How many were noticed, of how many that were tried."""
    return sum(count[result] for result in NOTICED), sum(number for result, number in count.items() if result not in UNTRIED)


def line(name: str, count: Counter[str]) -> str:
    noticed, tried = share(count)
    rest = ", ".join(f"{number} {result}" for result, number in sorted(count.items()) if result != "killed")
    return f"{name:12} {noticed:5} of {tried:5} noticed {noticed / max(tried, 1):7.1%}  {rest}".rstrip()


def main(*names: str) -> str | None:
    """Try them all, or those named, tell what became of them, and return what is wrong."""
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
