"""`shopper accounts compare`: may two accounts be linked, what stands against it, what to mend, and where."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.choosing import JsonFlag
from assistant.cli.console import print_json, print_text
from assistant.cli.opening import services_of
from assistant.domain.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.services.linking import Comparison, Told

_RESULTS = {"may": "They may be linked, as far as is known.", "mend": "Mend this first:", "no": "They should not be linked by you."}
_QUESTIONS = {
    "name": "Name on {}, as Amazon has it",
    "phone": "Phone number of {}",
    "addresses": "An address of {} as name/postcode, like home/78704",
    "open_alerts": "How many warnings of Amazon's are open on {}",
    "representatives": "Who may act for the owner of {}",
}
Said = list[str] | None
_EACH = "as ACCOUNT=VALUE; may be repeated."


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="The account that would link the other: key or name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other account.")],
    name: Annotated[Said, typer.Option(help=f"The name that Amazon has, {_EACH}")] = None,
    phone: Annotated[Said, typer.Option(help=f"The phone number, {_EACH}")] = None,
    address: Annotated[Said, typer.Option(help=f"One more address, {_EACH}")] = None,
    open_alerts: Annotated[Said, typer.Option(help=f"How many warnings of Amazon's are open, {_EACH}")] = None,
    representative: Annotated[Said, typer.Option(help=f"Who may act for its owner, {_EACH}")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check whether two accounts may be linked. Exit 1 if not, or not yet. On a terminal it asks for what is not known."""
    given = {"name": name, "phone": phone, "addresses": address, "open_alerts": open_alerts, "representatives": representative}
    with services_of(context) as services:
        keys = [services.accounts.get(one).key for one in (first, second)]
        told = _told(keys, given)
        found = services.linking.compare(keys[0], keys[1], told)
        if sys.stdin.isatty() and not as_json:
            found = services.linking.compare(keys[0], keys[1], _asked(told, found.asked))
    if as_json:
        print_json(_json(found))
    else:
        _tell(found)
    raise typer.Exit(0 if found.result == "may" else 1)


def _told(keys: list[str], given: Mapping[str, Said]) -> "dict[str, Told]":
    from assistant.services.linking import Told

    told = {key: Told() for key in keys}
    for what, entries in given.items():
        for entry in entries or ():
            key, _, value = entry.partition("=")
            if key not in told or not value.strip():
                raise InvalidInput(f"'{entry[:60]}' is not one of {', '.join(keys)}, then '=', then what to say of it.")
            told[key] = _with(told[key], what, value.strip())
    return told


def _with(told: "Told", what: str, value: str) -> "Told":
    said: dict[str, Any] = {what: value}
    if what in ("addresses", "representatives"):
        said = {what: (*getattr(told, what), value)}
    elif what == "open_alerts":
        if not (value.isascii() and value.isdecimal()):
            raise InvalidInput(f"'{value[:20]}' is not a number of open warnings. Write 0 if there are none.")
        said = {what: min(int(value[:6]), 1000)}
    return replace(told, **said)


def _asked(told: "Mapping[str, Told]", asked: Mapping[str, Iterable[str]]) -> "dict[str, Told]":
    """Ask a person for what nobody has said; an empty answer leaves it open."""
    found = dict(told)
    for key, questions in asked.items():
        for what in questions:
            answer = typer.prompt(_QUESTIONS[what].format(key), default="", show_default=False).strip()
            found[key] = _with(found[key], what, answer) if answer else found[key]
    return found


def _json(found: "Comparison") -> dict[str, Any]:
    from assistant.wire.verdicts import links_json, reason_json

    return {
        "accounts": list(found.accounts),
        "result": found.result,
        "reasons": [reason_json(reason) for reason in found.reasons],
        "fits": list(found.fits),
        "not_said": {key: list(what) for key, what in found.asked.items()},
        "links": links_json(found.links),
    }


def _tell(found: "Comparison") -> None:
    print_text(f"{' and '.join(found.accounts)}: {_RESULTS[found.result]}")
    for reason in found.reasons:
        print_text(f"  {reason.text} {reason.advice}")
        for line in reason.evidence:
            print_text(f"      {line}")
    for why in found.fits:
        print_text(f"  ok: {why}")
    for key, unsaid in found.asked.items():
        for what in unsaid:
            print_text(f"  not said: {_QUESTIONS[what].format(key)}")
    for link in found.links:
        print_text(f"  {link.label}: {link.url}")
    print_text("  Amazon decides; this only compares what you registered and said.")
