"""Goods that lie planned or packed and have not left: how many of them are still wanted, and by which paper.

An order confirmation is packed and then billed: what lies there is the bill's now, goods for goods, and is not packed
again. What a credit note or a cancellation took away since is no longer wanted of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from shopdesk.domain.goods_matching import Place, folded, same_goods
from shopdesk.domain.shipments import Shipment, ShipmentLine
from shopdesk.domain.unshipped import OpenLine


def fitted(value: Shipment, document_id: int, left: Sequence[OpenLine]) -> tuple[ShipmentLine, ...]:
    """What this paper still wants of the shipment, named by the lines of the paper."""
    found: dict[int, Decimal] = {}
    for _, (_, position), quantity in _taken(value, {document_id: left}):
        found[position] = found.get(position, Decimal(0)) + quantity
    return tuple(line_of(each, found[each.position]) for each in left if each.position in found)


def still_wanted(value: Shipment, story: Mapping[int, Sequence[OpenLine]]) -> tuple[ShipmentLine, ...]:
    """What the papers of its story, whichever they are by now, still want of the shipment."""
    found: dict[int, Decimal] = {}
    for index, _, quantity in _taken(value, story):
        found[index] = found.get(index, Decimal(0)) + quantity
    return tuple(replace(value.lines[index], quantity=quantity) for index, quantity in sorted(found.items()))


def is_whole(value: Shipment, wanted: Iterable[ShipmentLine]) -> bool:
    """Whether these are all its goods."""
    return _total(value.lines) == _total(wanted)


def without(left: Iterable[OpenLine], lines: Iterable[ShipmentLine]) -> tuple[OpenLine, ...]:
    """What is left of a paper when these lines of it are taken."""
    taken: dict[int, Decimal] = {}
    for line in lines:
        taken[line.source_position] = taken.get(line.source_position, Decimal(0)) + line.quantity
    return tuple(
        replace(each, left=max(each.left - taken.get(each.position, Decimal(0)), Decimal(0))) for each in left
    )


def line_of(each: OpenLine, quantity: Decimal) -> ShipmentLine:
    """So many of a line of the paper as the line of a shipment."""
    line = each.line
    return ShipmentLine(each.position, line.text, quantity, line.unit, line.article_code, line.weight_grams)


def _taken(value: Shipment, papers: Mapping[int, Sequence[OpenLine]]) -> Iterator[tuple[int, Place, Decimal]]:
    """Index of the shipment's line, the place it is taken for, how many: its own line first, then the same goods."""
    rest = {(paper, each.position): each.left for paper, lines in papers.items() for each in lines}
    found = {(paper, each.position): each.line for paper, lines in papers.items() for each in lines}
    for index, line in enumerate(value.lines):
        own, open_ = (value.document_id, line.source_position), line.quantity
        same = [place for place in rest if same_goods(found[place]) == same_goods(line)]
        unlike = {place: folded(found[place].text) != folded(line.text) for place in same}
        for place in sorted(same, key=lambda each: (each != own, unlike[each])):
            quantity = min(open_, rest[place])
            if quantity > 0:
                rest[place] -= quantity
                open_ -= quantity
                yield index, place, quantity


def _total(lines: Iterable[ShipmentLine]) -> Decimal:
    return sum((line.quantity for line in lines), Decimal(0))
