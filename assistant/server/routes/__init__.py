"""All routes. To add one, add a file and its name here."""

from assistant.server.routes import (
    accounts,
    alerts,
    books,
    exports,
    history,
    imports,
    orders,
    pairing,
    reminders,
    rules,
    system,
    terms,
    visits,
    windows,
)
from assistant.server.routing import Route

ROUTES: tuple[Route, ...] = (
    *system.ROUTES,
    *pairing.ROUTES,
    *visits.ROUTES,
    *windows.ROUTES,
    *imports.ROUTES,
    *accounts.ROUTES,
    *orders.ROUTES,
    *books.ROUTES,
    *alerts.ROUTES,
    *reminders.ROUTES,
    *rules.ROUTES,
    *terms.ROUTES,
    *exports.ROUTES,
    *history.ROUTES,
)
