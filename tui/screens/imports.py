"""Imports: what was imported, and what could not be read."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.coverage import CoveredMonth
from assistant.domain.documents import Held, ImportResult
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.rows.row_facts import import_facts
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.lines import LinesDialog
from tui.formatting import Pen, orders_column, plain
from tui.messages import AccountsChanged, ImportsChanged, OrdersChanged, ServerChange
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.row_list import RowList

_MOST = 500
_EMPTY = to_translate(
    "Nothing was imported yet. Press i to import a file, for example 'Your Orders.zip' from Amazon's mail, "
    "or p to pair a browser: pages that you open are read automatically."
)


class ImportsScreen(ListedScreen):
    """A list and, beside it, the result of one import."""

    PLACE = "imports"
    LISTS = "imports"
    CSS_PATH = "../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (ImportsChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "confirm", "It is correct"),
        Binding("v", "coverage", "Coverage"),
        Binding("b", "reread", "Read pages again", show=False),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._results: dict[str, ImportResult] = {}

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel", id="import-panel"):
                yield RowList(empty=translated(_EMPTY), id="import-list")
            with VerticalScroll(classes="panel", id="import-detail", can_focus=False):
                yield Static(id="import-facts", markup=False)

    def on_mount(self) -> None:
        """Name the list."""
        self.query_one("#import-panel").border_title = translated("Imported")

    async def read(self) -> None:
        """Read the imports, newest first, page by page."""
        results: list[ImportResult] = []
        cursor = None
        while len(results) < _MOST:
            page = await self.store.client.imports(cursor=cursor)
            results += page.items
            cursor = page.next
            if cursor is None:
                break
        self._results = {str(result.id): result for result in results}

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the imports that are wanted."""
        pen, listing = self.store.pen, self.query_one(RowList)
        shown = {key: result for key, result in self._results.items() if is_wanted(import_facts(result))}
        listing.empty = self.empty_text(translated(_EMPTY))
        listing.show((key, _import_text(result, pen)) for key, result in shown.items())
        self._draw_detail(listing.chosen)
        return self.found_text(len(shown), len(self._results))

    @on(OptionList.OptionHighlighted, "#import-list")
    def highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the result of the import under the cursor."""
        self._draw_detail(event.option_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable confirming only if the import under the cursor has an order in quarantine."""
        return bool(self._held) if action == "confirm" else super().check_action(action, parameters)

    @property
    def _held(self) -> tuple[Held, ...]:
        result = self._results.get(self.query_one(RowList).chosen or "") if self._results else None
        return result.held if result else ()

    def action_confirm(self) -> None:
        """Confirm that an order in quarantine is correct; ask which one if there are several."""
        held = {entry.number: entry for entry in self._held}
        if len(held) == 1:
            self._confirm(next(iter(held.values())))
        elif held:
            screen = ChoiceDialog(translated("Which order is correct?"), tuple(held))
            self.app.push_screen(screen, lambda number: self._confirm(held.get(number or "")))

    def action_coverage(self) -> None:
        """Show how complete each month of each account is."""

        async def show() -> None:
            months = (await self.store.client.coverage()).items
            pen = self.store.pen
            lines = [_month_line(month, pen) for month in months] or [Content(translated("Nothing was imported yet."))]
            self.app.push_screen(LinesDialog(translated("How complete each month is"), lines))

        self.act(show, group="coverage")

    def action_reread(self) -> None:
        """Read kept pages again with this version of Shopper."""

        async def reread() -> None:
            pages = await self.store.client.reread()
            changed = sum(page.changed for page in pages)
            self.say(
                " ".join(
                    [
                        translated_count("{count} page read again.", "{count} pages read again.", len(pages)),
                        translated_count("{count} order changed.", "{count} orders changed.", changed),
                    ]
                )
            )
            self.store.announce(ImportsChanged, OrdersChanged)

        self.say(translated("Reading kept pages again …"))
        self.act(reread, group="reread")

    def _confirm(self, held: Held | None) -> None:
        if held is None:
            return

        async def confirm() -> None:
            await self.store.client.confirm(held.account, held.number)
            self.say(translated("{number} now counts in totals.", number=held.number))
            await self.load()

        self.act(confirm, group="confirm")

    def _draw_detail(self, key: str | None) -> None:
        result = self._results.get(key or "")
        self.query_one("#import-detail").display = result is not None
        self.query_one("#import-facts", Static).update(_facts(result, self.store.pen) if result else Content(""))
        self.refresh_bindings()


def _month_line(month: CoveredMonth, pen: Pen) -> Content:
    gaps = ", ".join(map(plain, month.gaps))
    held = ", " + translated("{number} in quarantine", number=month.held) if month.held else ""
    orders = orders_column(month.orders) + held
    return Content.assemble(
        f"{month.month} ",
        pen.badge(month.account),
        f" {orders}  ",
        (f"… {gaps}", "$warning") if gaps else (translated("complete"), "$success"),
    )


def _import_text(result: ImportResult, pen: Pen) -> Content:
    symbol, style = {"failed": ("▲", "$warning"), "parked": ("?", "$primary")}.get(result.state, ("✓", "$success"))
    badge = Content.assemble(pen.badge(result.account), " ") if result.account else Content("")
    brought = "  " + translated("{number} new", number=result.new) if result.new else ""
    unread = "  " + translated("{number} unreadable", number=len(result.problems)) if result.problems and result.state != "failed" else ""
    held = "  " + translated("{number} in quarantine", number=len(result.held)) if result.held else ""
    name, day = plain(result.name), f"  {pen.moment(result.at)}"
    return Content.assemble(
        (f"{symbol} ", style), badge, name, (brought, "bold"), (unread, "$warning"), (held, "bold $warning"), (day, "$muted")
    )


def _facts(result: ImportResult, pen: Pen) -> Content:
    lines: list[Content | str] = [
        Content.styled(plain(result.name), "bold"),
        Content.styled(f"{plain(result.kind).replace('_', ' ')} · {pen.moment(result.at)}", "$muted"),
        "",
        _outcome(result, pen),
    ]
    if result.held:
        lines += ["", Content.styled(translated("In quarantine, not counted in totals"), "bold $secondary")]
        lines += [
            Content.assemble(
                ("▲ ", "$warning"), plain(reason.text), ("  " + translated("order {number}", number=plain(held.number)), "$muted")
            )
            for held in result.held
            for reason in held.reasons
        ]
        lines += [
            Content.styled(
                translated("Open the order on Amazon, or press {key} if it is correct.", key=pen.key("y", "imports.confirm")), "$muted"
            )
        ]
    if result.problems:
        lines += ["", Content.styled(translated("What could not be read"), "bold $secondary")]
        lines += [
            Content.assemble(("· ", "$warning"), plain(problem.text), (f"  {plain(problem.where)}", "$muted"))
            for problem in result.problems
        ]
    return Content("\n").join(lines)


def _outcome(result: ImportResult, pen: Pen) -> Content:
    if result.state == "failed":
        return Content(translated("Nothing was imported. Press {key} to choose another file.", key=pen.key("i", "import")))
    if result.state == "parked":
        return Content(translated("These orders wait until their account is linked. Press {link_keys}.", link_keys=pen.link_keys))
    counts = [
        translated("{number} new", number=result.new),
        translated("{number} changed", number=result.changed),
        translated("{number} already known", number=result.same),
    ]
    owner = " " + translated("for {account}", account=pen.label(result.account)) if result.account else ""
    return Content(translated("Orders{owner}: {counts}.", owner=owner, counts=", ".join(counts)))
