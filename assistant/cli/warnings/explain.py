"""Prints every rule that was tried: its question, and why it warned or not."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.cli.console import print_text


def tell_trials(trials: Iterable[Mapping[str, Any]]) -> None:
    """Print trials in the form of `wire.verdicts.trial_json`."""
    for trial in trials:
        print_text(f"  {', '.join(trial['codes'])}: {trial['asks']}")
        for said in [entry["text"] for entry in trial["raised"]]:
            print_text(f"      spoke: {said}")
        for why in trial["quiet"]:
            print_text(f"      quiet: {why}")


def tell_explanation(answer: Mapping[str, Any]) -> None:
    """Print a judged page or purchase and every rule that was tried on it."""
    event = answer["situation"]["event"]
    print_text(f"{event.get('page')} of {event.get('at')}, account {event.get('account') or 'unknown'}: {answer['verdict']}")
    for item in event.get("items", ()):
        print_text(f"  it held: {item.get('title') or 'an item without a title'}")
    for name in ("ship_to", "pay"):
        if event.get(name):
            print_text(f"  {name.replace('_', ' ')}: {event[name]}")
    tell_trials(answer["trials"])
