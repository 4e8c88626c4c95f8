"""From tokens to Qt's palette and back: whoever paints by himself asks `tokens()` while painting."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from shopdesk.ui.theme.tokens import DARK, LIGHT, Tokens

Role = QPalette.ColorRole
_COLOURS = {
    Role.Window: "background",
    Role.WindowText: "text",
    Role.Base: "surface",
    Role.AlternateBase: "sunken",
    Role.Text: "text",
    Role.Button: "surface",
    Role.ButtonText: "text",
    Role.ToolTipBase: "raised",
    Role.ToolTipText: "text",
    Role.PlaceholderText: "text3",
    Role.Highlight: "selected",
    Role.HighlightedText: "text",
    Role.Link: "accent_text",
    Role.LinkVisited: "accent_text",
    Role.Accent: "accent",
    Role.Light: "raised",
    Role.Midlight: "line",
    Role.Mid: "control",
    Role.Dark: "control",
    Role.BrightText: "bad",
}


def palette(tokens: Tokens) -> QPalette:
    """The palette of a set of tokens; every role is set, since the system's own would show through."""
    result = QPalette()
    for role, name in _COLOURS.items():
        result.setColor(role, QColor(getattr(tokens, name)))
    result.setColor(Role.Shadow, QColor("#000000"))
    for role in (Role.Text, Role.WindowText, Role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return result


def tokens() -> Tokens:
    """The tokens in use now. The application's palette decides: the style sheet changes those of single widgets."""
    return tokens_of(QApplication.palette())


def tokens_of(colours: QPalette) -> Tokens:
    """The tokens behind a palette; a palette that is not ours (high contrast) gives its own colours."""
    key = colours.cacheKey()
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = _read(colours)
    return _KNOWN[key]


_KNOWN: dict[int, Tokens] = {}
"""By the palette's own key: each icon that is drawn asks."""
_MOST_KNOWN = 64


def _read(colours: QPalette) -> Tokens:
    roles = (
        Role.Window,
        Role.Base,
        Role.WindowText,
        Role.Text,
        Role.Highlight,
        Role.HighlightedText,
        Role.Link,
    )
    return _tokens(*(colours.color(QPalette.ColorGroup.Active, role).name().upper() for role in roles))


@lru_cache(maxsize=8)
def _tokens(
    window: str, base: str, window_text: str, text: str, highlight: str, on_highlight: str, link: str
) -> Tokens:
    if window in {LIGHT.background, DARK.background}:
        return LIGHT if window == LIGHT.background else DARK
    return Tokens(
        dark=QColor(window).lightness() < 128,
        background=window,
        surface=base,
        sunken=window,
        raised=base,
        text=text,
        text2=text,
        text3=text,
        line=window_text,
        control=window_text,
        accent=highlight,
        on_accent=on_highlight,
        accent_hover=highlight,
        accent_soft=base,
        accent_text=link,
        ok=text,
        ok_soft=base,
        warn=text,
        warn_soft=base,
        bad=text,
        bad_soft=base,
        selected=highlight,
        toast=window_text,
        on_toast=window,
        toast_action=window,
    )
