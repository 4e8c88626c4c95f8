"""The colours of design/UX.md ("Looks"), light and dark, and the pairs that must reach WCAG 2.2 contrast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours, each "#RRGGBB". `raised` floats (palette, tool tip); `on_x` is text upon x."""

    dark: bool
    background: str
    surface: str
    sunken: str
    raised: str
    text: str
    text2: str
    text3: str
    line: str
    control: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    selected: str
    toast: str
    on_toast: str
    toast_action: str


LIGHT = Tokens(
    dark=False,
    background="#F6F6F4",
    surface="#FFFFFF",
    sunken="#EFEFEC",
    raised="#FFFFFF",
    text="#1C1C1A",
    text2="#54544F",
    text3="#6B6B65",
    line="#E2E2DD",
    control="#8A8A83",
    accent="#1F5FBF",
    on_accent="#FFFFFF",
    accent_hover="#1A53A8",
    accent_soft="#E6EEFA",
    accent_text="#1A53A8",
    ok="#1B6E3C",
    ok_soft="#E3F3E8",
    warn="#8A5300",
    warn_soft="#FBEFD9",
    bad="#B3261E",
    bad_soft="#FBE7E5",
    selected="#DCE8FA",
    toast="#1C1C1A",
    on_toast="#F6F6F4",
    toast_action="#9CC2FF",
)

DARK = Tokens(
    dark=True,
    background="#1B1C1E",
    surface="#242629",
    sunken="#17181A",
    raised="#2C2E32",
    text="#ECECEA",
    text2="#B9BAB8",
    text3="#9A9C9B",
    line="#36393D",
    control="#7C8086",
    accent="#7FB0FF",
    on_accent="#0B1B33",
    accent_hover="#9CC2FF",
    accent_soft="#23344F",
    accent_text="#9CC2FF",
    ok="#7FD29B",
    ok_soft="#1E3527",
    warn="#F0B95B",
    warn_soft="#3A2E18",
    bad="#FF9C92",
    bad_soft="#42231F",
    selected="#2A3E5E",
    toast="#ECECEA",
    on_toast="#1B1C1E",
    toast_action="#1A53A8",
)

TEXT_CONTRAST = 4.5
CONTROL_CONTRAST = 3.0

_TEXT_PAIRS = [
    *(
        (name, ground)
        for name in ("text", "text2", "text3")
        for ground in ("surface", "background", "raised")
    ),
    *((name, "sunken") for name in ("text", "text2", "text3")),
    *((name, "selected") for name in ("text", "text2", "accent_text", "ok", "warn", "bad")),
    *(("accent_text", ground) for ground in ("surface", "background", "sunken", "raised", "accent_soft")),
    *((name, f"{name}_soft") for name in ("ok", "warn", "bad")),
    *((name, ground) for name in ("ok", "warn", "bad") for ground in ("surface", "background", "raised")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_toast", "toast"),
    ("toast_action", "toast"),
]
_CONTROL_PAIRS = [
    *((name, ground) for name in ("control", "accent") for ground in ("surface", "background", "raised")),
    ("accent", "sunken"),
    ("control", "sunken"),
]
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((front, ground, TEXT_CONTRAST) for front, ground in _TEXT_PAIRS),
    *((front, ground, CONTROL_CONTRAST) for front, ground in _CONTROL_PAIRS),
)
"""(front, ground, least contrast) of every pair the window paints; a test walks over them in both sets."""


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" between 0 and 1 (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours between 1 and 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
