"""Where the sentence of a problem leads in the editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.domain.vat_id_checks import UNCONFIRMED
from shopdesk.ui.documents.model import Column

if TYPE_CHECKING:
    from shopdesk.domain.document_rules import Problem

CELL = re.compile(r"lines\[(\d+)\]\.(\w+)")
"""A field of a line: its place and name."""


def goal_of(problem: Problem) -> str:
    """Where the link of a problem leads: an id that nobody confirmed is not typed anew, it is given a reason."""
    return "vat_id_reason" if problem.code == UNCONFIRMED else problem.field


def column_of(field: str) -> Column:
    """The column of a line's field."""
    columns = {
        "quantity": Column.QUANTITY,
        "unit": Column.QUANTITY,
        "unit_price": Column.PRICE,
        "discount_percent": Column.DISCOUNT,
        "vat_rate": Column.VAT,
    }
    return columns.get(field, Column.NAME)
