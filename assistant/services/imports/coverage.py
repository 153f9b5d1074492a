"""How complete the ledger is: by account and month, shown beside every total."""

from collections.abc import Iterable
from datetime import date

from assistant.domain.clock import Clock, today_of
from assistant.domain.coverage import CoveredMonth, covered, is_whole, months_between, proven
from assistant.domain.filters import Filter, Page
from assistant.domain.languages.formats import month_text
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.imports.coverage import month_counts, only_sources, seen_lists, spans
from assistant.storage.unit_of_work import Session

Gaps = dict[tuple[str, str], tuple[str, ...]]
"""By account and month: why the month may be incomplete."""


class Coverage:
    """Reports how complete each month is, and why."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read an open ledger."""
        self._database = database
        self._clock = clock

    def months(self, found: Filter) -> Page[CoveredMonth]:
        """Return the months of a filter's accounts and days, the newest first. Raises NotFound."""
        with self._database.reading() as session:
            names = [register.account_row(session, name).key for name in found.accounts]
            rows = covered_months(session, today_of(self._clock), names)
        wanted = [row for row in rows if _within(row.month, found)]
        wanted.sort(key=lambda row: row.month, reverse=True)
        return Page(items=tuple(wanted), next=None, total=len(wanted))


def covered_months(session: Session, today: date, keys: Iterable[str] = ()) -> list[CoveredMonth]:
    """Return every month of these accounts (default: all) from the first known one, oldest first."""
    wanted = set(keys)
    accounts = {row.id: row.key for row in register.account_rows(session) if not wanted or row.key in wanted}
    counts, exported, seen = month_counts(session, accounts), spans(session), seen_lists(session)
    found: list[CoveredMonth] = []
    for account_id, key in accounts.items():
        lists, short = proven(seen.get(account_id, ()))
        known, days = counts.get(account_id, {}), [*exported.get(account_id, ()), *lists]
        starts = [*(span.first for span in days), *(entry.first for entry in short), *(_first_day(month) for month in known)]
        if not starts:
            continue
        for month, sources in only_sources(session, account_id, [month for month in known if not is_whole(month, days, today)]).items():
            known[month].only_from.update(sources)
        found += covered(key, months_between(min(starts), today), known, (days, short), today)
    return found


def gaps_of(rows: Iterable[CoveredMonth]) -> Gaps:
    """Return why months may be incomplete; complete ones are left out."""
    return {(row.account, row.month): row.gaps for row in rows if row.gaps}


def gaps_of_year(gaps: Gaps, account: str, year: int) -> tuple[str, ...]:
    """Return what is missing in one account's year, month by month: "Mar 2026: 2 orders known only from e-mail"."""
    return tuple(
        f"{month_text(int(month[:4]), int(month[5:]))}: {', '.join(why)}"
        for (owner, month), why in sorted(gaps.items())
        if owner == account and month[:4] == str(year)
    )


def _first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _within(month: str, found: Filter) -> bool:
    since, until = found.since, found.until
    return (since is None or month >= since.isoformat()[:7]) and (until is None or month <= until.isoformat()[:7])
