"""Where the other tools are installed, by `make proof-tools`."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
PROOF_TOOLS = ROOT / ".venv" / "proof-tools"
