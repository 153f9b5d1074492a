"""Fixtures that run commands, and an export to run them on."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.cli import app as cli
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def shopper(home, monkeypatch):
    """Run a command inside this process: most tests are about what it does, not about starting Python."""

    def run(*arguments, **environment):
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patched:
            for name, value in {"SHOPPER_HOME": str(home), **environment}.items():
                patched.setenv(name, value)
            patched.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
            patched.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="ascii"))
            code = cli.run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            return Ran(code, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8", "replace"))

    return run


@pytest.fixture
def shopper_process(home):
    """Run a command as a process of its own, as a person does."""

    def run(*arguments, **environment):
        variables = {**os.environ, "SHOPPER_HOME": str(home), "PYTHONIOENCODING": "ascii", **environment}
        command = [sys.executable, "-m", "assistant", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, env=variables, timeout=60, check=False)
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))

    return run


@pytest.fixture
def export(tmp_path) -> Path:

    toner = CatalogueProduct("B0TONER001", "Black toner – Größe XL", 8999, "office", 1)
    hostile = CatalogueProduct("B0EVIL0001", '=cmd|calc [/b] \x1b]52;c;x\x07 "quoted"', 100, "office", 1)
    purchases = [
        ExportOrder(
            number=f"112-000000{day}-0000001",
            on=date(2025, 3, day),
            lines=(ExportLine(product=product, quantity=1, price=product.price, tax=0),),
            site="Amazon.com",
            currency="USD",
            payment="Visa - 1111",
            address="12 Fern Street",
        )
        for day, product in ((1, toner), (2, hostile))
    ]
    file = tmp_path / "Your Orders.zip"
    write_export(file, purchases, old=False)
    return file
