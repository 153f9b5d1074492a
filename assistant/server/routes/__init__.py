"""All routes: each module of this package lists its own as `ROUTES`."""

from importlib import import_module
from pkgutil import iter_modules

from assistant.server.routing import Route

ROUTES: tuple[Route, ...] = tuple(route for module in iter_modules(__path__) for route in import_module(f"{__name__}.{module.name}").ROUTES)
