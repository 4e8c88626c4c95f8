"""Around the sale: distance contract, goods made to order, work at somebody's home, an order to sign (RULES.md 7)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sale:
    """What the owner knows about a sale beyond its lines.

    `no_distance_reason` says why it is no distance contract although the goods are sent (§ 312c BGB); `custom_made`
    that the goods are made to the customer's own wishes, so that there is no right of withdrawal (§ 312g (2) No. 1
    BGB); `building_work` that work at house, flat or garden is in it (§ 35a EStG, § 14 (4) No. 9 UStG); `to_sign`
    that the customer signs the order at the counter.
    """

    no_distance_reason: str = ""
    custom_made: bool = False
    building_work: bool = False
    to_sign: bool = False


ORDINARY = Sale()
"""A sale about which there is nothing more to know."""
