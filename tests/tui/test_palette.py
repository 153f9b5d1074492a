"""The command palette in other languages: it finds entries by other words for the same, and says so when it finds none."""

import pytest

from assistant.domain.languages.language import speaking
from tests.tui.looking import app_over, settle, shows
from tests.tui.memory_client import MemoryClient
from tui.palette import PaletteCommands

TYPED = {
    "it": {"tasse": "Vai a Imposte", "annulla": "Annulla", "libri": "Vai a Contabilità"},
    "de": {"finanzamt": "Zu Steuern", "widerrufen": "Rückgängig"},
    "ja": {"確定申告": "税金へ移動", "返品": "注文へ移動"},
}


async def first_hit(app, query: str) -> str | None:
    commands = PaletteCommands(app.screen)
    hits = [hit async for hit in commands.search(query)]
    return str(max(hits, key=lambda hit: hit.score).match_display) if hits else None


@pytest.mark.parametrize("language", TYPED)
async def test_other_words_lead_to_the_entry_and_no_hits_are_told_in_the_language(language):
    with speaking(language):
        app = app_over(MemoryClient())
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            found = {query: await first_hit(app, query) for query in TYPED[language]}
            await pilot.press("ctrl+p", *"qqqqq")
            assert await shows(pilot, {"it": "Nessun risultato", "de": "Nichts gefunden", "ja": "見つかりません"}[language])
    for query, wanted in TYPED[language].items():
        assert (found[query] or "").startswith(wanted), found
