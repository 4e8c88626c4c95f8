"""The tax case of a draft: what is read once from the database, and the pure decision on every edit."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from shopdesk import paths
from shopdesk.domain import document_rules
from shopdesk.domain.document_kinds import CORRECTIONS
from shopdesk.domain.document_rules import Problem
from shopdesk.domain.documents import Document, TaxCase
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.supply_dates import supply_day
from shopdesk.domain.tax_cases import TaxDecision, decide, facts_of
from shopdesk.domain.totals import UNTAXED, totals
from shopdesk.domain.vat_ids import vat_id_is_valid
from shopdesk.domain.vat_rates import VatRates, read
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


@lru_cache(maxsize=1)
def vat_rates() -> VatRates:
    """The shipped table of VAT rates."""
    return read(json.loads((paths.resources() / "data" / "vat_rates.json").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class TaxContext:
    """What the decision needs besides the draft. `distance_sales`: net sum per year, this and last."""

    profile: ShopProfile
    today: dt.date
    distance_sales: tuple[Money, Money] = (Money(0), Money(0))


def context_in(connection: Connection, shop: Shop, draft: Document) -> TaxContext:
    """The context within an open transaction."""
    from shopdesk.store import distance_sales
    from shopdesk.usecases.shop_settings import load_profile

    profile = load_profile(connection)
    today = shop.clock.today()
    year = (draft.date or today).year
    this, last = (
        Money(distance_sales.net(connection, y, profile.country, draft.id)) for y in (year, year - 1)
    )
    return TaxContext(profile, today, (this, last))


def context(shop: Shop, draft: Document) -> TaxContext:
    """The context, read once when a document is opened."""
    with shop.reading() as connection:
        return context_in(connection, shop, draft)


def settled(draft: Document, context_: TaxContext) -> Document:
    """The draft with date, tax case, reason and default rate decided; what issuing would freeze now.

    Raises TaxCaseUndecided where the owner must choose.
    """
    dated = replace(draft, date=draft.date or context_.today)
    if dated.kind in CORRECTIONS and dated.refers_to and dated.tax_case != TaxCase.AUTO:
        return dated  # what the bill said about tax is what is taken back (§ 17 (1) UStG)
    home_rate = _home_rate(dated, context_)
    if dated.tax_case != TaxCase.AUTO:
        return replace(dated, default_rate=_rate_of(dated, home_rate), tax_reason=dated.tax_reason)
    decision = _decision(dated, context_, home_rate)
    words = Texts(context_.profile.language).say(decision.reason)
    return replace(dated, tax_case=decision.case, default_rate=decision.rate, tax_reason=words)


def _home_rate(dated: Document, context_: TaxContext) -> Decimal:
    """The rate of the shop's ordinary goods on the day of supply."""
    chosen = context_.profile.default_rate
    country = context_.profile.country
    day = supply_day(dated) or context_.today
    standard_today = vat_rates().standard_on(country, context_.today)
    if chosen == standard_today:  # follows the law's changes; another choice of the owner stays his
        return vat_rates().standard_on(country, day) or chosen
    return chosen


def _rate_of(dated: Document, home_rate: Decimal) -> Decimal:
    if dated.tax_case in UNTAXED:
        return Decimal(0)
    if dated.tax_case == TaxCase.OSS:
        day = supply_day(dated)
        assert day is not None
        return vat_rates().standard_on(dated.recipient.goods_address.country, day) or home_rate
    return home_rate


def _decision(dated: Document, context_: TaxContext, home_rate: Decimal) -> TaxDecision:
    day = supply_day(dated) or context_.today
    domestic = replace(dated, tax_case=TaxCase.DOMESTIC, default_rate=home_rate)
    this, last = context_.distance_sales
    # § 3c (4) UStG: the sale that crosses the limit is itself under the new rule
    crossing = max((this + Money(totals(domestic).net.minor)).minor, last.minor)
    facts = facts_of(
        dated,
        context_.profile.country,
        context_.profile.oss,
        Money(crossing),
        vat_id_is_valid(dated.recipient.vat_id),
    )
    return decide(facts, vat_rates().all_standard_on(day), home_rate)


def reason(draft: Document, context_: TaxContext) -> Message:
    """Why this case: one plain sentence for the window, in the window's language."""
    dated = replace(draft, date=draft.date or context_.today)
    if dated.tax_case != TaxCase.AUTO:
        return Message(N_("Tax case chosen by hand"))
    try:
        return _decision(dated, context_, _home_rate(dated, context_)).reason
    except ShopError as error:
        return error.message


def problems(draft: Document, context_: TaxContext) -> tuple[Problem, ...]:
    """What forbids issuing and what the owner should know, tied to fields; errors first."""
    try:
        value = settled(draft, context_)
    except ShopError as error:
        return (Problem(error.code, error.field or "tax_case", error.message),)
    return document_rules.check(value, vat_rates())
