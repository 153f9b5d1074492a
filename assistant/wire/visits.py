"""A visit as the browser reports it (contract, section 4)."""

from typing import Any

from assistant.domain.visits import Visit


def visit_json(visit: Visit) -> dict[str, Any]:
    """Return the body of POST /visits."""
    return {
        "id": visit.id,
        "at": visit.at.isoformat(),
        "url": visit.url,
        "tab": visit.tab,
        "store": visit.store,
        "page": {"html": visit.html, "scripts": list(visit.scripts), "nav": visit.nav},
    }
