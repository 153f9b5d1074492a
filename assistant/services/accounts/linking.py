"""May two accounts be linked? What the register and the ledger know, and what their owner adds, put before the rules."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from assistant.amazon.marketplaces import by_host
from assistant.amazon.own_pages import links_for, page_link
from assistant.domain.accounts.linking import Comparison, Told
from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput
from assistant.domain.judging.verdict import Level
from assistant.rules import judge, trials
from assistant.rules.situation import Situation, situation_from_mapping
from assistant.services.judging.situations import accounts_json
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.orders.counts import year_of

_YEAR = timedelta(days=365)


class Linking:
    """Compares accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read an open ledger."""
        self._database = database
        self._clock = clock

    def compare(self, first: str, second: str, told: Mapping[str, Told] | None = None) -> Comparison:
        """Return whether the first account may link the second; `told` is by key. `asked` names, by key, what nobody has said.

        Raises NotFound for an account that is not registered, InvalidInput for one compared with itself.
        """
        with self._database.reading() as session:
            rows = [register.account_row(session, name) for name in (first, second)]
            if rows[0].key == rows[1].key:
                raise InvalidInput("That is one account. Name two of them.")
            known = register.accounts_by_id(session)
            accounts = [known[row.id] for row in rows]
            since = self._clock().date() - _YEAR
            history = [{"type": "year_orders", "account": row.key, **year_of(session, row.id, since)} for row in rows]
        said = {account.key: (told or {}).get(account.key, Told()) for account in accounts}
        parties = [entry | _facts(entry, said[entry["key"]]) for entry in accounts_json(accounts, None)]
        event = {"page": "link_accounts", "at": self._clock().date().isoformat(), "account": accounts[0].key, "with": accounts[1].key}
        situation = situation_from_mapping({"accounts": parties, "history": history, "event": event})
        shop = next((site for account in accounts for site in account.marketplaces), "amazon.com")
        same_owner = accounts[0].owner == accounts[1].owner
        asked = {party["key"]: _missing(party, said[party["key"]], same_owner=same_owner) for party in parties}
        return _comparison((accounts[0].key, accounts[1].key), situation, shop, asked)


def _comparison(keys: tuple[str, str], situation: Situation, shop: str, asked: Mapping[str, tuple[str, ...]]) -> Comparison:
    reasons = judge(situation).reasons
    result = "may"
    if any(reason.level.rank >= Level.WARN.rank for reason in reasons):
        result = "no" if any(reason.code == "LINK_NOT_YOURS" for reason in reasons) else "mend"
    links = {link.url: link for reason in reasons for link in links_for(reason.code, by_host(shop))}
    if result == "may":
        own = [link for kind in ("switch", "family") if (link := page_link(kind, shop)) is not None]
        links |= {link.url: link for link in own}
    fits = tuple(why for trial in trials(situation) if _is_linking(trial.codes) and not trial.reasons for why in trial.quiet)
    return Comparison(accounts=keys, result=result, reasons=reasons, fits=fits, links=tuple(links.values()), asked=asked)


def _is_linking(codes: tuple[str, ...]) -> bool:
    return all(code.startswith("LINK_") for code in codes)


def _facts(entry: Mapping[str, Any], said: Told) -> dict[str, Any]:
    return {
        "name": said.name or entry["org"],
        "phone": said.phone,
        "addresses": [*entry["addresses"], *said.addresses],
        "representatives": list(said.representatives),
        "open_alerts": said.open_alerts or 0,
    }


def _missing(party: Mapping[str, Any], said: Told, *, same_owner: bool) -> tuple[str, ...]:
    unknown = [what for what in ("name", "phone", "addresses") if not party[what]]
    if said.open_alerts is None:
        unknown.append("open_alerts")
    if not same_owner and not said.representatives:
        unknown.append("representatives")
    return tuple(unknown)
