"""Themes: two calm ones and one with high contrast; levels and account colours from the domain."""

from typing import Any

from textual.app import App
from textual.theme import Theme

from assistant.domain.accounts.account import colour
from assistant.domain.judging.verdict import Level
from assistant.domain.languages.translating import to_translate

DARK = Theme(
    name="shopper-dark",
    primary="#56B4E9",
    secondary="#8AA4B8",
    accent="#E69F00",
    warning="#E69F00",
    error="#E0745A",
    success="#35B68E",
    foreground="#D8DEE4",
    background="#14181D",
    surface="#1A2027",
    panel="#222A33",
    dark=True,
    variables={
        "muted": "#8D99A6",
        "faint": "#56616D",
        "refund": "#B4614C",
        "border": "#3A4653",
        "border-blurred": "#2C3641",
        "footer-background": "#14181D",
        "footer-key-foreground": "#56B4E9",
        "footer-description-foreground": "#8D99A6",
        "block-cursor-background": "#2F4357",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-blurred-background": "#222C36",
        "block-cursor-blurred-foreground": "#D8DEE4",
        "input-selection-background": "#56B4E9 30%",
    },
)
LIGHT = Theme(
    name="shopper-light",
    primary="#0072B2",
    secondary="#4C6273",
    accent="#A86400",
    warning="#A86400",
    error="#B3401C",
    success="#00735A",
    foreground="#1F2933",
    background="#F7F8F9",
    surface="#FFFFFF",
    panel="#E9EDF1",
    dark=False,
    variables={
        "muted": "#566573",
        "faint": "#A3AFBA",
        "refund": "#A8583F",
        "border": "#A9B6C2",
        "border-blurred": "#D3DBE2",
        "footer-background": "#F7F8F9",
        "footer-key-foreground": "#0072B2",
        "footer-description-foreground": "#566573",
        "block-cursor-background": "#CFE3F2",
        "block-cursor-foreground": "#101820",
        "block-cursor-blurred-background": "#E9EDF1",
        "block-cursor-blurred-foreground": "#1F2933",
        "input-selection-background": "#0072B2 25%",
    },
)
CONTRAST = Theme(
    name="shopper-contrast",
    primary="#FFFFFF",
    secondary="#FFFFFF",
    accent="#F0E442",
    warning="#F0E442",
    error="#FF9D7A",
    success="#7CF2CE",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1C1C1C",
    dark=True,
    variables={
        "muted": "#D0D0D0",
        "faint": "#9A9A9A",
        "refund": "#FF9D7A",
        "border": "#FFFFFF",
        "border-blurred": "#9A9A9A",
        "footer-key-foreground": "#F0E442",
        "footer-description-foreground": "#FFFFFF",
        "block-cursor-background": "#F0E442",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#4A4A4A",
        "block-cursor-blurred-foreground": "#FFFFFF",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)

OWN_VARIABLES = {"muted": "#8D99A6", "faint": "#6B7682", "refund": "#C0654F"}
"""The app's own colours in other themes: quiet text, tracks of bars, refunds."""

LEVELS: dict[Level, tuple[str, str, str]] = {
    Level.ALLOW: ("", "·", "$muted"),
    Level.NOTICE: (to_translate("Note"), "i", "$primary"),
    Level.WARN: (to_translate("Check"), "▲", "$warning"),
    Level.BLOCK_CONFIRM: (to_translate("Stop and confirm"), "‼", "$error"),
}
"""Word, symbol and colour of a level."""


def chip_style(colour_name: str) -> str:
    """Return the style of text on an account's colour."""
    found = colour(colour_name)
    return f"{found.ink} on {found.hex}"


def begin_with_theme(app: App[Any], theme: str) -> None:
    """Use a theme from the first frame on. Assigning it before that frame would make Textual read all styles twice more."""
    app.set_reactive(App.theme, theme)
    app.stylesheet.set_variables(app.get_css_variables())
    app.set_class(app.current_theme.dark, "-dark-mode", update=False)
    app.set_class(not app.current_theme.dark, "-light-mode", update=False)
