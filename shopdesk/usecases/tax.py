"""The tax case of a draft: what is read once from the database, and the pure decision on every edit."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from shopdesk import paths
from shopdesk.domain import document_rules, tax_cases, turnover, vat_id_checks
from shopdesk.domain.document_kinds import CORRECTIONS, E_INVOICES
from shopdesk.domain.document_rules import Problem
from shopdesk.domain.documents import Document, DocumentKind, TaxCase
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import Message
from shopdesk.domain.money import Money
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.supply_dates import supply_day
from shopdesk.domain.tax_cases import TaxDecision, decide, facts_of, rates_told, told
from shopdesk.domain.totals import UNTAXED
from shopdesk.domain.turnover import CURRENCY, Sums
from shopdesk.domain.vat_id_checks import Checks
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
    """What the decision needs besides the draft.

    `sums`: what was sold in the years around it, without the draft itself; `checks`: today's answers about VAT ids.
    """

    profile: ShopProfile
    today: dt.date
    sums: Sums = field(default_factory=Sums)
    checks: Checks = field(default_factory=dict)


def context_in(connection: Connection, shop: Shop, draft: Document) -> TaxContext:
    """The context within an open transaction."""
    from shopdesk.store import turnover as stored
    from shopdesk.store import vat_id_checks as answers
    from shopdesk.usecases.shop_settings import load_profile

    today = shop.clock.today()
    year = (supply_day(draft) or today).year
    sums = stored.sums(connection, range(year - 1, year + 2), draft.id)
    return TaxContext(load_profile(connection), today, sums, answers.of_day(connection, today))


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
    words = Texts(context_.profile.language).say(_reason(dated, decision))
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
    # § 3c (4) UStG: the sale that crosses the limit is itself under the new rule
    own = _distance(dated, context_, home_rate)
    crossing = max(meter.sum.minor for meter in turnover.oss_meters(context_.sums, day.year, own))
    vat_id = dated.recipient.vat_id
    facts = facts_of(
        dated,
        context_.profile.country,
        context_.profile.oss,
        Money(crossing),
        vat_id_valid=vat_id_is_valid(vat_id),
        vat_id_refused=vat_id_checks.refused(vat_id, context_.checks),
    )
    return decide(facts, vat_rates().all_standard_on(day), home_rate)


def _distance(dated: Document, context_: TaxContext, home_rate: Decimal) -> int:
    """The cents that the draft would add to the distance sales; a quote counts as the invoice it may become."""
    kind = dated.kind if dated.kind in E_INVOICES else DocumentKind.INVOICE
    domestic = replace(dated, kind=kind, tax_case=TaxCase.DOMESTIC, default_rate=home_rate)
    own = turnover.turnover_of(domestic, context_.profile.country)
    return own.distance if own is not None and own.currency == CURRENCY else 0


def _reason(dated: Document, decision: TaxDecision) -> Message:
    """The decision's sentence with the rates that the lines really have."""
    return told(decision, rates_told(replace(dated, tax_case=decision.case, default_rate=decision.rate)))


def reason(draft: Document, context_: TaxContext) -> Message:
    """Why this case: one plain sentence for the window, in the window's language."""
    dated = replace(draft, date=draft.date or context_.today)
    try:
        if dated.tax_case != TaxCase.AUTO:
            return tax_cases.explained(settled(dated, context_))
        decision = _decision(dated, context_, _home_rate(dated, context_))
    except ShopError as error:
        return error.message
    return _reason(dated, decision)


def line_rates(value: Document) -> tuple[Decimal, ...]:
    """The rates that a line of this settled document may choose, the highest first."""
    day = supply_day(value)
    if day is None or value.tax_case in UNTAXED:
        return ()
    if value.tax_case == TaxCase.OSS:
        rates = vat_rates().of_country(value.recipient.goods_address.country, day)
    else:
        rates = vat_rates().domestic_on(value.seller.address.country, day)
    return tuple(sorted(rates, reverse=True))


def problems(draft: Document, context_: TaxContext) -> tuple[Problem, ...]:
    """What forbids issuing and what the owner should know, tied to fields; errors first."""
    try:
        value = settled(draft, context_)
    except ShopError as error:
        return (Problem(error.code, error.field or "tax_case", error.message),)
    return checked(draft, value, context_)


def checked(draft: Document, value: Document, context_: TaxContext) -> tuple[Problem, ...]:
    """All problems of a draft and its settled value: the document's own rules, and what else is known about the tax."""
    found = document_rules.check(value, vat_rates())
    if document_rules.out_of_range(value):
        return found
    about_tax = (
        *vat_id_checks.problems(value, context_.checks),
        *_by_hand(draft, value, context_),
        *turnover.warnings(value, context_.sums, context_.profile.oss, context_.profile.country),
    )
    wrong = document_rules.errors(found)
    return (*wrong, *about_tax, *(problem for problem in found if problem.is_warning))


def _by_hand(draft: Document, value: Document, context_: TaxContext) -> tuple[Problem, ...]:
    if draft.tax_case == TaxCase.AUTO or draft.kind in CORRECTIONS:
        return ()
    undecided = replace(value, tax_case=TaxCase.AUTO)
    home_rate = _home_rate(undecided, context_)
    try:
        by_itself = _decision(undecided, context_, home_rate)
    except ShopError as error:  # the facts say nothing, so nothing is contradicted
        return (tax_cases.by_hand_for_all(),) if error.code == "mixed-case" else ()
    return tax_cases.by_hand(value, replace(by_itself, reason=_reason(undecided, by_itself)))
