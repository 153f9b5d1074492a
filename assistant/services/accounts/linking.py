"""Checks whether two accounts may be linked, from the register, the ledger and their owners' answers."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.amazon.marketplaces import by_host
from assistant.amazon.own_pages import links_for, page_link
from assistant.domain.accounts.linking import Comparison, OwnerStatement
from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput
from assistant.domain.judging.sentences import sentence, spoken
from assistant.domain.judging.situation import History, JudgedEvent, Party, Situation
from assistant.domain.judging.verdict import Level
from assistant.domain.languages.translating import translated
from assistant.rules import judge, trials
from assistant.services.judging.parties import parties_of
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.orders.history import years_of_orders


class AccountLinks:
    """Compares accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read an open ledger."""
        self._database = database
        self._clock = clock

    def compare(self, first: str, second: str, told: Mapping[str, OwnerStatement] | None = None) -> Comparison:
        """Return whether the first account may link the second, and the open questions. `told` holds its owners' answers by key.

        Raises NotFound for an account that is not registered, InvalidInput for one compared with itself.
        """
        with self._database.reading() as session:
            rows = [register.account_row(session, name) for name in (first, second)]
            if rows[0].key == rows[1].key:
                raise InvalidInput(translated("Both names mean the same account. Name two accounts."))
            known = register.accounts_by_id(session)
            accounts = [known[row.id] for row in rows]
            keys = {row.id: row.key for row in rows}
            years = years_of_orders(session, keys, self._clock().date())
        said = {account.key: (told or {}).get(account.key, OwnerStatement()) for account in accounts}
        parties = {key: _with_told(party, said[key]) for key, party in parties_of(accounts).items()}
        today = self._clock().date()
        event = JudgedEvent(page="link_accounts", day=today, account=accounts[0].key, with_account=accounts[1].key)
        situation = Situation(accounts=parties, history=History(year_orders=tuple(years)), event=event)
        marketplace = next((name for account in accounts for name in account.marketplaces), "amazon.com")
        same_owner = accounts[0].owner == accounts[1].owner
        asked = {key: _missing(party, said[key], same_owner=same_owner) for key, party in parties.items()}
        return _comparison((accounts[0].key, accounts[1].key), situation, marketplace, asked)


def _comparison(keys: tuple[str, str], situation: Situation, marketplace: str, asked: Mapping[str, tuple[str, ...]]) -> Comparison:
    reasons = judge(situation).reasons
    result = "may"
    if any(reason.level.rank >= Level.WARN.rank for reason in reasons):
        result = "no" if any(reason.code == "LINK_NOT_YOURS" for reason in reasons) else "mend"
    links = {link.url: link for reason in reasons for link in links_for(reason.code, by_host(marketplace))}
    if result == "may":
        own = [link for kind in ("switch", "family") if (link := page_link(kind, marketplace)) is not None]
        links |= {link.url: link for link in own}
    words = tuple(map(spoken, reasons))
    fits = tuple(sentence(why) for trial in trials(situation) if _is_linking(trial.codes) and not trial.reasons for why in trial.quiet)
    return Comparison(accounts=keys, result=result, reasons=words, fits=fits, links=tuple(links.values()), asked=asked)


def _is_linking(codes: tuple[str, ...]) -> bool:
    return all(code.startswith("LINK_") for code in codes)


def _with_told(party: Party, said: OwnerStatement) -> Party:
    """Return an account with its owner's answers."""
    return replace(
        party,
        name=said.name or party.name,
        phone="".join(sign for sign in said.phone or "" if sign.isdecimal()) or None,
        addresses=(*party.addresses, *said.addresses),
        representatives=tuple(said.representatives),
        open_alerts=said.open_alerts or 0,
    )


def _missing(party: Party, said: OwnerStatement, *, same_owner: bool) -> tuple[str, ...]:
    unknown = [what for what, value in (("name", party.name), ("phone", party.phone), ("addresses", party.addresses)) if not value]
    if said.open_alerts is None:
        unknown.append("open_alerts")
    if not same_owner and not said.representatives:
        unknown.append("representatives")
    return tuple(unknown)
