"""Imports: what was imported, what could not be read, and what waits in the drop folder."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.coverage import CoveredMonth
from assistant.domain.documents import DroppedFiles, Held, ImportResult, WaitingFile
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.rows.row_facts import import_facts, waiting_facts
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.lines import LinesDialog
from tui.formatting import Pen, orders_column, plain
from tui.importing import summary
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
        Binding("y", "take_dropped", "Say whose it is"),
        Binding("d", "remove", "Remove"),
        Binding("v", "coverage", "Coverage"),
        Binding("b", "reread", "Read pages again", show=False),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._results: dict[str, ImportResult] = {}
        self._dropped = DroppedFiles(folder="")

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
        """Read what waits, and the imports, newest first, page by page."""
        self._dropped = await self.store.client.dropped()
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
        waiting = {name: waits for name, waits in self._waiting.items() if is_wanted(waiting_facts(waits))}
        listing.show(
            [
                *((name, _waiting_text(waits, pen)) for name, waits in waiting.items()),
                *((key, _import_text(result, pen)) for key, result in shown.items()),
            ]
        )
        self.query_one("#import-panel").border_subtitle = _folder_text(self._dropped)
        self._draw_detail(listing.chosen)
        return self.found_text(len(shown) + len(waiting), len(self._results) + len(self._waiting))

    @property
    def _waiting(self) -> dict[str, WaitingFile]:
        """The files that wait in the drop folder, by the id of their line."""
        return {f"drop:{waits.name}": waits for waits in self._dropped.waiting}

    @on(OptionList.OptionHighlighted, "#import-list")
    def highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the result of the import under the cursor."""
        self._draw_detail(event.option_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable confirming only for an import with an order in quarantine, and the choice of an account for a file that waits."""
        if action == "take_dropped":
            return self._chosen in self._waiting
        if action == "remove":
            return self._chosen in self._results
        return bool(self._held) if action == "confirm" else super().check_action(action, parameters)

    @property
    def _chosen(self) -> str:
        listing = self.query(RowList)
        return (listing.first().chosen or "") if listing else ""

    @property
    def _held(self) -> tuple[Held, ...]:
        result = self._results.get(self._chosen)
        return result.held if result else ()

    def action_confirm(self) -> None:
        """Confirm that an order in quarantine is correct; ask which one if there are several."""
        held = {entry.number: entry for entry in self._held}
        if len(held) == 1:
            self._confirm(next(iter(held.values())))
        elif held:
            screen = ChoiceDialog(translated("Which order is correct?"), tuple(held))
            self.app.push_screen(screen, lambda number: self._confirm(held.get(number or "")))

    def action_take_dropped(self) -> None:
        """Ask whose the file under the cursor is, and import it."""
        waits = self._waiting.get(self._chosen)
        if waits is not None:
            choices = [
                (account.key, self.store.pen.mark(account.key) + Content(f" {plain(account.label)}")) for account in self.store.accounts
            ]
            title = translated("Whose is {name}?", name=plain(waits.name))
            self.app.push_screen(ChoiceDialog(title, choices), lambda key: self._take_dropped(waits, key))

    def _take_dropped(self, waits: WaitingFile, key: str | None) -> None:
        async def take() -> None:
            result = await self.store.client.take_dropped(waits.name, key or "")
            self.say(summary([result], self.store.pen))
            self.store.announce(ImportsChanged, OrdersChanged)

        if key:
            self.say(translated("Importing {name} …", name=plain(waits.name)))
            self.act(take, group="take-dropped")

    def action_remove(self) -> None:
        """Remove the import under the cursor: after asking, or at once what could not be read."""
        result = self._results.get(self._chosen)
        if result is None:
            return
        if result.state == "failed":
            self._remove(result)
            return
        text = translated("{name}: its orders go, except those that other imports contain. This can be undone.", name=plain(result.name))
        screen = ConfirmDialog(translated("Remove this import?"), text, translated("Remove"))
        self.app.push_screen(screen, lambda sure: self._remove(result) if sure else None)

    def _remove(self, result: ImportResult) -> None:
        async def remove() -> None:
            await self.store.client.remove_imports(result.id)
            self.say(translated("Removed. To reverse this press u."))
            self.store.announce(ImportsChanged, OrdersChanged)

        self.act(remove, group="remove")

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
        result, waits, pen = self._results.get(key or ""), self._waiting.get(key or ""), self.store.pen
        self.query_one("#import-detail").display = bool(result or waits)
        facts = _facts(result, pen) if result else _waiting_facts(waits, pen) if waits else Content("")
        self.query_one("#import-facts", Static).update(facts)
        self.refresh_bindings()


def _month_line(month: CoveredMonth, pen: Pen) -> Content:
    gaps = ", ".join(map(plain, month.gaps))
    held = ", " + translated("{number} in quarantine", number=month.held) if month.held else ""
    orders = orders_column(month.orders) + held
    return Content.assemble(
        f"{month.month} ",
        pen.badge_column(month.account),
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


def _folder_text(dropped: DroppedFiles) -> str:
    """Return what the frame of the list says: where files can be dropped."""
    folder = Path(dropped.folder)
    short = f"~/{folder.relative_to(Path.home())}" if folder.is_relative_to(Path.home()) else dropped.folder
    return plain(dropped.problem) or translated("Drop folder: {folder}", folder=plain(short))


def _waiting_text(waits: WaitingFile, pen: Pen) -> Content:
    badge = Content.assemble(pen.badge(waits.account), " ") if waits.account else Content("")
    symbol, text = ("▲", translated("was not imported")) if waits.reason else ("?", translated("whose is it?"))
    return Content.assemble((f"{symbol} ", "$warning"), badge, plain(waits.name), (f"  {text}", "bold $warning"))


def _waiting_facts(waits: WaitingFile, pen: Pen) -> Content:
    key = pen.key("y", "imports.take-dropped")
    next_step = (
        translated("Put another file there, remove this one, or press {key} if it is right, to say whose it is.", key=key)
        if waits.reason
        else translated("It lies in the drop folder, but in no folder of an account. Press {key} to say whose it is.", key=key)
    )
    lines = [Content.styled(plain(waits.name), "bold"), Content("")]
    return Content("\n").join([*lines, *map(Content, filter(None, (plain(waits.reason), next_step)))])


def _facts(result: ImportResult, pen: Pen) -> Content:
    lines: list[Content | str] = [
        Content.styled(plain(result.name), "bold"),
        Content.styled(f"{plain(shown_word(result.kind))} · {pen.moment(result.at)}", "$muted"),
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
        return Content(
            translated(
                "Nothing was imported. Press {key} to choose another file, {remove} to put this one away.",
                key=pen.key("i", "import"),
                remove=pen.key("d", "imports.remove"),
            )
        )
    if result.state == "parked":
        return Content(translated("These orders wait until their account is linked. Press {link_keys}.", link_keys=pen.link_keys))
    counts = [
        translated("{number} new", number=result.new),
        translated("{number} changed", number=result.changed),
        translated("{number} already known", number=result.same),
    ]
    owner = " " + translated("for {account}", account=pen.label(result.account)) if result.account else ""
    return Content(translated("Orders{owner}: {counts}.", owner=owner, counts=", ".join(counts)))
