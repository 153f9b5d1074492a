"""Importing files from the app: reading first what they would bring, then storing them with progress and a way to cancel."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from uuid import uuid4

from assistant.domain.documents import ImportResult, counted_once
from assistant.domain.errors import DomainError, ImportCancelled, InvalidInput, NotFound, ServerAway, UnknownFormat
from assistant.domain.languages.formats import number
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated, translated_count
from tui.errors import Notifies
from tui.formatting import Pen, bar, plain
from tui.messages import ImportsChanged, OrdersChanged
from tui.store import Store

_BAR = 12
_LOOK = 0.3
"""Seconds between two looks at the progress of an import."""
_KNOWN_TIME = 2.0
"""Seconds after which the time left is shown."""
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """Files to import, and the key of their account; None if they name it themselves."""

    files: tuple[Path, ...]
    account: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of importing a file, or its preview; `refused` says why it cannot be imported."""

    file: Path
    result: ImportResult | None = None
    refused: DomainError | None = None


def files_in(path: Path) -> tuple[Path, ...]:
    """Return a file, or all files of a folder without hidden ones. Raises InvalidInput for an empty folder."""
    if not path.is_dir():
        return (path,)
    files = tuple(sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")))
    if not files:
        raise InvalidInput(translated("The folder '{path}' has no files. Choose another one.", path=plain(path.name)))
    return files


async def preview(store: Store, wanted: Wanted, watch: Callable[[str], None]) -> list[Outcome]:
    """Read files without storing anything, and return what each would bring. `watch` is called with the progress. Raises ServerAway.

    When it is cancelled, the server stops reading too.
    """
    outcomes = []
    for place, file in enumerate(wanted.files):
        text = (
            translated("Reading {file} …", file=plain(file.name))
            if len(wanted.files) == 1
            else translated("Reading file {place} of {files} …", place=place + 1, files=len(wanted.files))
        )
        watch(text)
        import_id = uuid4().hex
        reading = asyncio.create_task(_outcome(store, file, wanted.account, dry_run=True, import_id=import_id))
        try:
            while not (await asyncio.wait({reading}, timeout=_LOOK))[0]:
                share = await share_of(store, import_id)
                watch(f"{text} {share:.0%}" if share else text)
        except asyncio.CancelledError:
            with suppress(DomainError):
                await store.client.cancel_import(import_id)
            raise
        finally:
            reading.cancel()
        outcomes.append(reading.result())
    return outcomes


async def _outcome(store: Store, file: Path, account: str | None, *, dry_run: bool = False, import_id: str | None = None) -> Outcome:
    try:
        content = await asyncio.to_thread(file.read_bytes)
        result = await store.client.upload(file.name, content, account, dry_run=dry_run, store_known=True, import_id=import_id)
    except (ServerAway, ImportCancelled):
        raise
    except DomainError as error:
        return Outcome(file, refused=error)
    except OSError as error:
        return Outcome(
            file,
            refused=InvalidInput(
                translated("The file '{file}' cannot be opened: {reason}.", file=plain(file.name), reason=reason_of(error))
            ),
        )
    return Outcome(file, result=result)


async def share_of(store: Store, import_id: str) -> float:
    """Return which part of a file is read or stored."""
    try:
        now = await store.client.import_progress(import_id)
    except DomainError:
        return 0.0
    return now.stored / now.count if now.count else 0.0


def unread(outcome: Outcome) -> Outcome:
    """Return an outcome as refused if nothing in its file could be read, with the reason."""
    result = outcome.result
    if result is None or result.state != "failed":
        return outcome
    said = next((problem.text for problem in result.problems), "") or translated("Nothing in it can be read.")
    return Outcome(outcome.file, refused=UnknownFormat(said))


class RunningImport:
    """Imports files one after the other; the status line says how far it is. `cancel` ends it; what was finished stays."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._id = ""
        self._cancelled = False

    async def run(self, notices: Notifies, wanted: Wanted) -> None:
        """Import and report the results."""
        outcomes: list[Outcome] = []
        with notices.failures_shown(self._store):
            try:
                for place, file in enumerate(wanted.files):
                    if self._cancelled:
                        break
                    self._id = uuid4().hex
                    outcomes.append(await self._watched(place, len(wanted.files), file, wanted.account))
            except ImportCancelled:
                self._cancelled = True
            finally:
                self._store.note_work("")
                self._store.announce(OrdersChanged, ImportsChanged)
        for outcome in outcomes:
            if outcome.refused is not None:
                notices.show_failure(outcome.refused)
        results = [outcome.result for outcome in outcomes if outcome.result is not None]
        if self._cancelled:
            kept = (
                translated("{results} of {files} files were imported and stay.", results=len(results), files=len(wanted.files))
                if results
                else translated("Nothing was imported.")
            )
            notices.say(translated("Cancelled. {kept}", kept=kept))
        elif results:
            notices.say(summary(results, self._store.pen))

    async def cancel(self) -> None:
        """End the import: the file that is being stored is rolled back."""
        self._cancelled = True
        try:
            await self._store.client.cancel_import(self._id)
        except NotFound:  # it has ended by itself
            return

    async def _watched(self, place: int, total: int, file: Path, account: str | None) -> Outcome:
        storing = asyncio.create_task(_outcome(self._store, file, account, import_id=self._id))
        started = monotonic()
        try:
            while not storing.done():
                share = await share_of(self._store, self._id)
                self._store.note_work(progress((place + share) / total, place, total, file.name, monotonic() - started))
                await asyncio.wait({storing}, timeout=_LOOK)
        finally:
            storing.cancel()
        return storing.result()


def progress(share: float, place: int, total: int, name: str, seconds: float) -> str:
    """Return the text of the status line while files are imported: how far, which one, how long still."""
    which = translated("{place} of {total}", place=place + 1, total=total) + " " if total > 1 else ""
    left = " " + translated("{time} left", time=_time(seconds * (1 - share) / share)) if seconds >= _KNOWN_TIME and share > 0.02 else ""  # noqa: PLR2004  # 2 %
    return translated(
        "importing {which}▕{bar}▏ {share} {name}{left} · ^x cancels",
        which=which,
        bar=f"{bar(share, _BAR):·<{_BAR}}",
        share=f"{share:.0%}",
        name=plain(name),
        left=left,
    )


def _time(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 90 else translated("{seconds} min", seconds=round(seconds / 60))  # noqa: PLR2004  # a minute and a half


def preview_lines(outcomes: Sequence[Outcome], label: Callable[[str | None], str]) -> list[str]:
    """Return what files would bring: the sums, whose they are, what other accounts know already, and what cannot be read."""
    results = [outcome.result for outcome in outcomes if outcome.result is not None]
    lines = []
    with_orders = [result for result in results if result.account or result.state == "parked"]
    for owner in dict.fromkeys(result.account for result in with_orders or results):
        mine = [result for result in results if result.account == owner]
        new, changed, same = counted_once(mine)
        whose = (
            translated("for {owner}", owner=label(owner))
            if owner
            else translated("for an account that is not registered yet: the orders wait until you link it")
        )
        counts = {"new": number(new), "changed": number(changed), "same": number(same)}
        lines.append(translated("{new} new, {changed} changed, {same} known orders {whose}.", whose=whose, **counts))
    known = list(dict.fromkeys(entry for result in results for entry in result.known_elsewhere))
    if known:
        others = ", ".join(dict.fromkeys(label(owner) for owner, _ in known))
        numbers = ", ".join(number for _, number in known[:_NAMED])
        more = " " + translated("and {known} more", known=len(known) - _NAMED) if len(known) > _NAMED else ""
        lines.append(
            translated(
                "▲ {known} of them are known under {others} already: {numbers}{more}. Is this the right account?",
                known=len(known),
                others=others,
                numbers=numbers,
                more=more,
            )
        )
    held = len({(order.account, order.number) for result in results for order in result.held})
    unread = sum(len(result.problems) for result in results)
    lines += [translated("▲ {held} would be in quarantine: their amounts do not add up.", held=held)] if held else []
    lines += [translated_count("▲ {count} value cannot be read.", "▲ {count} values cannot be read.", unread)] if unread else []
    refused = [outcome for outcome in outcomes if outcome.refused is not None]
    lines += [f"▲ {plain(outcome.file.name)}: {plain(str(outcome.refused))}" for outcome in refused[:_NAMED]]
    lines += [translated("▲ and {refused} more files cannot be read.", refused=len(refused) - _NAMED)] if len(refused) > _NAMED else []
    return lines


def summary(results: Sequence[ImportResult], pen: Pen) -> str:
    """Return the result in one sentence with the next key."""
    new, changed = sum(result.new for result in results), sum(result.changed for result in results)
    same, unread = sum(result.same for result in results), sum(len(result.problems) for result in results)
    parked = sum(result.state == "parked" for result in results)
    text = translated_count(
        "{count} new order, {changed} changed, {same} already known.",
        "{count} new orders, {changed} changed, {same} already known.",
        new,
        changed=changed,
        same=same,
    )
    text += " " + translated("Press u to undo.") if new or changed else ""
    twice = len({number for result in results for _, number in result.known_elsewhere})
    if twice:
        text += " " + translated_count(
            "{count} of them another account has too: it is kept and counts once (Q).",
            "{count} of them another account has too: they are kept and count once (Q).",
            twice,
        )
    if unread:
        text += " " + translated_count("{count} value could not be read: press I.", "{count} values could not be read: press I.", unread)
    return text + (" " + translated("Some wait until their account is linked ({link_keys}).", link_keys=pen.link_keys) if parked else "")
