"""The class of each screen by the name of its place, imported when the user first goes there: the first paint needs the overview only."""
# ruff: noqa: PLC0415  # see above

from collections.abc import Callable, Mapping

from tui.screens.framed_screen import FramedScreen

ScreenClass = type[FramedScreen]


def _overview() -> ScreenClass:
    from tui.screens.overview import OverviewScreen

    return OverviewScreen


def _orders() -> ScreenClass:
    from tui.screens.orders import OrdersScreen

    return OrdersScreen


def _expenses() -> ScreenClass:
    from tui.screens.expenses import ExpensesScreen

    return ExpensesScreen


def _warnings() -> ScreenClass:
    from tui.screens.warnings import WarningsScreen

    return WarningsScreen


def _accounts() -> ScreenClass:
    from tui.screens.accounts import AccountsScreen

    return AccountsScreen


def _imports() -> ScreenClass:
    from tui.screens.imports import ImportsScreen

    return ImportsScreen


def _rules() -> ScreenClass:
    from tui.screens.rules import RulesScreen

    return RulesScreen


def _terms() -> ScreenClass:
    from tui.screens.terms import TermsScreen

    return TermsScreen


def _books() -> ScreenClass:
    from tui.screens.books import BooksScreen

    return BooksScreen


def _history() -> ScreenClass:
    from tui.screens.history import HistoryScreen

    return HistoryScreen


SCREENS: Mapping[str, Callable[[], ScreenClass]] = {
    "overview": _overview,
    "orders": _orders,
    "expenses": _expenses,
    "warnings": _warnings,
    "accounts": _accounts,
    "imports": _imports,
    "rules": _rules,
    "terms": _terms,
    "books": _books,
    "history": _history,
}
"""A place of the keymap and how its screen is imported."""
