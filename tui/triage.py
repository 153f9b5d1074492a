"""What needs the user: warnings, unknown logins, files that could not be read, open questions, each with the keys that settle it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

from textual.message import Message

from assistant.domain.accounts.account import Identity
from assistant.domain.books.entries import QuestionCode
from assistant.domain.books.questions import Question
from assistant.domain.documents import ImportResult, WaitingFile
from assistant.domain.errors import InvalidInput
from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.order_view import OrderView
from assistant.domain.orders.order import Item
from tui.formatting import Pen, plain
from tui.messages import AlertsChanged, GoTo, ImportsChanged, OrdersChanged, ShowOrders, ShowWarning
from tui.store import Store

_MOST_QUESTIONS = 100
_LARGE, _YEARS = 50_000, 15
"""Orders from which a ledger is large, and the years of it that are looked at."""
_PURPOSES = frozenset({QuestionCode.MISSING_PURPOSE, QuestionCode.UNKNOWN_PURPOSE})
_KEYS = "123456789"
_NAMED = 5
"""Documents that a task names."""


@dataclass(frozen=True, slots=True)
class TaskKey:
    """A key that settles a task: `run` does it and returns what was done in a few words."""

    key: str
    label: str
    run: Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to look at. `place` leads to its own screen."""

    kind: str
    text: str
    more: tuple[str, ...] = ()
    choices: tuple[TaskKey, ...] = ()
    place: Message


async def read_tasks(store: Store) -> list[Task]:
    """Return what needs the user: warnings, then logins and files, then questions, the dearest first. Raises DomainError."""
    client, pen = store.client, store.pen
    alerts, identities, dropped, imports, questions, purposes = await asyncio.gather(
        client.alerts(limit=100),
        client.identities(),
        client.dropped(),
        client.imports(limit=100),
        _questions(store),
        client.words("purpose"),
    )
    return [
        *(_warning_task(store, alert, pen) for alert in alerts.items),
        *(_login_task(identity, pen) for identity in identities if identity.account is None),
        *(_waiting_task(store, waits, pen) for waits in dropped.waiting),
        *_failed_task(store, [result for result in imports.items if result.state == "failed"]),
        *(task for result in imports.items if (task := _import_task(store, result)) is not None),
        *(_question_task(store, question, purposes, pen) for question in questions),
    ]


async def _questions(store: Store) -> list[Question]:
    """Return the questions that need the user, the dearest first.

    The questions of a large ledger take seconds. They are asked year by year, the newest first and with rests, until there are enough.
    """
    if sum(row.orders for row in store.overview) <= _LARGE:
        return (await store.client.questions())[:_MOST_QUESTIONS]
    found: list[Question] = []
    for year in range(store.today.year, store.today.year - _YEARS, -1):
        started = monotonic()
        found += await store.client.questions(f"date:{year}")
        if len(found) >= _MOST_QUESTIONS:
            break
        await asyncio.sleep(monotonic() - started)
    return found[:_MOST_QUESTIONS]


def _warning_task(store: Store, alert: Alert, pen: Pen) -> Task:
    async def dismiss() -> str:
        await store.client.dismiss(alert.id)
        store.announce(AlertsChanged)
        return translated("Looked at.")

    who = f"{pen.label(alert.account)}, {pen.moment(alert.at)}" if alert.account else pen.moment(alert.at)
    more = (plain(alert.advice), *(plain(line) for line in alert.evidence), who)
    return Task(
        kind=translated("Warning"),
        text=plain(alert.text),
        more=tuple(filter(None, more)),
        choices=(TaskKey("d", translated("looked at"), dismiss),),
        place=ShowWarning(alert.id),
    )


def _login_task(identity: Identity, pen: Pen) -> Task:
    who = plain(identity.organization) or plain(identity.greeting) or translated("Somebody")
    where = " " + translated("on {shop}", shop=plain(identity.marketplace)) if identity.marketplace else ""
    more = (translated("Press o to go to Accounts, then {key} to say which account it is.", key=pen.key("y", "accounts.link")),)
    return Task(
        kind=translated("Login"),
        text=translated("{who} is signed in{where}, but not registered.", who=who, where=where),
        more=more,
        place=GoTo("accounts"),
    )


def _waiting_task(store: Store, waits: WaitingFile, pen: Pen) -> Task:
    async def take(key: str) -> str:
        result = await store.client.take_dropped(waits.name, key)
        store.announce(ImportsChanged, OrdersChanged)
        return translated_count("{count} new order for {account}.", "{count} new orders for {account}.", result.new, account=pen.label(key))

    name = plain(waits.name)
    text = translated("{name} was not imported.", name=name) if waits.reason else translated("Whose is {name}?", name=name)
    more = (plain(waits.reason),) if waits.reason else (translated("It lies in the drop folder, but in no folder of an account."),)
    choices = tuple(
        TaskKey(key, plain(account.label), partial(take, account.key)) for key, account in zip(_KEYS, store.accounts, strict=False)
    )
    return Task(kind=translated("Import"), text=text, more=more, choices=choices, place=GoTo("imports"))


def _failed_task(store: Store, failed: Sequence[ImportResult]) -> list[Task]:
    """Return one task for all documents that could not be read, none without any: a folder may hold many of them."""

    async def put_away() -> str:
        await store.client.remove_imports(*(result.id for result in failed))
        store.announce(ImportsChanged)
        return translated("Put away. To reverse this press u.")

    if not failed:
        return []
    names = [plain(result.name) for result in failed]
    text = (
        translated("{name} could not be read.", name=names[0])
        if len(failed) == 1
        else translated_count("{count} document could not be read.", "{count} documents could not be read.", len(failed))
    )
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    more = tuple(map(_problem, failed[0].problems[:3])) if len(failed) == 1 else (shown,)
    choice = TaskKey("d", translated("put away"), put_away)
    return [Task(kind=translated("Import"), text=text, more=more, choices=(choice,), place=GoTo("imports"))]


def _import_task(store: Store, result: ImportResult) -> Task | None:
    name = plain(result.name)
    if result.held:
        held = result.held[0]

        async def confirm() -> str:
            await store.client.confirm(held.account, held.number)
            store.announce(ImportsChanged, OrdersChanged)
            return translated("{number} counts in totals.", number=held.number)

        more = tuple(plain(reason.text) for reason in held.reasons)
        text = translated("Order {number} of {name} is in quarantine.", number=plain(held.number), name=name)
        return Task(
            kind=translated("Import"),
            text=text,
            more=more,
            choices=(TaskKey("y", translated("it is correct"), confirm),),
            place=GoTo("imports"),
        )
    if result.state == "parked":
        return Task(
            kind=translated("Import"), text=translated("{name} waits until its account is linked.", name=name), place=GoTo("accounts")
        )
    return None


def _problem(problem: object) -> str:
    return plain(getattr(problem, "text", ""))


def _question_task(store: Store, question: Question, purposes: Sequence[str], pen: Pen) -> Task:
    choices: tuple[TaskKey, ...] = ()
    if question.code in _PURPOSES and question.number is not None:
        choices = tuple(
            TaskKey(key, shown_purpose(word), partial(_set_purpose, store, question, word))
            for key, word in zip(_KEYS, purposes, strict=False)
        )
    title = plain(question.title) or (translated("order {number}", number=plain(question.number)) if question.number else "")
    about = " · ".join(filter(None, [title, pen.amount(question.amount), pen.day(question.on), pen.label(question.account)]))
    place = ShowOrders(f'account:{question.account} "{question.number}"') if question.number else GoTo("questions")
    return Task(kind=translated("Question"), text=plain(question.text), more=(about,), choices=choices, place=place)


async def _set_purpose(store: Store, question: Question, word: str) -> str:
    """Say what the item of a question is for. Raises InvalidInput if the order does not show which item is meant, or splits it."""
    view = await store.client.order(question.account, question.number or "")
    found = [place for place, item in enumerate(view.order.items) if _is_about(question, item)]
    if len(found) != 1 or _is_split(view, found[0]):
        raise InvalidInput(translated("This needs a look at the order: press o."))
    await store.client.set_item(question.account, question.number or "", found[0], purpose=word, seen=view.version)
    store.announce(OrdersChanged)
    return translated("For {word}.", word=shown_purpose(word))


def _is_about(question: Question, item: Item) -> bool:
    if question.asin:
        return item.asin == question.asin
    return question.title is not None and item.title == question.title


def _is_split(view: OrderView, place: int) -> bool:
    """Return whether an item has several purposes, which a single one would replace."""
    return any(entry.item is not None and entry.item.place == place and len(entry.shares) > 1 for entry in view.entries)
