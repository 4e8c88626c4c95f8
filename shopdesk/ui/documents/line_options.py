"""A quote's optional and alternative positions, by key and by menu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.document_kinds import OFFERS
from shopdesk.domain.documents import WITHOUT_AMOUNT, LineOption

if TYPE_CHECKING:
    from shopdesk.ui.documents.lines_view import LinesView


def change_option(view: LinesView, row: int, option: LineOption | None = None) -> None:
    """Only a quote has them: ordinary → optional → alternative → ordinary, or the one that is wanted."""
    line = view.lines.line(row)
    if line is None or line.kind in WITHOUT_AMOUNT or view.session.document.kind not in OFFERS:
        return
    order = tuple(LineOption)
    following = order[(order.index(line.option) + 1) % len(order)]
    view.lines.put(row, replace(line, option=following if option is None else option))
    view.go(row)
