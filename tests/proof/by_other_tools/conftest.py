"""The folder into which `make proof-tools` installs the fuzzers."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
PROOF_TOOLS = ROOT / ".venv" / "proof-tools"
