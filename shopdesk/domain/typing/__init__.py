"""Typing like a person: what people type, paste and dictate, as values (design/UX.md).

A reader gives back a value or raises TypedWrong; those that only look for something (sizes, wishes, contacts, line
cells) never raise. The day, the holidays, the countries' names and the catalogue are handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.domain.typing.addresses import PastedContact, parse_contact
    from shopdesk.domain.typing.amounts import parse_amount
    from shopdesk.domain.typing.catalogue import CatalogueName, FoundArticle, find_article
    from shopdesk.domain.typing.dates import add_months, add_working_days, parse_date, parse_due
    from shopdesk.domain.typing.line_cells import LineCell, parse_line_cell
    from shopdesk.domain.typing.people import parse_person
    from shopdesk.domain.typing.promises import FoundPromise, find_promises
    from shopdesk.domain.typing.sizes import FoundSize, find_size
    from shopdesk.domain.typing.wishes import Wish, parse_wish, parse_wishes
    from shopdesk.domain.typing.wrong import TooLong, TypedWrong

__all__ = [
    "CatalogueName",
    "FoundArticle",
    "FoundPromise",
    "FoundSize",
    "LineCell",
    "PastedContact",
    "TooLong",
    "TypedWrong",
    "Wish",
    "add_months",
    "add_working_days",
    "find_article",
    "find_promises",
    "find_size",
    "parse_amount",
    "parse_contact",
    "parse_date",
    "parse_due",
    "parse_line_cell",
    "parse_person",
    "parse_wish",
    "parse_wishes",
]

_HOME = {
    "CatalogueName": "catalogue",
    "FoundArticle": "catalogue",
    "FoundPromise": "promises",
    "FoundSize": "sizes",
    "LineCell": "line_cells",
    "PastedContact": "addresses",
    "TooLong": "wrong",
    "TypedWrong": "wrong",
    "Wish": "wishes",
    "add_months": "dates",
    "add_working_days": "dates",
    "find_article": "catalogue",
    "find_promises": "promises",
    "find_size": "sizes",
    "parse_amount": "amounts",
    "parse_contact": "addresses",
    "parse_date": "dates",
    "parse_due": "dates",
    "parse_line_cell": "line_cells",
    "parse_person": "people",
    "parse_wish": "wishes",
    "parse_wishes": "wishes",
}


def __getattr__(name: str) -> object:
    """Each reader is loaded with its first use: all their patterns together cost more than a first paint may."""
    if name not in _HOME:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
