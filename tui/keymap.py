"""All keys: those that work everywhere, and the screens with their numbers."""

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: its key, name in the code, title, class as "module:Class" in `tui/screens/`.

    `part_of`: the screen that it is a part of. `command`: what prints the same as text.
    """

    key: str
    name: str
    title: str
    screen: str
    part_of: str = ""
    command: str = ""


PLACES = (
    Place("1", "overview", "Overview", "overview:OverviewScreen", command="shopper expenses"),
    Place("2", "orders", "Orders", "orders:OrdersScreen", command="shopper orders"),
    Place("3", "expenses", "Expenses", "expenses:ExpensesScreen", command="shopper expenses"),
    Place("4", "warnings", "Warnings", "warnings:WarningsScreen", command="shopper alerts"),
    Place("5", "accounts", "Accounts", "accounts:AccountsScreen", command="shopper accounts list"),
    Place("6", "imports", "Imports", "imports:ImportsScreen", command="shopper imports"),
    Place("7", "rules", "Rules", "rules:RulesScreen", command="shopper rules list"),
    Place("8", "terms", "Terms", "terms:TermsScreen", command="shopper terms list"),
    Place("9", "books", "Books", "books:BooksScreen", command="shopper books"),
    Place("0", "history", "History", "history:HistoryScreen", command="shopper history"),
    Place("w", "questions", "Questions", "questions:QuestionsScreen", part_of="books", command="shopper questions"),
    Place("v", "claims", "Claims", "claims:ClaimsScreen", part_of="books", command="shopper claims"),
    Place("z", "statements", "Statements", "statements:StatementsScreen", part_of="books", command="shopper statements"),
)


def places_at(name: str) -> tuple[Place, ...]:
    """Return a screen that has parts, or whose part `name` is, with all its parts; nothing for other screens."""
    whole = next((place.part_of for place in PLACES if place.name == name and place.part_of), name)
    found = tuple(place for place in PLACES if whole in (place.name, place.part_of))
    return found if len(found) > 1 else ()


EVERYWHERE = (
    *(Binding(place.key, f"go('{place.name}')", place.title, show=False, id=f"go-{place.name}") for place in PLACES),
    Binding("i", "import_file", "Import", id="import"),
    Binding("p", "pair", "Pair a browser", id="pair"),
    Binding("r", "reload", "Refresh", show=False, id="reload"),
    Binding("ctrl+z", "undo_last", "Undo the last step", show=False, id="undo-last"),
    Binding("dollar_sign", "hide_amounts", "Hide amounts", show=False, key_display="$", id="hide-amounts"),
    Binding("escape", "back", "Back", show=False, id="back"),
    Binding("question_mark,f1", "help", "Help", key_display="?", id="help"),
    Binding("q", "quit", "Quit", id="quit"),
    Binding("ctrl+q", "quit", "Quit", show=False, system=True, id="quit-always"),
)
LIST_KEYS = (
    Binding("j", "cursor_down", "Down", show=False),
    Binding("k", "cursor_up", "Up", show=False),
    Binding("g", "first", "First", show=False),
    Binding("G", "last", "Last", show=False),
)
