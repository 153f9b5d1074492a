"""S3 by atheris: no sequence of bytes makes a reader fail, run out of memory or take long."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.by_other_tools.conftest import PROOF_TOOLS, ROOT
from tests.proof.conftest import Scale
from tests.proof.test_fuzzed_files import seeds

OFX = b"""OFXHEADER:100

<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>1234</CCACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT
<DTPOSTED>20250302<TRNAMT>-12.50<FITID>1<NAME>AMAZON</STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""
OTHERS = {
    "statement": [OFX, b"!Type:CCard\nD02/03/2025\nT-12.50\nPAMAZON\n^\n", b"Date,Amount,Description\n2025-03-02,-12.50,AMAZON\n"],
    "filter": [b"account:biz year:2025 >10 -toner", b'"112-1234567-1234567" in:quarantine', b"before:2025-03 total<=9.99"],
}
PAGES = {"order.html": [b'<html><body><div class="order-card"><span>Order # 112-1234567-1234567</span></div></body></html>']}
SECONDS = 10
"""How long a reader may take for one file."""
MEGABYTES = 512
"""How much memory the fuzzer and a reader may take together."""


def kinds() -> dict[str, list[bytes]]:
    """Return the kinds of files by name, each with its seeds."""
    files = {name.partition("-")[2] or name: [content] for name, content in seeds().items()}
    return OTHERS | PAGES | files


def fuzz(kind: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Fuzz one kind from its seeds; input that made it fail is kept in the folder."""
    start = folder / "seeds"
    start.mkdir()
    for number, content in enumerate(kinds()[kind]):
        (start / str(number)).write_bytes(content)
    script = str(Path(__file__).with_name("fuzz_parser.py"))
    limits = (f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", "-seed=3", "-max_len=4096", f"-artifact_prefix={folder}/")
    packages = next((PROOF_TOOLS / "lib").glob("python*/site-packages"))
    return subprocess.run(
        [sys.executable, script, kind, *options, *limits, str(start)],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


@pytest.mark.parametrize("kind", kinds())
def test_no_bytes_make_a_reader_fail(kind: str, tmp_path: Path, scale: Scale) -> None:
    done = fuzz(kind, tmp_path, "-max_total_time=120", "-atheris_runs=1000000")
    assert done.returncode == 0, done.stderr[-3000:]
    runs = done.stderr.rpartition("Done ")[2].split()[0]
    scale.report(f"S3 atheris: {kind}: {runs} runs, 0 failures")


@pytest.mark.parametrize("kind", ["filter", "Order History.csv"])
def test_the_fuzzer_notices_a_reader_that_fails(kind: str, tmp_path: Path) -> None:
    done = fuzz(kind, tmp_path, "--broken", "-max_total_time=120", "-atheris_runs=1000000")
    assert done.returncode != 0
    assert "a byte that nobody expected" in done.stderr + done.stdout
