"""Where data is stored on this machine: the platform's own folders."""

from pathlib import Path


def data_folder() -> Path:
    """Return the default folder of the ledger."""
    return _folder("shopper")


def demo_folder() -> Path:
    """Return the folder of the demo household, apart from the real ledger."""
    return _folder("shopper-demo")


def _folder(name: str) -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415  # help texts and commands with --home do without it

    return user_data_path(name, appauthor=False)
