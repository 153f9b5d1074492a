"""Processor time of judging one described situation against `shopper --help`: word lists must not slow it down."""

import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

RUNS, MOST = 5, 2.6
"""A check also loads rules and word lists; the help, which it is compared with, needs a third less than when the limit was two."""
TITLES = {
    "amazon.pl": ("Papier do drukarki A4 biały", "drukarka"),
    "amazon.de": ("Laserdruckerpapier A4 weiß", "Papier"),
    "amazon.com.tr": ("Beyaz fotokopi kağıtları A4", "kağıt"),
    "amazon.se": ("Skrivarpapper A4, vitt", "papper"),
    "amazon.co.jp": ("コピー用紙 A4 白色", "用紙"),
    "amazon.com": ("Papier für Laserdrucker, weiß", "Drucker"),
}


def spent(*arguments: str) -> float:
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "assistant", *arguments], check=True, capture_output=True, env=dict(os.environ))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


@pytest.mark.bench
@pytest.mark.timeout(300)
def test_one_check_costs_at_most_a_few_times_the_help_in_any_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ratios, floor = {}, spent("--help")
    for site, (title, word) in TITLES.items():
        accounts = [{"key": key, "owner": "Maya", "home": "h1", "sites": [site]} for key in ("home", "work")]
        item = {"asin": "B000000001", "title": title, "price": 10}
        event = {"at": "2026-03-02T10:00:00+00:00", "account": "home", "page": "cart", "site": site, "items": [item]}
        rules = [{"type": "route", "match": {"words": [word]}, "to": "work"}]
        file = tmp_path / f"{site}.json"
        file.write_text(json.dumps({"accounts": accounts, "rules": rules, "history": [], "event": event}), encoding="utf-8")
        ratios[site] = spent("check", str(file)) / floor
    with capsys.disabled():
        print(f"\n  check / help ({floor:.2f} s): " + ", ".join(f"{site} {ratio:.2f}" for site, ratio in ratios.items()))
    assert max(ratios.values()) <= MOST
