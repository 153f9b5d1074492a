"""`shopper extension`: where the browser extension is, and how each browser takes it."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated

_STEPS = to_translate(
    """
Chromium, Chrome, Edge, Brave
  1. Open chrome://extensions and switch on "Developer mode" (top right).
  2. Press "Load unpacked" and choose the folder above.
  3. Press the puzzle piece beside the address, then the pin beside Shopper.
Firefox
  1. Open about:debugging#/runtime/this-firefox and press "Load Temporary Add-on".
  2. Choose the file manifest.json in the folder above. Firefox forgets it when it closes.
Then run 'shopper pair' and type its code into Shopper's popup. The popup's "Show me step by step" has pictures.
A window that already has the extension and is paired: shopper open ACCOUNT."""
)


def extension(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="Copy the extension here first, for browsers that cannot see Shopper's own folder.")
    ] = None,
    guide: Annotated[str, typer.Option(help="Write the steps with pictures as a web page for this browser: chrome or firefox.")] = "",
    as_json: JsonFlag = False,
) -> None:
    """Show the folder of the browser extension and how each browser loads it."""
    from assistant.browsers.chromium import extension_folder

    place = extension_folder()
    if folder is not None:
        place = _copied(place, folder.expanduser().absolute())
    if guide:
        print_text(_guide(context, guide, place))
    elif as_json:
        print_json({"folder": str(place)})
    else:
        print_text(f"{place}\n{translated(_STEPS)}")


def _guide(context: typer.Context, browser: str, place: Path) -> str:
    """Write the guide for a browser into the data folder and return its address. Raises InvalidInput for another browser."""
    from assistant.browsers.guide import write_guide
    from assistant.browsers.programs import BrowserFamily
    from assistant.cli.open_services import settings_of
    from assistant.domain.errors import InvalidInput
    from assistant.locations import make_private

    families = {"chrome": BrowserFamily.CHROME, "firefox": BrowserFamily.FIREFOX}
    if browser.lower() not in families:
        raise InvalidInput(translated("There is no guide for '{browser}'. Use chrome or firefox.", browser=browser[:40]))
    home = settings_of(context).home
    make_private(home)
    return write_guide(home, place, families[browser.lower()]).as_uri()


def _copied(source: Path, target: Path) -> Path:
    """Copy the extension into a new or empty folder, or over an earlier copy. Raises Conflict for any other place."""
    import shutil

    from assistant.domain.errors import Conflict

    is_earlier_copy = (target / "manifest.json").is_file() and (target / "content" / "guard.js").is_file()
    if target.exists() and not (target.is_dir() and (is_earlier_copy or not any(target.iterdir()))):
        raise Conflict(translated("'{folder}' holds other things. Name a new or empty folder; nothing was copied.", folder=target))
    try:
        if is_earlier_copy:
            shutil.rmtree(target)
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("README.md"))
    except OSError as error:
        said = translated("The extension could not be copied to '{folder}': {reason}.", folder=target, reason=reason_of(error))
        raise Conflict(said) from error
    return target
