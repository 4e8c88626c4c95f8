"""The one style sheet, made from the tokens. Colours come from there and sizes from the font; nothing else is in it."""

from __future__ import annotations

from collections.abc import Callable

from shopdesk import paths
from shopdesk.ui.theme import sizes
from shopdesk.ui.theme.tokens import Tokens

_Size = Callable[[float], str]


def style_sheet(tokens: Tokens, points: float, factor: float) -> str:
    """The style sheet for these colours, a text size in points and its factor against the design (`sizes.factor`)."""

    def px(design: float) -> str:
        return f"{max(1, round(design * factor))}px"

    def pt(times: float) -> str:
        return f"{points * times:.1f}pt"

    parts = (
        _labels(tokens, px, pt),
        _buttons(tokens, px),
        _fields(tokens, px),
        _views(tokens, px, pt),
        _shell(tokens, px, pt),
    )
    return "\n".join(parts)


def _image(name: str, t: Tokens) -> str:
    file = paths.resources() / "icons" / f"sheet-{name}-{'dark' if t.dark else 'light'}.svg"
    return f'url("{file.as_posix()}")'


def _labels(t: Tokens, px: _Size, pt: _Size) -> str:
    chips = "\n".join(
        f'[chip="{kind}"] {{ color:{front}; background:{ground}; border:1px solid {ground};'
        f" border-radius:{px(9)}; padding:{px(2)} {px(9)}; }}"
        for kind, front, ground in (
            ("ok", t.ok, t.ok_soft),
            ("warn", t.warn, t.warn_soft),
            ("bad", t.bad, t.bad_soft),
            ("info", t.accent_text, t.accent_soft),
        )
    )
    return f"""
QWidget {{ outline:0; }}
QLabel[role="display"] {{ font-size:{pt(sizes.DISPLAY)}; font-weight:600; }}
QLabel[role="title"] {{ font-size:{pt(sizes.TITLE)}; font-weight:600; }}
QLabel[role="strong"] {{ font-weight:600; }}
QLabel[role="muted"] {{ color:{t.text2}; }}
QLabel[role="caption"] {{ color:{t.text2}; font-size:{pt(sizes.CAPTION)}; }}
QLabel[role="problem"] {{ color:{t.bad}; font-size:{pt(sizes.CAPTION)}; }}
QLabel[role="key"] {{ color:{t.text2}; background:{t.sunken}; border:1px solid {t.line};
  border-radius:{px(4)}; padding:0 {px(5)}; font-size:{pt(sizes.CAPTION)}; }}
QFrame[role="card"] {{ background:{t.surface}; border:1px solid {t.line};
  border-radius:{px(sizes.CARD_RADIUS)}; }}
QFrame[role="rule"] {{ background:{t.line}; border:0; max-height:1px; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="plain"] {{ background:transparent; border:0; }}
{chips}
QPushButton[chip]:hover {{ border:1px solid {t.accent}; }}
QPushButton[chip]:focus {{ border:2px solid {t.accent}; padding:{px(1)} {px(8)}; }}
"""


def _buttons(t: Tokens, px: _Size) -> str:
    radius = px(sizes.RADIUS)
    return f"""
QPushButton[kind] {{ background:{t.surface}; color:{t.text}; border:1px solid {t.control};
  border-radius:{radius}; padding:{px(6)} {px(14)}; }}
QPushButton[kind]:hover {{ background:{t.sunken}; }}
QPushButton[kind]:checked {{ background:{t.selected}; border-color:{t.accent}; }}
QPushButton[kind]:disabled {{ color:{t.text3}; border-color:{t.line}; }}
QPushButton[kind]:focus {{ border:2px solid {t.accent}; padding:{px(5)} {px(13)}; }}
QPushButton[kind="primary"] {{ background:{t.accent}; color:{t.on_accent}; border:1px solid {t.accent};
  font-weight:600; }}
QPushButton[kind="primary"]:hover {{ background:{t.accent_hover}; }}
QPushButton[kind="primary"]:disabled {{ background:{t.sunken}; color:{t.text3}; border:1px solid {t.line}; }}
QPushButton[kind="primary"]:focus {{ border:2px solid {t.text}; }}
QPushButton[kind="ghost"] {{ background:transparent; border:1px solid transparent; color:{t.accent_text};
  padding:{px(6)} {px(10)}; }}
QPushButton[kind="ghost"]:hover {{ background:{t.accent_soft}; }}
QPushButton[kind="ghost"]:disabled {{ color:{t.text3}; background:transparent; }}
QPushButton[kind="ghost"]:focus {{ border:2px solid {t.accent}; padding:{px(5)} {px(9)}; }}
QCheckBox::indicator {{ width:{px(14)}; height:{px(14)}; border:1px solid {t.control};
  border-radius:{px(4)}; background:{t.surface}; }}
QCheckBox::indicator:checked {{ background:{t.accent}; border-color:{t.accent}; image:{_image("check", t)}; }}
QRadioButton::indicator {{ width:{px(14)}; height:{px(14)}; border:1px solid {t.control};
  border-radius:{px(7.5)}; background:{t.surface}; }}
QRadioButton::indicator:checked {{ width:{px(8)}; height:{px(8)}; border:{px(4)} solid {t.accent}; }}
QCheckBox:focus, QRadioButton:focus {{ border:2px solid {t.accent}; border-radius:{px(4)}; }}
QCheckBox, QRadioButton {{ border:2px solid transparent; padding:{px(2)}; spacing:{px(8)}; }}
"""


def _fields(t: Tokens, px: _Size) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{ background:{t.surface}; color:{t.text};
  border:1px solid {t.control}; border-radius:{px(sizes.RADIUS)}; padding:{px(5)} {px(8)};
  selection-background-color:{t.accent}; selection-color:{t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{ border:2px solid {t.accent};
  padding:{px(4)} {px(7)}; }}
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled,
  QComboBox:disabled {{ background:{t.sunken}; color:{t.text2}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border:1px solid {t.bad}; }}
QLineEdit[wrong="true"]:focus {{ border:2px solid {t.bad}; }}
QComboBox::drop-down {{ border:0; width:{px(24)}; }}
QComboBox::down-arrow {{ image:{_image("down", t)}; width:{px(14)}; height:{px(14)}; }}
QComboBox QAbstractItemView {{ background:{t.raised}; color:{t.text}; border:1px solid {t.control};
  selection-background-color:{t.selected}; selection-color:{t.text}; }}
"""


def _views(t: Tokens, px: _Size, pt: _Size) -> str:
    return f"""
QListView, QTableView {{ background:{t.surface}; border:1px solid {t.line};
  border-radius:{px(sizes.RADIUS)}; gridline-color:{t.line}; selection-background-color:{t.selected};
  selection-color:{t.text}; }}
QListView:focus, QTableView:focus {{ border:2px solid {t.accent}; }}
QTableView QLineEdit {{ border-radius:0; padding:0 {px(4)}; }}
QHeaderView {{ background:{t.surface}; }}
QHeaderView::section {{ background:{t.surface}; color:{t.text2}; border:0;
  border-bottom:1px solid {t.line}; padding:{px(6)} {px(8)}; font-size:{pt(sizes.CAPTION)}; }}
QScrollBar:vertical {{ background:transparent; width:{px(12)}; margin:0; }}
QScrollBar:horizontal {{ background:transparent; height:{px(12)}; margin:0; }}
QScrollBar::handle {{ background:{t.control}; border-radius:{px(3)}; margin:{px(3)}; }}
QScrollBar::handle:vertical {{ min-height:{px(32)}; }}
QScrollBar::handle:horizontal {{ min-width:{px(32)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height:0; width:0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background:transparent; }}
QSplitter::handle {{ background:transparent; }}
QToolTip {{ background:{t.raised}; color:{t.text}; border:1px solid {t.control}; padding:{px(4)}; }}
"""


def _shell(t: Tokens, px: _Size, pt: _Size) -> str:
    return f"""
#side {{ background:{t.sunken}; border:0; border-right:1px solid {t.line}; }}
#side QToolButton {{ border:2px solid transparent; border-radius:{px(sizes.RADIUS)}; color:{t.text2};
  background:transparent; }}
#side QToolButton:hover {{ background:{t.line}; }}
#side QToolButton:checked {{ background:{t.surface}; color:{t.text}; font-weight:600; }}
#side QToolButton:focus {{ border:2px solid {t.accent}; }}
#overlay {{ background:{t.raised}; border:1px solid {t.control}; border-radius:{px(10)}; }}
#overlay QLineEdit {{ border:0; border-bottom:1px solid {t.line}; border-radius:0;
  padding:{px(12)} {px(14)}; font-size:{pt(sizes.TITLE)}; background:transparent; }}
#overlay QListView {{ border:0; background:transparent; }}
#banner {{ background:{t.raised}; border:1px solid {t.control}; border-left:{px(5)} solid {t.accent};
  border-radius:{px(sizes.CARD_RADIUS)}; }}
#toast {{ background:{t.toast}; border:1px solid {t.on_toast}; border-radius:{px(sizes.CARD_RADIUS)}; }}
#toast QLabel {{ color:{t.on_toast}; }}
#toast QPushButton {{ color:{t.toast_action}; background:transparent; border:2px solid transparent;
  border-radius:{px(4)}; padding:{px(4)} {px(8)}; font-weight:600; }}
#toast QPushButton:hover, #toast QPushButton:focus {{ border:2px solid {t.toast_action}; }}
#status {{ background:{t.sunken}; border-top:1px solid {t.line}; }}
"""
