"""Where data is stored on this machine: the platform's own folders."""

from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """Return the default folder of the ledger."""
    return user_data_path("shopper", appauthor=False)


def demo_folder() -> Path:
    """Return the folder of the demo household, apart from the real ledger."""
    return user_data_path("shopper-demo", appauthor=False)
