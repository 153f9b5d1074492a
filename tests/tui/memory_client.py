"""A client of the terminal app that answers from an invented household instead of a server."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from assistant.domain.accounts.account import Account, AccountChange, AccountOverview, Identity
from assistant.domain.accounts.linking import Comparison
from assistant.domain.books.budgets import Budget
from assistant.domain.books.claims import Claim, ClaimState
from assistant.domain.books.ledger_entry import Entry, ExpenseRow
from assistant.domain.books.pivot import Pivot, PivotRow
from assistant.domain.books.questions import Question
from assistant.domain.books.statements.card_charges import CardCharge, LineState, MatchedLine
from assistant.domain.books.statements.months import MonthState, StatementMonth
from assistant.domain.books.statements.statement_lines import StatementImport
from assistant.domain.categories import GIVEN_PARENTS, CategoryPlace, CategoryTree, LabelChange
from assistant.domain.coverage import Cover, CoveredMonth
from assistant.domain.documents import DroppedFiles, ImportProgress, ImportResult, WaitingFile
from assistant.domain.due_dates import Due
from assistant.domain.errors import (
    AccountMissing,
    Conflict,
    ImportCancelled,
    InvalidInput,
    KnownElsewhere,
    NotFound,
    ServerAway,
    UnknownFormat,
)
from assistant.domain.events import Event, EventKind
from assistant.domain.filter_language import parse_filter
from assistant.domain.filters import KINDS, Page
from assistant.domain.journal import Action, Step
from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
from assistant.domain.judging.user_rules.parsing import checked_rule
from assistant.domain.judging.verdict import Level
from assistant.domain.judging.warnings import Alert, AlertCounts, LookBack, Misplaced
from assistant.domain.money import Money
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.domain.orders.corrections import corrected, revised
from assistant.domain.orders.deliveries import Delivery, DeliveryState
from assistant.domain.pairing import Client, PairingCode
from assistant.domain.taxes.receipts import ReceiptState
from assistant.domain.taxes.returns import YearStatus
from assistant.domain.terms import Term, TermChange
from assistant.domain.text import fold
from assistant.domain.windows import WindowResult
from assistant.wire.books import ExportFormatJson
from assistant.wire.imports import RereadJson
from assistant.wire.taxes import CollectedJson, NotAttachedJson, ReceiptCountJson, ReceiptJson, SetUpReturnJson
from assistant.wire.verdicts import ExplanationJson, TrialJson
from tests.tui.books import CLAIMS, ENTRIES, MISSING_CHARGES, QUESTIONS, STATEMENT_LINES, STATEMENT_MONTHS, STEPS
from tests.tui.budgets import BUDGETS
from tests.tui.dates import DUES, PARCELS
from tests.tui.household import ACCOUNTS, ALERTS, BROWSER, IDENTITIES, IMPORTS, NOON, TODAY, household, row_of
from tests.tui.rules import HABITS, PREVIEW, RULES, own_rule
from tests.tui.taxes import EVIDENCE, FORMS, MISSING_RECEIPTS, RECEIPTS, RETURN, SET_UP, TAX_EXPORTS, TAX_QUESTIONS
from tests.tui.terms import TERMS

TREE = CategoryTree()


class MemoryClient:
    """Has the methods of the real client; `fail_with` makes the next call fail, `away` makes every call fail."""

    def __init__(self, *, empty: bool = False, orders: list[OrderView] | None = None) -> None:
        self.views = [] if empty else household() if orders is None else orders
        self.registered = [] if empty else list(ACCOUNTS)
        self.seen = [] if empty else list(IDENTITIES)
        self.open_alerts = [] if empty else list(ALERTS)
        self.arrived = [] if empty else list(IMPORTS)
        self.browsers = [] if empty else [BROWSER]
        self.rule_list = [] if empty else list(RULES)
        self.habit_list = [] if empty else list(HABITS)
        self.term_list = [] if empty else list(TERMS)
        self.entries = [] if empty else list(ENTRIES)
        self.steps = [] if empty else list(STEPS)
        self.open_questions = [] if empty else list(QUESTIONS)
        self.claim_list = [] if empty else list(CLAIMS)
        self.parcels = [] if empty else list(PARCELS)
        self.dues = [] if empty else list(DUES)
        self.months = [] if empty else list(STATEMENT_MONTHS)
        self.lines = [] if empty else list(STATEMENT_LINES)
        self.missing_charges = [] if empty else list(MISSING_CHARGES)
        self.category_list = [CategoryPlace(category=word, under=GIVEN_PARENTS.get(word) or None, own=False) for word in TREE.ordered()]
        self.known_persons = ["Kim", "Robin"]
        self.known_purposes = ["business", "personal", "household", "family"]
        self.receipt_list = [] if empty else list(RECEIPTS)
        self.most_entries = 500
        self.locked_years: set[tuple[str, str]] = set()
        self.set_up_returns = [] if empty else list(SET_UP)
        self.pack_ready = asyncio.Event()
        self.pack_ready.set()
        self.alert_stats: list[AlertCounts] = []
        self.past: list[Misplaced] = []
        self.outbox: list[Event] = []
        self.rung = asyncio.Event()
        self.calls: list[tuple[str, ...]] = []
        self.fail_with: Exception | None = None
        self.known_elsewhere = ""
        self.away = False
        self.waiting: list[WaitingFile] = []
        self.importing: asyncio.Event | None = None
        self.previewing: asyncio.Event | None = None
        self.unnamed = False
        self.cancelled: set[str | None] = set()
        self.closed = False

    async def _asked(self, *call: object) -> None:
        self.calls.append(tuple(str(part) for part in call))
        await asyncio.sleep(0)
        if self.away:
            raise ServerAway("The Shopper server does not answer.")
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error

    def happen(self, kind: EventKind, **data: str | int) -> None:
        self.outbox.append(Event(id=len(self.outbox) + 1, kind=kind, at=NOON, data=data))
        self.rung.set()

    async def close(self) -> None:
        self.closed = True

    async def health(self) -> dict[str, str]:
        await self._asked("health")
        return {"status": "ok"}

    async def accounts(self) -> list[Account]:
        await self._asked("accounts")
        return self.registered

    async def overview(self) -> list[AccountOverview]:
        await self._asked("overview")
        return [self._overview(account) for account in self.registered]

    def _overview(self, account: Account) -> AccountOverview:
        mine = [view for view in self.views if view.account == account.key]
        month, year = defaultdict(int), defaultdict(int)
        for view in mine:
            total, day = view.order.total, view.order.placed_on
            if total and day and day.year == TODAY.year:
                year[total.currency] += total.minor
                month[total.currency] += total.minor if day.month == TODAY.month else 0
        return AccountOverview(
            account=account,
            month=tuple(Money(minor, currency) for currency, minor in month.items()),
            year=tuple(Money(minor, currency) for currency, minor in year.items()),
            orders=len(mine),
            alerts=sum(alert.account == account.key for alert in self.open_alerts),
            last_order_on=mine[0].order.placed_on if mine else None,
        )

    async def add_account(self, label: str, purpose: str, key: str | None = None, change: AccountChange | None = None) -> Account:
        del change
        await self._asked("add_account", label, purpose)
        if any(account.label == label for account in self.registered):
            raise Conflict(f"There is already an account '{label}'. Choose another name.")
        account = Account(
            key=key or label.casefold().replace(" ", "-"),
            label=label,
            purpose=purpose,
            letters=label[:3].upper(),
            colour="pink",
            symbol="▲",
        )
        self.registered.append(account)
        self.happen(EventKind.ACCOUNT_CHANGED, account=account.key)
        return account

    async def edit_account(self, key: str, change: AccountChange) -> Account:
        await self._asked("edit_account", key, change)
        place = next(index for index, account in enumerate(self.registered) if account.key == key)
        fields = {name: getattr(change, name) for name in change.__dataclass_fields__ if getattr(change, name) is not None}
        if "closed_at" in fields:
            fields["closed_at"] = date.fromisoformat(fields["closed_at"]) if fields["closed_at"] else None
        self.registered[place] = replace(self.registered[place], **fields)
        self.happen(EventKind.ACCOUNT_CHANGED, account=key)
        return self.registered[place]

    async def link(self, key: str, customer_id: str) -> Account:
        await self._asked("link", key, customer_id)
        self.seen = [replace(identity, account=key) if identity.customer_id == customer_id else identity for identity in self.seen]
        self.happen(EventKind.ACCOUNT_CHANGED, account=key)
        return next(account for account in self.registered if account.key == key)

    async def identities(self) -> list[Identity]:
        await self._asked("identities")
        return self.seen

    async def orders(self, text: str = "", offset: int = 0, limit: int = 100, *, counted: bool = True) -> Page[OrderSummary]:
        await self._asked("orders", text, offset, limit)
        found = self._found(text)
        items = tuple(row_of(view) for view in found[offset : offset + limit])
        total = len(found) if counted else min(len(found), offset + limit + 1) if items else 0
        return Page(items=items, next=str(offset + limit) if offset + limit < len(found) else None, total=total)

    def _found(self, text: str) -> list[OrderView]:
        if not text.strip():
            return self.views
        wanted = parse_filter(text)
        return [view for view in self.views if self._matches(view, wanted)]

    def _matches(self, view: OrderView, wanted) -> bool:
        order = view.order
        haystack = fold(" ".join([order.number, *(item.title or "" for item in order.items)]))
        return (
            (not wanted.accounts or view.account in wanted.accounts)
            and (wanted.purpose is None or wanted.purpose in view.purposes)
            and (wanted.status is None or order.status == wanted.status)
            and all(order.status == state or (state == "refunded" and order.refunds) for state in wanted.states)
            and (wanted.currency is None or order.currency == wanted.currency)
            and (wanted.since is None or (order.placed_on is not None and order.placed_on >= wanted.since))
            and (wanted.until is None or (order.placed_on is not None and order.placed_on <= wanted.until))
            and all(fold(word) in haystack for word in wanted.words)
        )

    async def order(self, account: str, number: str) -> OrderView:
        await self._asked("order", account, number)
        return replace(self._view(account, number), entries=tuple(entry for entry in self.entries if entry.order.number == number))

    def _view(self, account: str, number: str) -> OrderView:
        for view in self.views:
            if (view.account, view.order.number) == (account, number):
                return view
        raise NotFound(f"There is no order {number}. Read the list again.")

    async def set_item(self, account, number, line, *, category=None, purpose=None, person=None, new=False, seen="") -> OrderView:
        del seen
        await self._asked("set_item", account, number, line, category, purpose, person, new)
        view = self._view(account, number)
        categories, purposes = list(view.categories), list(view.purposes)
        categories[line], purposes[line] = category or categories[line], purpose or purposes[line]
        changed = replace(view, categories=tuple(categories), purposes=tuple(purposes))
        self.views[self.views.index(view)] = changed
        return changed

    async def correct(self, account: str, number: str, corrections, *, seen: str = "") -> OrderView:
        del seen
        await self._asked("correct", account, number, dict(corrections))
        view = self._view(account, number)
        yours = revised(view.order, None, corrections)
        changed = replace(view, order=corrected(view.order, yours)) if yours else view
        self.views[self.views.index(view)] = changed
        return changed

    async def confirm(self, account: str, number: str) -> OrderView:
        await self._asked("confirm", account, number)
        self.arrived = [replace(result, held=tuple(held for held in result.held if held.number != number)) for result in self.arrived]
        self.views = [replace(view, quarantine=()) if view.order.number == number else view for view in self.views]
        return await self.order(account, number)

    async def deliveries(self, text: str = "", *, arrived: bool = False) -> list[Delivery]:
        await self._asked("deliveries", text, arrived)
        sought = parse_filter(text)
        dated = sought.since is not None or sought.until is not None
        return [
            parcel
            for parcel in self.parcels
            if (arrived or dated or _is_news(parcel))
            and (sought.since or date.min) <= parcel.placed_on <= (sought.until or date.max)
            and (not sought.accounts or parcel.account in sought.accounts)
            and all(fold(word) in fold(parcel.title) for word in sought.words)
        ]

    async def reminders(self, text: str = "", days: int = 14) -> list[Due]:
        await self._asked("reminders", text, days)
        sought = parse_filter(text)
        return [due for due in self.dues if sought.since is None or sought.since <= due.due <= sought.until]

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        await self._asked("expenses", text)
        rows: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for view in self._found(text):
            order = view.order
            if order.total and order.placed_on:
                sums = rows[view.account, view.purposes[0], order.placed_on.isoformat()[:7], order.total.currency]
                sums[0] += 1
                sums[1] += order.total.minor
                sums[2] += sum(refund.amount.minor for refund in order.refunds if refund.amount)
        items = tuple(
            ExpenseRow(
                account=account,
                purpose=purpose,
                month=month,
                currency=currency,
                orders=count,
                spent=Money(spent, currency),
                refunded=Money(back, currency),
            )
            for (account, purpose, month, currency), (count, spent, back) in sorted(rows.items())
        )
        return Page(items=items, next=None, total=len(items))

    async def pivot(self, by: Pivot, text: str = "") -> list[PivotRow]:
        await self._asked("pivot", by, text)
        rows: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for view in self._found(text):
            order = view.order
            if order.total and order.placed_on:
                names = {Pivot.ACCOUNT: view.account, Pivot.PURPOSE: view.purposes[0], Pivot.CATEGORY: view.categories[0] or ""}
                names |= {Pivot.SELLER: order.items[0].seller or "", Pivot.CARD: "visa/1234", Pivot.DAY: str(order.placed_on)}
                sums = rows[names.get(by, ""), order.placed_on.isoformat()[:7], order.total.currency]
                sums[0] += order.total.minor
                sums[1] += sum(refund.amount.minor for refund in order.refunds if refund.amount)
        return [
            PivotRow(name=name, month=month, currency=unit, spent=Money(spent, unit), refunded=Money(back, unit))
            for (name, month, unit), (spent, back) in sorted(rows.items())
        ]

    async def export_formats(self) -> list[ExportFormatJson]:
        await self._asked("export_formats")
        return [ExportFormatJson(name, f"the books as {name}", f".{name}", "people", "all", "") for name in ("csv", "xlsx")]

    async def export(self, format_name: str, text: str = "") -> bytes:
        await self._asked("export", format_name, text)
        return b"exported"

    async def coverage(self, text: str = "") -> Page[CoveredMonth]:
        await self._asked("coverage", text)
        months = (
            CoveredMonth(account="biz", month="2026-11", cover=Cover.COMPLETE, orders=3),
            CoveredMonth(account="per", month="2026-10", cover=Cover.PARTIAL, orders=1, held=1, gaps=("2 orders known only from e-mail",)),
        )
        return Page(items=months, next=None, total=2)

    async def reread(self) -> list[RereadJson]:
        await self._asked("reread")
        return [RereadJson(document=1, name="order-details.html", account="biz", changed=2, settled=0, problems=())]

    async def explain(self, alert_id: int) -> list[ExplanationJson]:
        await self._asked("explain", alert_id)
        event = {"page": "cart", "at": "2026-11-25", "account": "per", "items": [{"title": "Toner cartridge, black"}]}
        trial = TrialJson(("DUP",), "Is it bought twice?", (), ("It is not.",))
        return [ExplanationJson(id=alert_id, situation={"event": event}, verdict=Level.WARN, reasons=(), trials=(trial,))]

    async def budgets(self, month: str = "") -> list[Budget]:
        await self._asked("budgets", month)
        return [budget for budget in BUDGETS if any(rule.id == budget.rule for rule in self.rule_list)] if self.entries else []

    async def books(self, text: str = "", cursor: str | None = None, limit: int = 100) -> Page[Entry]:
        await self._asked("books", text)
        sought, first = parse_filter(text), int(cursor or 0)
        found = [
            entry
            for entry in self.entries
            if (sought.since is None or sought.since <= entry.on <= sought.until)
            and (not sought.accounts or entry.account in sought.accounts)
            and (sought.kind is None or entry.kind in KINDS[sought.kind])
        ]
        after = first + min(limit, self.most_entries)
        return Page(items=tuple(found[first:after]), next=str(after) if after < len(found) else None, total=len(found))

    async def questions(self, text: str = "") -> list[Question]:
        await self._asked("questions", text)
        return self.open_questions

    async def categories(self):
        await self._asked("categories")
        return list(self.category_list)

    async def words(self, kind: str) -> list[str]:
        await self._asked("words", kind)
        if kind == "category":
            return [entry.category for entry in self.category_list]
        return self.known_purposes if kind == "purpose" else self.known_persons

    async def add_word(self, kind: str, word: str, *, under: str | None = None) -> None:
        await self._asked("add_word", kind, word, under)
        if word in await self.words(kind):
            raise Conflict(f"There is a {kind} '{word}' already.")
        if kind == "category":
            self.category_list.append(CategoryPlace(category=word, under=under, own=True))
        else:
            (self.known_purposes if kind == "purpose" else self.known_persons).append(word)

    async def move_category(self, word: str, under: str | None):
        await self._asked("move_category", word, under)
        self.category_list = [replace(entry, under=under) if entry.category == word else entry for entry in self.category_list]

    async def remove_word(self, kind: str, word: str) -> None:
        await self._asked("remove_word", kind, word)
        if kind == "category":
            self.category_list = [entry for entry in self.category_list if entry.category != word]
        else:
            (self.known_purposes if kind == "purpose" else self.known_persons).remove(word)

    async def label_items(self, text: str, labels, *, preview: bool = False):
        await self._asked("label_items", text, labels, preview)
        found = (await self.orders(text)).items
        return [
            LabelChange(account=row.account, number=row.number, item=1, title=row.title, before={"category": None}, after=labels.labels())
            for row in found
        ]

    async def split(self, account: str, number: str, split) -> OrderView:
        await self._asked("split", account, number, *split.parts, split.item, split.new_purpose, split.repeat)
        view = self._view(account, number)
        if split.item and split.parts[0].endswith("=100%"):
            purposes = list(view.purposes)
            purposes[split.item - 1] = split.parts[0].removesuffix("=100%")
            self.views[self.views.index(view)] = replace(view, purposes=tuple(purposes))
        return await self.order(account, number)

    async def tax_forms(self):
        await self._asked("tax_forms")
        return list(FORMS)

    def ask_for_reasons(self, ask):
        self.ask_reason = ask

    async def tax_returns(self):
        await self._asked("tax_returns")
        return self.set_up_returns

    async def set_up_tax_year(self, form, year, accounts, settings):
        await self._asked("set_up_tax_year", form, year, *accounts, *(f"{name}={value}" for name, value in settings.items()))
        self.set_up_returns = [*self.set_up_returns, SetUpReturnJson(form, year, tuple(accounts), settings, False, "")]
        return await self.tax_year(form, year)

    async def missing_receipts(self):
        await self._asked("missing_receipts")
        return MISSING_RECEIPTS if self.entries else ReceiptCountJson(0, "There are no business orders in this period.", ())

    async def collect_receipts(self, paths):
        await self._asked("collect_receipts", *paths)
        return CollectedJson(("a.pdf", "b.pdf"), 1, (NotAttachedJson("c.pdf", "names no order."),))

    async def print_pages(self, orders=()):
        await self._asked("print_pages", *orders)
        return CollectedJson(("page.pdf",), 0, ())

    async def tax_year(self, form, year):
        await self._asked("tax_year", form, year)
        filled = RETURN if self.entries else replace(RETURN, lines=(), income=(), assets=(), left_out=(), questions=0)
        return replace(filled, form=form, year=year, status=YearStatus.LOCKED if (form, year) in self.locked_years else YearStatus.OPEN)

    async def tax_line_entries(self, form, year, key):
        await self._asked("tax_line_entries", form, year, key)
        return self.entries[:1]

    async def tax_questions(self, form, year):
        await self._asked("tax_questions", form, year)
        return list(TAX_QUESTIONS) if self.entries else []

    async def tax_worklist(self, form, year):
        await self._asked("tax_worklist", form, year)
        return list(EVIDENCE) if self.entries else []

    async def lock_tax_year(self, form, year, reason):
        await self._asked("lock_tax_year", form, year, reason)
        if not reason:
            raise InvalidInput("Give the reason for locking the year: --reason TEXT")
        self.locked_years.add((form, year))
        return await self.tax_year(form, year)

    async def unlock_tax_year(self, form, year, reason):
        await self._asked("unlock_tax_year", form, year, reason)
        self.locked_years.discard((form, year))
        return await self.tax_year(form, year)

    async def tax_exports(self, form, year):
        await self._asked("tax_exports", form, year)
        return list(TAX_EXPORTS)

    async def map_category(self, form, category, line, why):
        await self._asked("map_category", form, category, line, why)

    async def export_tax_year(self, form, year, body):
        await self._asked("export_tax_year", form, year, body.kind, body.reason)
        await self.pack_ready.wait()
        return b"%PDF-1.4" if body.kind == "pdf" else b"PK"

    async def receipts(self):
        await self._asked("receipts")
        return self.receipt_list

    async def attach_receipts(self, account, number, paths):
        await self._asked("attach_receipts", account, number, *paths)
        self.receipt_list = [
            *self.receipt_list,
            *(ReceiptJson(number, 0, "cd" * 32, Path(path).name, path, ReceiptState.THERE) for path in paths),
        ]
        return self.receipt_list

    async def detach_receipt(self, number, sha256):
        await self._asked("detach_receipt", number, sha256)
        self.receipt_list = [receipt for receipt in self.receipt_list if receipt.sha256 != sha256]

    async def remember_purpose(self, body):
        await self._asked("remember_purpose", body.scope.value, body.value, body.text)

    async def claims(self) -> list[Claim]:
        await self._asked("claims")
        return self.claim_list

    async def settle(self, ids, amount=None) -> list[Claim]:
        await self._asked("settle", *ids, *([amount] if amount else []))
        self.claim_list = [
            replace(claim, state=ClaimState.SETTLED, settled_on=TODAY) if claim.id in ids else claim for claim in self.claim_list
        ]
        return [claim for claim in self.claim_list if claim.id in ids]

    async def claim_report(self) -> bytes:
        await self._asked("claim_report")
        return b"%PDF-1.4"

    async def statement_months(self) -> list[StatementMonth]:
        await self._asked("statement_months")
        return self.months

    async def statement_lines(self, card: str, month: str) -> list[MatchedLine]:
        await self._asked("statement_lines", card, month)
        return [line for line in self.lines if (line.entry.card, f"{line.entry.line.on:%Y-%m}") == (card, month)]

    async def unmatched_charges(self) -> list[CardCharge]:
        await self._asked("unmatched_charges")
        return self.missing_charges

    async def import_statement(self, statement) -> StatementImport:
        await self._asked(
            "preview_statement" if statement.dry_run else "import_statement",
            statement.name,
            len(statement.content),
            statement.card,
            *statement.columns,
            *([statement.currency] if statement.currency else []),
        )
        if b"Datum" in statement.content and not statement.columns:
            raise InvalidInput(f"'{statement.name}' has no known column for the amount. Name it once as 'amount=HEADING'.")
        return StatementImport(name=statement.name, card="visa/1234", lines=3, new=2, others=4, matched=1, tied=1, unmatched=1)

    async def match_line(self, line: str, entries) -> MatchedLine:
        await self._asked("match_line", line, *(["take back"] if entries is None else entries))
        place = next(place for place, known in enumerate(self.lines) if known.entry.id == line)
        known = self.lines[place]
        chosen = next(
            (found for found in known.candidates if [charge.entry for charge in found.charges] == list(entries or ())), known.match
        )
        state = LineState.UNMATCHED if entries is None else LineState.MATCHED if entries else LineState.IGNORED
        self.lines[place] = replace(known, state=state, match=chosen if entries else None)
        return self.lines[place]

    async def close_months(self, card: str | None = None, month: str | None = None) -> list[StatementMonth]:
        await self._asked("close_months", card, month)
        closed = [one for one in self.months if one.state is MonthState.COMPLETE or (one.card, one.month) == (card, month)]
        self.months = [replace(one, state=MonthState.CLOSED, changes=()) if one in closed else one for one in self.months]
        return closed

    async def history(self, cursor: str | None = None, limit: int = 100) -> Page[Step]:  # noqa: ARG002  # the client's signature
        await self._asked("history")
        return Page(items=tuple(self.steps[:limit]), next=None, total=len(self.steps))

    async def undo(self, step_id: int) -> Step:
        await self._asked("undo", step_id)
        undone = next(step for step in self.steps if step.id == step_id)
        self.steps = [replace(step, undone=True) if step.id == step_id else step for step in self.steps]
        done = Step(id=len(self.steps) + 1, at=NOON, who="you", action=Action.UNDONE, what=f"Undid: {undone.what}", undoes=step_id)
        self.steps.insert(0, done)
        return done

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100, text: str = "") -> Page[Alert]:  # noqa: FBT001, FBT002, ARG002  # the client's signature
        await self._asked("alerts", open_only)
        sought = parse_filter(text)
        found = [
            alert
            for alert in self.open_alerts
            if (alert.dismissed_at is None or not open_only)
            and (not sought.accounts or alert.account in sought.accounts)
            and all(fold(word) in fold(alert.text) for word in sought.words)
        ]
        return Page(items=tuple(found[:limit]), next=None, total=len(found))

    async def dismiss(self, alert_id: int) -> Alert:
        await self._asked("dismiss", alert_id)
        self.open_alerts = [replace(alert, dismissed_at=NOON) if alert.id == alert_id else alert for alert in self.open_alerts]
        self.happen(EventKind.ALERT_CHANGED, alert=alert_id)
        return next(alert for alert in self.open_alerts if alert.id == alert_id)

    async def alert_counts(self) -> list[AlertCounts]:
        await self._asked("alert_counts")
        softened = {code for rule in self.rule_list if rule.body["type"] == "soften" for code in rule.body["code"]}
        return [replace(entry, soften=entry.soften and entry.code not in softened) for entry in self.alert_stats]

    async def look_back(self) -> LookBack:
        await self._asked("look_back")
        return LookBack(checked=len(self.past) + 300, misplaced=tuple(self.past))

    async def compare(self, first: str, second: str, told) -> Comparison:
        await self._asked("compare", first, second, {key: said.open_alerts for key, said in told.items()})
        asked = {key: ("open_alerts",) for key in (first, second) if key not in told}
        return Comparison(accounts=(first, second), result="may", reasons=(), fits=("Both belong to one owner.",), links=(), asked=asked)

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:  # noqa: ARG002  # the client's signature
        await self._asked("imports")
        return Page(items=tuple(self.arrived[:limit]), next=None, total=len(self.arrived))

    async def upload(
        self,
        name: str,
        content: bytes,
        account: str | None,
        *,
        store_known: bool = False,
        dry_run: bool = False,
        import_id: str | None = None,
    ) -> ImportResult:
        await self._asked("preview" if dry_run else "upload", name, len(content), account)
        if self.previewing is not None and dry_run:
            await self.previewing.wait()
        if self.unnamed and account is None:
            names = ", ".join(known.label for known in self.registered)
            raise AccountMissing(f"'{name}' does not name its account. Choose one: {names}.")
        if self.importing is not None and not dry_run:
            await self.importing.wait()
            if import_id in self.cancelled:
                raise ImportCancelled("The import was cancelled.")
        if self.known_elsewhere and not store_known:
            raise KnownElsewhere(f"{name}: 2 of its orders are already known under {self.known_elsewhere}. Nothing of it was stored.")
        if not content.startswith(b"Order ID"):
            raise UnknownFormat(
                "The file is not an Amazon export: it has no column 'Order ID'. Look for 'Your Orders.zip' in the mail from Amazon."
            )
        result = ImportResult(
            id=len(self.arrived) + 1, name=name, kind="retail_export", account=account or "per", at=NOON, state="read", new=2
        )
        if dry_run:
            known = ((self.known_elsewhere, "112-0000001-0000007"),) if self.known_elsewhere else ()
            return replace(result, known_elsewhere=known)
        self.arrived.insert(0, result)
        self.happen(EventKind.ORDERS_IMPORTED, account="per", new=2, changed=0)
        return result

    async def remove_imports(self, *import_ids: int) -> None:
        await self._asked("remove_imports", *import_ids)
        self.arrived = [result for result in self.arrived if result.id not in import_ids]

    async def dropped(self) -> DroppedFiles:
        await self._asked("dropped")
        return DroppedFiles(folder="/home/kim/shopper/drop", waiting=tuple(self.waiting))

    async def take_dropped(self, name: str, account: str) -> ImportResult:
        await self._asked("take_dropped", name, account)
        self.waiting = [waits for waits in self.waiting if waits.name != name]
        result = ImportResult(id=len(self.arrived) + 1, name=name, kind="retail_export", account=account, at=NOON, state="read", new=2)
        self.arrived.insert(0, result)
        return result

    async def import_progress(self, import_id: str) -> ImportProgress:  # noqa: ARG002  # the client's signature
        return ImportProgress(name="orders.csv", stored=30, count=60)

    async def cancel_import(self, import_id: str) -> None:
        self.cancelled.add(import_id)
        if self.importing is not None:
            self.importing.set()

    port = 8377

    async def open_pairing(self) -> PairingCode:
        await self._asked("open_pairing")
        return PairingCode(code="4821-7730", expires_at=NOON + timedelta(seconds=120))

    async def clients(self) -> list[Client]:
        await self._asked("clients")
        return self.browsers

    async def revoke(self, client_id: str) -> None:
        await self._asked("revoke", client_id)
        self.browsers = [browser for browser in self.browsers if browser.id != client_id]
        self.happen(EventKind.CLIENT_REVOKED, client=client_id)

    async def open_window(self, account: str) -> WindowResult:
        await self._asked("open_window", account)
        label = next(one.label for one in self.registered if one.key == account)
        return WindowResult(
            key=account, label=label, browser="Chromium", reused=False, paired=True, extension_missing=False, without_sandbox=False
        )

    async def rules(self) -> list[OwnRule]:
        await self._asked("rules")
        return self.rule_list

    async def habits(self) -> list[Habit]:
        await self._asked("habits")
        return self.habit_list

    async def preview_rule(self, rule, instead_of: int | None = None) -> Preview:
        await self._asked("preview_rule", rule["type"], instead_of)
        self.tried = rule
        checked_rule(rule, self._known)
        return PREVIEW

    def _known(self, kind: str, name: str) -> str:
        if kind == "account" and name not in {account.key for account in self.registered}:
            raise NotFound(f"There is no account '{name}'. Registered: {', '.join(account.key for account in self.registered)}.")
        return name

    async def add_rule(self, rule) -> OwnRule:
        await self._asked("add_rule", rule["type"])
        kept = own_rule(len(self.rule_list) + 1, rule)
        self.rule_list.append(kept)
        self.happen(EventKind.RULES_CHANGED, rule=kept.id)
        return kept

    async def edit_rule(self, rule_id: int, rule) -> OwnRule:
        await self._asked("edit_rule", rule_id)
        kept = own_rule(rule_id, rule)
        self.rule_list = [kept if known.id == rule_id else known for known in self.rule_list]
        self.happen(EventKind.RULES_CHANGED, rule=rule_id)
        return kept

    async def remove_rule(self, rule_id: int) -> None:
        await self._asked("remove_rule", rule_id)
        self.rule_list = [known for known in self.rule_list if known.id != rule_id]
        self.happen(EventKind.RULES_CHANGED, rule=rule_id)

    async def terms(self, kind=None, account=None, cursor: str | None = None, limit: int = 100) -> Page[Term]:  # noqa: ARG002  # the client's signature
        await self._asked("terms", kind, account)
        return Page(items=tuple(self.term_list), next=None, total=len(self.term_list))

    async def add_term(self, term: Term) -> Term:
        await self._asked("add_term", term.kind, term.what, term.account)
        if term.account:
            self._known("account", term.account)
        kept = replace(term, id=len(self.term_list) + 2, by_hand=True)
        self.term_list.insert(0, kept)
        self.happen(EventKind.ACCOUNT_CHANGED, term=kept.id)
        return kept

    async def edit_term(self, term_id: int, change: TermChange) -> Term:
        await self._asked("edit_term", term_id, change.what, dict(change.details), sorted(change.cleared))
        details = dict(change.details)
        changed = {known.id: known for known in self.term_list}[term_id]
        changed = replace(changed, what=change.what or changed.what, details=details, by_hand=True)
        self.term_list = [changed if known.id == term_id else known for known in self.term_list]
        self.happen(EventKind.ACCOUNT_CHANGED, term=term_id)
        return changed

    async def remove_term(self, term_id: int) -> None:
        await self._asked("remove_term", term_id)
        self.term_list = [known for known in self.term_list if known.id != term_id]
        self.happen(EventKind.ACCOUNT_CHANGED, term=term_id)

    async def events(self, after: int) -> AsyncIterator[Event]:
        while True:
            for event in [event for event in self.outbox if event.id > after]:
                after = event.id
                yield event
            await self.rung.wait()
            self.rung.clear()


def _is_news(parcel: Delivery) -> bool:
    if parcel.state is DeliveryState.DELIVERED:
        return parcel.delivered_on is not None and TODAY - parcel.delivered_on <= timedelta(days=14)
    return parcel.state is not DeliveryState.PROBABLY_DELIVERED
