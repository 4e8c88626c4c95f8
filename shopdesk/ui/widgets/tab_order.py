"""Where Tab goes when widgets come later than their neighbours: Qt puts new ones at the end."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_before(target: QWidget, widgets: Iterable[QWidget]) -> None:
    """Tab passes these, in their order, before it comes to `target`."""
    wanted = list(widgets)
    before = target.previousInFocusChain()
    while before is not None and before is not target and (before in wanted or not _takes_tab(before)):
        before = before.previousInFocusChain()
    if before is not None:
        tab_after(before, wanted)


def tab_after(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Tab passes these, in their order, when it has left `anchor`."""
    for widget in widgets:
        QWidget.setTabOrder(anchor, widget)
        anchor = widget


def tab_stops(root: QWidget) -> list[QWidget]:
    """What Tab reaches inside a widget, in the order of its making."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if _takes_tab(widget) and widget.window() is root.window()  # a combo box keeps its list in a window
    ]


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
