"""`shopper accounts compare`: whether two accounts may be linked, why not, and what to fix where."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_text, typed
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from assistant.domain.accounts.linking import Comparison, OwnerStatement

Said = list[str] | None
_EACH = "as ACCOUNT=VALUE; may be repeated."


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="The account that would link the other: key or name.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other account.")],
    name: Annotated[Said, typer.Option(help=f"The name that Amazon has, {_EACH}")] = None,
    phone: Annotated[Said, typer.Option(help=f"The phone number, {_EACH}")] = None,
    address: Annotated[Said, typer.Option(help=f"One more address, {_EACH}")] = None,
    open_alerts: Annotated[Said, typer.Option(help=f"How many warnings from Amazon are open, {_EACH}")] = None,
    representative: Annotated[Said, typer.Option(help=f"Who may act for its owner, {_EACH}")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check whether two accounts may be linked. Exit 1 if not, or not yet. On a terminal it asks for missing answers."""
    given = {"name": name, "phone": phone, "addresses": address, "open_alerts": open_alerts, "representatives": representative}
    with services_of(context) as services:
        keys = [services.accounts.get(one).key for one in (first, second)]
        told = _statements(keys, given)
        found = services.account_links.compare(keys[0], keys[1], told)
        if sys.stdin.isatty() and not as_json:
            found = services.account_links.compare(keys[0], keys[1], _asked(told, found))
    if as_json:
        from assistant.wire.accounts import ComparisonJson

        print_json(ComparisonJson.of(found))
    else:
        _print_comparison(found)
    raise typer.Exit(0 if found.result == "may" else 1)


def _statements(keys: list[str], given: Mapping[str, Said]) -> "dict[str, OwnerStatement]":
    from assistant.domain.accounts.linking import OwnerStatement, with_answer

    told = {key: OwnerStatement() for key in keys}
    for what, entries in given.items():
        for entry in entries or ():
            key, _, value = entry.partition("=")
            if key not in told or not value.strip():
                raise InvalidInput(
                    translated(
                        "Write one of {accounts}, then '=' and the value, not '{entry}'.", entry=entry[:60], accounts=", ".join(keys)
                    )
                )
            told[key] = with_answer(told[key], what, value.strip())
    return told


def _asked(told: "Mapping[str, OwnerStatement]", before: "Comparison") -> "dict[str, OwnerStatement]":
    """Ask the user for missing answers; an empty one leaves a question open."""
    from assistant.domain.accounts.linking import unsaid, with_answer

    found = dict(told)
    for key, what, question in unsaid(before):
        answer = typed(question)
        found[key] = with_answer(found[key], what, answer) if answer else found[key]
    return found


def _print_comparison(found: "Comparison") -> None:
    from assistant.domain.accounts.linking import RESULTS, unsaid

    first, second = found.accounts
    print_text(translated("{first} and {second}: {result}", first=first, second=second, result=translated(RESULTS[found.result])))
    for reason in found.reasons:
        print_text(f"  {reason.text} {reason.advice}")
        for line in reason.evidence:
            print_text(f"      {line}")
    for why in found.fits:
        print_text(f"  {translated('ok: {reason}', reason=why)}")
    for _, _, question in unsaid(found):
        print_text(f"  {translated('unanswered: {question}', question=question)}")
    for link in found.links:
        print_text(f"  {translated(link.label)}: {link.url}")
    print_text(f"  {translated('Amazon decides. Shopper only compares what you registered and answered.')}")
