"""Goods that lie planned or packed and have not left: how many of them are still wanted, and by which paper.

An order confirmation is packed and then billed: what lies there is the bill's now, goods for goods, and is not packed
again. What a credit note or a cancellation took away since is no longer wanted of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.documents import Document
from shopdesk.domain.goods_matching import Portion, left_of, matched, shipped_portion
from shopdesk.domain.shipments import Shipment, ShipmentLine
from shopdesk.domain.unshipped import OpenLine


@dataclass(frozen=True, slots=True)
class Wanting:
    """A paper with what is left of its lines; `papers` are those that the shipments which lie here were packed from."""

    document_id: int
    left: tuple[OpenLine, ...]
    papers: Mapping[int, Document]

    def fitted(self, value: Shipment) -> tuple[ShipmentLine, ...]:
        """What this paper still wants of the shipment, named by the lines of the paper."""
        left = left_of(_wanted({self.document_id: self.left}), _lying(value, self.papers))
        return tuple(
            line_of(each, each.left - rest)
            for each in self.left
            if (rest := left[self.document_id, each.position]) < each.left
        )

    def without(self, lines: Iterable[ShipmentLine]) -> Wanting:
        """The same when these lines of the paper are taken."""
        taken: dict[int, Decimal] = {}
        for line in lines:
            taken[line.source_position] = taken.get(line.source_position, Decimal(0)) + line.quantity
        left = (
            replace(each, left=max(each.left - taken.get(each.position, Decimal(0)), Decimal(0)))
            for each in self.left
        )
        return replace(self, left=tuple(left))


def still_wanted(
    value: Shipment, story: Mapping[int, Sequence[OpenLine]], papers: Mapping[int, Document]
) -> tuple[ShipmentLine, ...]:
    """What the papers of its story, whichever they are by now, still want of the shipment; `papers`: see `Wanting`."""
    _, unwanted = matched(_wanted(story), _lying(value, papers))
    return tuple(
        replace(line, quantity=line.quantity - too_many)
        for line, too_many in zip(value.lines, unwanted, strict=True)
        if too_many < line.quantity
    )


def is_whole(value: Shipment, wanted: Iterable[ShipmentLine]) -> bool:
    """Whether these are all its goods."""
    return _total(value.lines) == _total(wanted)


def line_of(each: OpenLine, quantity: Decimal) -> ShipmentLine:
    """So many of a line of the paper as the line of a shipment."""
    line = each.line
    return ShipmentLine(each.position, line.text, quantity, line.unit, line.article_code, line.weight_grams)


def _wanted(papers: Mapping[int, Sequence[OpenLine]]) -> list[Portion]:
    return [
        Portion(each.line, each.left, (paper, each.position))
        for paper, lines in papers.items()
        for each in lines
    ]


def _lying(value: Shipment, papers: Mapping[int, Document]) -> list[Portion]:
    return [shipped_portion(papers, value.document_id, line) for line in value.lines]


def _total(lines: Iterable[ShipmentLine]) -> Decimal:
    return sum((line.quantity for line in lines), Decimal(0))
