"""S8: locked packages have no known vulnerability that matters here; `make proof` also asks the advisory databases."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.version import Version

from assistant.storage.sqlite import SAFE_SQLITE, sqlite_module
from tests.proof.conftest import Scale

ROOT = Path(__file__).parents[2]
FLOORS = {
    "aiohttp": "3.14.4",  # CVE-2026-128131: bombs in request bodies
    "cryptography": "44.0.1",  # CVE-2024-12797
    "jinja2": "3.1.6",  # CVE-2025-27516
    "requests": "2.32.4",  # CVE-2024-47081
    "urllib3": "2.6.0",  # CVE-2025-66418, CVE-2025-66471
    "pillow": "11.3.0",  # CVE-2025-48379
    "idna": "3.7",  # CVE-2024-3651
}
"""The oldest safe versions of packages with published vulnerabilities."""


def too_old(lock: str) -> list[str]:
    """Return the packages of a lock file that are older than their oldest safe version."""
    locked = {name.lower(): Version(version) for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE)}
    return [name for name, floor in FLOORS.items() if name in locked and locked[name] < Version(floor)]


def test_every_locked_package_is_new_enough() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "aiohttp==" in lock
    assert too_old(lock) == []
    if sys.platform == "linux":
        assert sqlite_module().sqlite_version_info >= SAFE_SQLITE


def test_the_check_notices_an_old_package() -> None:
    assert too_old("aiohttp==3.9.1\nidna==3.20\n") == ["aiohttp"]


def test_the_advisory_databases_list_no_vulnerability_of_the_locked_packages(scale: Scale) -> None:
    if not scale.full:
        pytest.skip("asks a service on the internet; part of make proof")
    audit = shutil.which("pip-audit", path=str(Path(sys.executable).parent))
    if audit is None:
        pytest.skip("pip-audit is not installed: pip install pip-audit")
    done = subprocess.run(
        [audit, "-r", str(ROOT / "requirements.lock"), "--no-deps", "--disable-pip"], capture_output=True, text=True, check=False
    )
    if "ConnectionError" in done.stderr or "ServiceError" in done.stderr:
        pytest.skip("the advisory database cannot be reached")
    scale.report(f"S8: {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stdout
