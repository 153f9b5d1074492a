"""Which opened pages the rules judge."""

from datetime import UTC, datetime

import pytest

from assistant.amazon.observed_page import read_visit
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.rules import RULES
from assistant.services.judging.page_facts import judged_page
from tests.amazon.offer_pages import PAGES, OfferPage

NOT_OPENED = {"home", "daily_tick", "link_accounts"}
"""Judged without `judged_page`: the window of an account, the day's dates, and accounts that are about to be linked."""
MORE = (OfferPage("/gp/buy/promotions", "<p>Enter a code</p>"), OfferPage("/sns/signup", "<p>Subscribe</p>"))


@pytest.fixture(scope="module")
def judged() -> set[SourceKind | None]:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    seen = [read_visit(Visit(id="v", at=at, url=shown.url, tab=1, store="default", html=shown.html)) for shown in (*PAGES, *MORE)]
    return {judged_page(page) for page in seen}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_page_that_a_rule_runs_on_is_judged_when_it_is_opened(rule, judged):
    assert rule.pages - NOT_OPENED <= judged, "judged_page lets none of these pages through, or no sample page in PAGES has this kind"
