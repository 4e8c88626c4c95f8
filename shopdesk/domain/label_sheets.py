"""Sheets and rolls of address labels, as they are sold: sizes and gaps in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

_A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """One kind of sheet. The labels stand in the middle of the paper; `gap` is the white between two of a row.

    `codes` are the article numbers under which it is sold; a roll has one label on each piece of paper.
    """

    name: str
    codes: str
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    gap: float = 0.0
    paper: tuple[float, float] = _A4

    @property
    def count(self) -> int:
        """Labels of a sheet."""
        return self.columns * self.rows

    @property
    def is_roll(self) -> bool:
        """Whether each label is a piece of paper of its own."""
        return self.paper == (self.width, self.height)

    @property
    def left(self) -> float:
        """White at the left of the first label."""
        return (self.paper[0] - self.columns * self.width - (self.columns - 1) * self.gap) / 2

    @property
    def top(self) -> float:
        """White above the first label."""
        return (self.paper[1] - self.rows * self.height) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of the label at a place, counted from 0 along the rows."""
        row, column = divmod(place, self.columns)
        return self.left + column * (self.width + self.gap), self.top + row * self.height


def _roll(name: str, codes: str, width: float, height: float) -> LabelSheet:
    return LabelSheet(name, codes, width, height, paper=(width, height))


SHEETS: tuple[LabelSheet, ...] = (
    LabelSheet("3x7", "Avery L7160, 3658, J8160", 63.5, 38.1, 3, 7, 2.54),
    LabelSheet("3x8", "Avery L7159, J8159", 63.5, 33.9, 3, 8, 2.54),
    LabelSheet("3x6", "Avery L7161", 63.5, 46.6, 3, 6, 2.54),
    LabelSheet("2x7", "Avery L7163, J8163", 99.1, 38.1, 2, 7, 2.54),
    LabelSheet("2x8", "Avery L7162, J8162", 99.1, 33.9, 2, 8, 2.54),
    LabelSheet("2x4", "Avery L7165, J8165", 99.1, 67.7, 2, 4, 2.54),
    LabelSheet("2x4-105", "Avery 3427, Herma 4627", 105.0, 74.0, 2, 4),
    LabelSheet("3x8-70", "Avery 3475, Herma 4464", 70.0, 36.0, 3, 8),
    LabelSheet("3x7-70", "Avery 3652, Herma 4616", 70.0, 42.3, 3, 7),
    _roll("roll-62", "Brother DK-22205", 62.0, 38.0),
    _roll("roll-62x29", "Brother DK-11209", 62.0, 29.0),
    _roll("roll-89x36", "DYMO 99012", 89.0, 36.0),
)
"""The usual ones, the most usual first."""


class LabelPlaceUnknown(ShopError):
    """There is no such label on the sheet."""

    code = "label-place"

    def __init__(self, count: int) -> None:
        text = N_("This sheet has {count} labels. Please name one of them to begin with.")
        super().__init__(Message(text, {"count": count}), field="labels.first")


def sheet_named(name: str) -> LabelSheet:
    """The sheet of that name, else the most usual one."""
    return next((sheet for sheet in SHEETS if sheet.name == name), SHEETS[0])


@dataclass(frozen=True, slots=True)
class LabelWish:
    """How labels are printed. `first` is the first free label of a begun sheet, from 1.

    `borders` draws the labels' edges, for a test on plain paper; `sender` prints the shop's address small above;
    `delivery` takes the delivery address of whoever has one.
    """

    sheet: str = SHEETS[0].name
    first: int = 1
    borders: bool = False
    sender: bool = False
    delivery: bool = False

    def check(self) -> LabelSheet:
        """The sheet; raises LabelPlaceUnknown where it has no such label."""
        sheet = sheet_named(self.sheet)
        if not 1 <= self.first <= sheet.count:
            raise LabelPlaceUnknown(sheet.count)
        return sheet
