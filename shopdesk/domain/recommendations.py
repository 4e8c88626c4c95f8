"""Who brings customers: the shop's recommenders and what came of it (PRODUCT.md, S26)."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class Recommender:
    """One who recommended the shop: a customer, or words on the cards (`customer_id` None).

    `customers` came by this recommendation, `buyers` of them bought something; `purchases` and `turnover` (gross, in
    the shop's currency, corrections and cancellations deducted) are theirs, all together.
    """

    customer_id: int | None
    number: str
    name: str
    customers: int
    buyers: int
    purchases: int
    turnover: Money
