"""The sizes of parcel labels, in millimetres and points."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.messages import N_


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """One size of paper.

    The address is written in `large` points and folded rather than made smaller than `fold_below`; sender and foot are
    `small`.
    """

    name: str
    title: str
    width: float
    height: float
    margin: float
    large: float
    fold_below: float
    small: float


FORMATS: tuple[LabelFormat, ...] = (
    LabelFormat("a6", N_("A6, 105 × 148 mm"), 105.0, 148.0, 8.0, 20.0, 13.0, 8.0),
    # Brother DK-11202, and cut from the endless roll DK-22205
    LabelFormat("roll-62", N_("Label printer, 62 × 100 mm"), 62.0, 100.0, 4.0, 13.0, 9.5, 6.5),
)
"""The most usual first."""


def format_named(name: str) -> LabelFormat:
    """The format of that name, else the most usual one."""
    return next((each for each in FORMATS if each.name == name), FORMATS[0])
