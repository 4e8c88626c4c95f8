"""Which goods of one paper are those of another: what was shipped, credited or billed against what a line wants.

The papers of one story repeat each other's lines. A shipment knows the line that it was packed from; everything else is
matched line by line, the closest first: the same article with the same words, description and price, then less and
less of it. So two sizes under one article number are kept apart, and a reworded line still counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.documents import Document, Line
from shopdesk.domain.shipments import ShipmentLine

Place = tuple[int, int]
"""A line's place: the id of its paper, and its position there from 0."""
Goods = tuple[str, str]
"""What counts as the same goods: article number or words, and the unit."""

_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Portion:
    """So much of these goods; `place` is the line that they were taken from, where it is known."""

    line: Line
    quantity: Decimal
    place: Place | None = None


def same_goods(line: Line | ShipmentLine) -> Goods:
    """What the goods of a line are counted under."""
    return (line.article_code or folded(line.text), line.unit)


def folded(text: str) -> str:
    """The words of a text, in whatever case and with whatever space between."""
    return " ".join(text.casefold().split())


def _exactly(line: Line) -> object:
    return (line.article_code, folded(line.text), folded(line.description), line.unit, line.unit_price)


def _described(line: Line) -> object:
    return (line.article_code, folded(line.text), folded(line.description), line.unit)


def _worded(line: Line) -> object:
    return (line.article_code, folded(line.text), line.unit)


_CLOSER: tuple[Callable[[Line], object], ...] = (_exactly, _described, _worded, same_goods)


def left_of(wanted: Sequence[Portion], taken: Iterable[Portion]) -> dict[Place, Decimal]:
    """What is left of each wanted portion, by its place, when the others are taken from it; the closest goods first."""
    return matched(wanted, taken)[0]


def matched(
    wanted: Sequence[Portion], taken: Iterable[Portion]
) -> tuple[dict[Place, Decimal], tuple[Decimal, ...]]:
    """The same, and how many of each that is taken nobody wanted."""
    left = {each.place: each.quantity for each in wanted if each.place is not None}
    rest = []
    for each in taken:
        used = min(left.get(each.place, Decimal(0)), each.quantity) if each.place else Decimal(0)
        if each.place and used:
            left[each.place] -= used
        rest.append((each.line, each.quantity - used))
    for key in _CLOSER:
        places: dict[object, list[Place]] = {}
        for each in wanted:
            if each.place is not None:
                places.setdefault(key(each.line), []).append(each.place)
        rest = [(line, _take(left, places.get(key(line), ()), quantity)) for line, quantity in rest]
    return left, tuple(quantity for _, quantity in rest)


def _take(left: dict[Place, Decimal], places: Iterable[Place], quantity: Decimal) -> Decimal:
    """Takes it from these places in their order; gives what none of them had."""
    for place in places:
        used = min(left[place], quantity)
        left[place] -= used
        quantity -= used
    return quantity


def not_billed(ordered: Sequence[Portion], billed: Sequence[Portion]) -> tuple[Mapping[Place, Decimal], bool]:
    """What of an order its bills do not say, by place, and whether they say goods that the order does not.

    A line of the bill with as many of other goods counts as the ordered one reworded or exchanged, where the price or a
    word is the same.
    """
    rest = left_of(ordered, [Portion(each.line, each.quantity) for each in billed])
    more = left_of(billed, [Portion(each.line, each.quantity) for each in ordered])
    for one in ordered:
        for other in billed:
            if one.place is None or other.place is None or one.quantity != other.quantity:
                continue
            is_whole = rest[one.place] == one.quantity and more[other.place] == other.quantity
            if is_whole and _is_reworded(one.line, other.line):
                rest[one.place] = more[other.place] = Decimal(0)
    return rest, any(more.values())


def _is_reworded(one: Line, other: Line) -> bool:
    if one.unit != other.unit:
        return False
    same_price = one.unit_price is not None and one.unit_price == other.unit_price
    return same_price or bool(_words(one.text) & _words(other.text))


def _words(text: str) -> frozenset[str]:
    found = (word.strip(".,;:()") for word in folded(text).split())
    return frozenset(word for word in found if len(word) >= _SHORTEST_WORD and word.isalpha())


def shipped_portion(papers: Mapping[int, Document], document_id: int, line: ShipmentLine) -> Portion:
    """A line of a shipment with all that its paper says of the goods; without the place where that says others."""
    paper = papers.get(document_id)
    if paper is not None and 0 <= line.source_position < len(paper.lines):
        source = paper.lines[line.source_position]
        if same_goods(source) == same_goods(line):
            return Portion(source, line.quantity, (document_id, line.source_position))
    return Portion(Line(text=line.text, article_code=line.article_code, unit=line.unit), line.quantity)
