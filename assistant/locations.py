"""Where things lie on this machine: the platform's own folders."""

from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """Return the folder that holds the ledger when nobody says otherwise."""
    return user_data_path("shopper", appauthor=False)


def demo_folder() -> Path:
    """Return the folder of the demo household, apart from anybody's real ledger."""
    return user_data_path("shopper-demo", appauthor=False)
