"""Prepares a Firefox profile for an account: the extension inside, the account's colour above the tabs.

Firefox takes an add-on that lies in the profile's own folder. Builds that allow unsigned add-ons (Extended Support Release, Developer
Edition, Debian's) start it; others refuse it, and `takes_extension` says so. The settings hold for this profile only.
"""

import json
import re
import time
from pathlib import Path
from uuid import UUID, uuid4

from assistant.browsers.chromium import extension_folder
from assistant.browsers.packages import firefox_manifest, manifest_of, write_package

_STARTS_WITHIN = 30.0
_INACTIVE_FOR = 5.0
_GLANCE = 0.1
_PLACE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_BAND = """/* Written by Shopper: the account's colour above the tabs. */
#navigator-toolbox { border-top: 8px solid %s !important; }
"""


def prepare_profile(profile: Path, frame: str) -> None:
    """Put the extension, its settings and the frame's colour (like "#D55E00") into a profile that is not running."""
    manifest = manifest_of(extension_folder())
    extension_id = manifest["browser_specific_settings"]["gecko"]["id"]
    place = _known_place(profile) or uuid4()
    settings = {
        # Without these Firefox asks before it starts an add-on of the profile's folder, or refuses it unsigned.
        "extensions.autoDisableScopes": 0,
        "xpinstall.signatures.required": False,
        # The address of the extension's pages, so that a code can be brought to its popup.
        "extensions.webextensions.uuids": json.dumps({extension_id: str(place)}),
        "toolkit.legacyUserProfileCustomizations.stylesheets": True,
        "browser.shell.checkDefaultBrowser": False,
        "browser.aboutwelcome.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines), "utf-8")
    (profile / "chrome").mkdir(exist_ok=True)
    (profile / "chrome" / "userChrome.css").write_text(_BAND % frame, "utf-8")
    (profile / "extensions").mkdir(exist_ok=True)
    write_package(profile / "extensions" / f"{extension_id}.xpi", extension_folder(), firefox_manifest(manifest))


def takes_extension(profile: Path) -> bool:
    """Return whether Firefox has started the extension of this profile. It may list it as inactive first, and start it a moment later."""
    extension_id = manifest_of(extension_folder())["browser_specific_settings"]["gecko"]["id"]
    until = time.monotonic() + _STARTS_WITHIN
    while not (state := _state(profile, extension_id)) and time.monotonic() < until:
        if state is False:
            until = min(until, time.monotonic() + _INACTIVE_FOR)
        time.sleep(_GLANCE)
    return bool(state)


def popup_address(profile: Path) -> str:
    """Return the address of the extension's popup in this profile."""
    return f"moz-extension://{_known_place(profile)}/popup/popup.html"


def _known_place(profile: Path) -> UUID | None:
    try:
        settings = (profile / "user.js").read_text("utf-8")
    except OSError:
        return None
    found = _PLACE.search(settings)
    return UUID(found[1]) if found else None


def _state(profile: Path, extension_id: str) -> bool | None:
    """Return whether the extension is active; None while Firefox has not looked at it yet."""
    try:
        addons = json.loads((profile / "extensions.json").read_text("utf-8"))["addons"]
    except (OSError, ValueError, KeyError):
        return None
    return next((bool(addon.get("active")) for addon in addons if addon.get("id") == extension_id), None)
