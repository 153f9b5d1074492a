"""Where receipts come from by themselves: files and mails that name an order, and kept pages of orders and invoices, printed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.amazon.printable import printable
from assistant.amazon.values.web_address import parts_of
from assistant.browsers.printing import printed_pages
from assistant.domain.clock import Clock
from assistant.domain.errors import DomainError, InvalidInput, NotFound
from assistant.domain.filters import Filter
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import Sentence, counted_sentence, sentence_of
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.taxes.conversion import PURPOSE
from assistant.locations import make_private
from assistant.services.taxes.collecting import NotAttached, PossibleReceipt, candidates
from assistant.services.taxes.receipt_files import digest_of, keep_copy, receipt_of
from assistant.storage.backups import RECEIPTS
from assistant.storage.books.read_entries import each as each_entry
from assistant.storage.engine import Database
from assistant.storage.taxes import order_pages, receipts
from assistant.storage.taxes.order_pages import OrderPage
from assistant.storage.taxes.receipts import Receipt

_NAMES = {"invoice": to_translate("Invoice page"), "order_details": to_translate("Order page")}
_PAGE = to_translate("Page")
_MANY = 3
Progress = Callable[[int, int], None]
"""Is called with how many pages are printed and how many there are; it may raise to cancel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Receipts that were attached, how many were attached before, and files that were not attached, with the reason."""

    attached: tuple[Receipt, ...]
    known: int = 0
    left: tuple[NotAttached, ...] = ()


class ReceiptSources:
    """Attaches what it finds; one call is one step of the history."""

    def __init__(self, database: Database, clock: Clock, home: Path) -> None:
        """Work over an open ledger; files without a place of their own go into the folder `home`, where all copies are."""
        self._database = database
        self._clock = clock
        self._copies = home / RECEIPTS

    def collect(self, paths: Sequence[Path], *, mails_only: bool = False) -> Collected:
        """Attach the receipts in files, folders, mails and mailboxes to the orders that they name.

        `mails_only`: take only what comes with mails. Raises InvalidInput for a path that does not exist or a full disk.
        """
        found: list[Receipt] = []
        left: list[NotAttached] = []
        with self._database.reading() as session:
            known = {(each.number, each.sha256) for each in receipts.receipts(session)}
            before = 0
            for candidate in candidates(paths, mails_only=mails_only):
                if isinstance(candidate, NotAttached):
                    left.append(candidate)
                    continue
                owners = receipts.accounts_of_orders(session, candidate.numbers)
                if len(owners) != 1:
                    left.append(NotAttached(name=candidate.name, why=_why_not(candidate, list(owners))))
                    continue
                number = next(iter(owners))
                if (number, digest_of(candidate.content)) in known:
                    before += 1
                    continue
                found.append(self._kept(number, candidate))
                known.add((number, found[-1].sha256))
        names = tuple(each.name for each in found)
        many = len(found) > _MANY
        self._attach(
            found, sentence_of("Attached {count} receipts", count=len(found)) if many else sentence_of("Attached {names}", names=names)
        )
        return Collected(attached=tuple(found), known=before, left=tuple(left))

    def collect_from_mails(self, paths: Sequence[Path]) -> tuple[int, tuple[str, ...]]:
        """Attach the invoices that came with imported mails; return how many, and a sentence for each that was not attached.

        It never raises: the mails themselves are imported already.
        """
        try:
            found = self.collect(paths, mails_only=True)
        except DomainError as error:
            text = translated(
                "The invoices in these mails were not attached: {error} Try again: shopper receipts collect PATH", error=error
            )
            return 0, (text,)
        return len(found.attached), tuple(translated("Not attached: {name} {why}.", name=left.name, why=left.why) for left in found.left)

    def print_pages(self, numbers: Sequence[str] = (), found: Filter | None = None, progress: Progress = lambda *_: None) -> Collected:
        """Print kept pages and attach them: those of these orders, else of all business orders in a filter.

        Pages that were printed before are passed over. Raises NotFound for an order without a kept page, BrowserAway.
        """
        with self._database.reading() as session:
            business = replace(found or Filter(), purpose=PURPOSE)
            wanted = numbers or dict.fromkeys(entry.order.number for entry in each_entry(session, business))
            pages = list(order_pages.order_pages(session, wanted))
        lacking = next((number for number in numbers if all(page.number != number for page in pages)), None)
        if lacking is not None:
            raise NotFound(
                translated(
                    "No page of the order {lacking} was kept. Open its invoice in a paired browser, or import it.", lacking=lacking[:40]
                )
            )
        waiting = [page for page in pages if not page.printed]
        fit = {place: html for place, page in enumerate(waiting) if (html := printable(page.content, _about(page))) is not None}
        made: list[Receipt] = []
        if fit:
            for place, content in zip(fit, printed_pages(fit.values()), strict=True):
                page = waiting[place]
                name = f"{_NAMES.get(page.kind, _PAGE)} {page.number}, {page.seen_at[:10]}.pdf"
                made.append(self._kept(page.number, PossibleReceipt(name=name, content=content, numbers=())))
                progress(len(made), len(fit))
        what = counted_sentence("Printed {count} page as receipts", "Printed {count} pages as receipts", len(made))
        self._attach(made, what, printed=[waiting[place] for place in fit])
        unfit = [page for place, page in enumerate(waiting) if place not in fit]
        left = tuple(
            NotAttached(name=f"{translated(_NAMES.get(page.kind, _PAGE))} {page.number}", why=translated("cannot be printed"))
            for page in unfit
        )
        return Collected(attached=tuple(made), known=len(pages) - len(waiting), left=left)

    def _kept(self, number: str, candidate: PossibleReceipt) -> Receipt:
        """Copy a receipt into the folder of receipts and return it. Raises InvalidInput if that fails."""
        if candidate.path is not None:
            receipt = receipt_of(number, candidate.path)
            keep_copy(receipt, self._copies)
            return receipt
        ending = Path(candidate.name).suffix.lower()
        target = self._copies / f"{digest_of(candidate.content)}{ending}"
        try:
            make_private(self._copies)
            if not target.exists():
                draft = target.with_name(f".{target.name}.part")
                draft.write_bytes(candidate.content)
                draft.chmod(0o600)
                draft.replace(target)
        except OSError as error:
            raise InvalidInput(
                translated(
                    "The receipt {name} cannot be kept in {copies}: {reason}. Check the disk.",
                    name=candidate.name,
                    copies=self._copies,
                    reason=reason_of(error),
                )
            ) from error
        return receipt_of(number, target, name=candidate.name)

    def _attach(self, found: Sequence[Receipt], what: Sentence, printed: Iterable[OrderPage] = ()) -> None:
        if not found:
            return
        with self._database.writing() as work:
            with work.step(Action.RECEIPT_CHANGED, what):
                for receipt in found:
                    receipts.keep_receipt(work.session, receipt, self._clock().isoformat())
                for page in printed:
                    order_pages.note_printed(work.session, page)
            work.commit()


def _why_not(candidate: PossibleReceipt, known: Sequence[str]) -> str:
    from assistant.exports.taxes.exhibits import problem_of  # noqa: PLC0415  # the PDF libraries are slow to import

    if len(known) > 1:
        text = to_translate("names several orders ({numbers}). Attach it yourself: shopper receipts add ORDER FILE")
        return translated(text, numbers=", ".join(known[:_MANY]))
    if candidate.numbers:
        text = to_translate("names the order {number}, which is not in the ledger. Import that order first")
        return translated(text, number=candidate.numbers[0])
    problem = problem_of(candidate.name, candidate.content)
    if problem:
        text = to_translate("{problem} and its name has no order number. Attach it yourself: shopper receipts add ORDER FILE")
        return translated(text, problem=translated(problem.said))
    return translated("names no order. Attach it yourself: shopper receipts add ORDER FILE")


def _about(page: OrderPage) -> str:
    where = parts_of(page.url).hostname if page.url else None
    what, day = translated(_NAMES.get(page.kind, _PAGE)), page.seen_at[:10]
    if not where:
        return translated(
            "{page} of the order {number}, as it was read on {day}. Printed by Shopper.", page=what, number=page.number, day=day
        )
    text = to_translate("{page} of the order {number} on {site}, as it was read on {day}. Printed by Shopper.")
    return translated(text, page=what, number=page.number, site=where, day=day)
