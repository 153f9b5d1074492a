"""How soon the popup shows what is known, and all that the server knows."""

import statistics

import pytest

from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import *  # noqa: F403  # the fixtures
from tests.e2e.conftest import BUSINESS

TIMES = 20
MOST_KNOWN = 100.0
"""Milliseconds from the opening of the popup to the first paint with what is known, in the median."""
MOST_COMPLETE = 300.0
"""Milliseconds from the opening of the popup to the server's answer on it, in the median."""

MARKED = """async () => {
    const at = name => performance.getEntriesByName(name)[0]?.startTime;
    while (at("complete") === undefined) await new Promise(done => setTimeout(done, 10));
    const paint = performance.getEntriesByType("paint").map(one => one.startTime);
    return [Math.max(at("known"), ...paint), at("complete")];
}"""


@pytest.mark.bench
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("orders")
def test_time_from_the_click_to_the_popup(chromium: ChromiumDesk):
    chromium.open()
    chromium.switch_to(BUSINESS)
    chromium.sees_badge("BIZ")
    measured = []
    for _ in range(TIMES):
        popup = chromium.popup()
        measured.append(popup.evaluate(MARKED))
        assert "Ortiz Design" in popup.inner_text("#account")
        assert popup.locator("#windows li").count() == 2
        popup.close()
    known, complete = (statistics.median(times) for times in zip(*measured[1:], strict=True))
    print(f"\npopup: painted with what is known after {known:.0f} ms, complete after {complete:.0f} ms (median of {TIMES - 1})")
    assert known <= MOST_KNOWN
    assert complete <= MOST_COMPLETE
