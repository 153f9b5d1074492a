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


WANTED = {
    "en": {
        "backup": "Copies of the ledger",
        "unlock": "Taxes: Lock",
        "dark": "Theme shopper-dark",
        "password": "Passwords",
        "sync": "Several computers and persons",
        "delete": "Books: Remove",
        "currency": "Setting: Country",
        "excel": "Books: Export",
    },
    "de": {
        "sicherung": "Kopien der Datenbank",
        "dunkel": "Farben shopper-dark",
        "kennwort": "Passwörter",
        "synchronisieren": "Mehrere Rechner",
    },
    "fr": {
        "sauvegarde": "Copies de la base",
        "sombre": "shopper-dark",
        "mot de passe": "Mots de passe",
        "synchroniser": "Plusieurs ordinateurs",
    },
    "es": {
        "copia de seguridad": "Copias de la base",
        "oscuro": "shopper-dark",
        "contraseña": "Contraseñas",
        "sincronizar": "Varios ordenadores",
    },
    "it": {"backup": "Copie del database", "scuro": "shopper-dark", "password": "Password", "sincronizzare": "Più computer"},
    "ja": {"バックアップ": "データベースのコピー", "ダーク": "shopper-dark", "パスワード": "パスワード", "同期": "複数のパソコン"},
}


@pytest.mark.parametrize("language", WANTED)
async def test_what_people_call_it_leads_to_something_useful(language):
    with speaking(language):
        app = app_over(MemoryClient())
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            found = {query: await first_hit(app, query) or "" for query in WANTED[language]}
    wrong = {query: found[query] for query, wanted in WANTED[language].items() if wanted.rpartition(": ")[2] not in found[query]}
    assert wrong == {}
