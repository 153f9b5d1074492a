"""Prints every rule that was tried: its question, and why it warned or not."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from assistant.cli.console import print_text, shown_moment
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word


def tell_trials(trials: Iterable[Mapping[str, Any]], *, quiet: bool = True) -> None:
    """Print trials in the form of `wire.verdicts.trial_json`: those that spoke first, then the quiet ones or how many they are."""
    tried = sorted(trials, key=lambda trial: not trial["raised"])
    shown = [trial for trial in tried if quiet or trial["raised"]]
    for trial in shown:
        print_text(f"  {', '.join(trial['codes'])}: {trial['asks']}")
        for said in [entry["text"] for entry in trial["raised"]]:
            print_text(f"      {translated('spoke: {sentence}', sentence=said)}")
        for why in trial["quiet"]:
            print_text(f"      {translated('quiet: {reason}', reason=why)}")
    if len(tried) > len(shown):
        print_text(
            "  "
            + translated_count(
                "{count} more rule was tried and was quiet; --all says why.",
                "{count} more rules were tried and were quiet; --all says why.",
                len(tried) - len(shown),
            )
        )


def tell_explanation(answer: Mapping[str, Any], *, quiet: bool) -> None:
    """Print a judged page or purchase and the rules that were tried on it, with `quiet` also those that had nothing to say."""
    event = answer["situation"]["event"]
    print_text(
        translated(
            "{page} of {moment}, account {account}: {verdict}",
            page=shown_word(str(event.get("page"))),
            moment=_moment(str(event.get("at"))),
            account=event.get("account") or translated("unknown"),
            verdict=shown_word(answer["verdict"]),
        )
    )
    for item in event.get("items", ()):
        title = item.get("title") or translated("an item without a title")
        print_text(f"  {translated('it held: {title}', title=title)}")
    for name in ("ship_to", "pay"):
        if event.get(name):
            print_text(f"  {shown_word(name)}: {event[name]}")
    tell_trials(answer["trials"], quiet=quiet)


def _moment(at: str) -> str:
    """Return an instant of JSON as people read it; anything else as it is."""
    try:
        return shown_moment(datetime.fromisoformat(at))
    except ValueError:
        return at
