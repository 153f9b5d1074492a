import subprocess
import sys

HEAVY = ("aiohttp", "msgspec", "sqlmodel", "sqlalchemy", "pydantic", "assistant.client", "assistant.bootstrap")


def test_importing_the_app_loads_neither_server_nor_database_libraries():
    code = f"import sys, tui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"
