"""Write the extension as Chromium and Firefox want it, from one folder: `make extension`."""

import sys
from pathlib import Path

from assistant.browsers.packages import chromium_manifest, firefox_manifest, manifest_of, write_package

SOURCE = Path(__file__).parents[1] / "extension"


def pack(folder: Path) -> tuple[Path, Path]:
    """Write `shopper-VERSION-chromium.zip` and `shopper-VERSION-firefox.xpi`; return their paths."""
    manifest = manifest_of(SOURCE)
    folder.mkdir(parents=True, exist_ok=True)
    version = manifest["version"]
    chromium, firefox = folder / f"shopper-{version}-chromium.zip", folder / f"shopper-{version}-firefox.xpi"
    write_package(chromium, SOURCE, chromium_manifest(manifest))
    write_package(firefox, SOURCE, firefox_manifest(manifest))
    return chromium, firefox


if __name__ == "__main__":
    for written in pack(Path(sys.argv[1])):
        sys.stdout.write(f"{written}\n")
