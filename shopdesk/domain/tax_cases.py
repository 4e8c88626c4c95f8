"""Which tax case holds, decided from where the goods move, who buys and what is sold (RULES.md 2 and 6).

The invoice address alone never decides. The order file's `auto` (contracts/ORDER.md) and the window use this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.addresses import EU, Country
from shopdesk.domain.documents import WITHOUT_AMOUNT, Document, Fulfilment, LineKind, TaxCase
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import totals
from shopdesk.domain.turnover import OSS_THRESHOLD
from shopdesk.domain.vat_ids import vat_id_compact, vat_prefix
from shopdesk.domain.vat_territories import is_outside_vat_area
from shopdesk.domain.xml_text import xml_text


class TaxCaseUndecided(ShopError):
    """`auto` cannot decide; the owner names the case."""

    code = "tax-case-undecided"


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """What the decision needs. `distance_sales` is the larger of this and last year's sum, the open draft included.

    `own_cases`: each line of goods or services brings its own tax case; `vouchers`: nothing but vouchers is sold;
    `vat_id_refused`: the member state said today that the VAT id is none; `outside_vat_area`: goods for Helgoland,
    the Canary Islands or the like; `is_business`: a company, with a VAT id or without.
    """

    home_country: str
    small_business: bool
    goods_country: str
    buyer_country: str
    buyer_vat_id_valid: bool
    fulfilment: Fulfilment
    has_goods: bool
    has_services: bool
    oss: str = "auto"
    distance_sales: Money = Money(0)
    buyer_vat_id_from_home: bool = False
    vat_id_refused: bool = False
    own_cases: bool = False
    vouchers: bool = False
    outside_vat_area: bool = False
    is_business: bool = False


@dataclass(frozen=True, slots=True)
class TaxDecision:
    """The case, the rate that goods without one of their own take, and why, in one plain sentence."""

    case: TaxCase
    rate: Decimal
    reason: Message


_OUTSIDE_VAT_AREA = N_("No VAT: export, that place lies outside the VAT area of the EU")
_SERVICE_OUTSIDE = N_("A service for a customer outside the EU: please choose the tax case yourself.")


def decide(facts: TaxFacts, standard_rates: Mapping[str, Decimal], home_rate: Decimal) -> TaxDecision:
    """Decide as the order file's `auto`; `standard_rates` maps member state to percent at the date of supply.

    Raises TaxCaseUndecided (`mixed-case`, `tax-case-undecided`) where the law needs the owner's word.
    """
    if facts.small_business:
        return TaxDecision(
            TaxCase.SMALL_BUSINESS, Decimal(0), Message(N_("No VAT: small business, § 19 UStG"))
        )
    if facts.vouchers:
        return _domestic(home_rate, N_("No VAT yet: a voucher is taxed when it is redeemed"))
    if facts.own_cases:
        return _domestic(home_rate, N_("Each line has a tax case of its own"))
    if facts.fulfilment == Fulfilment.PICKUP:
        return _domestic(home_rate, N_("{rate} % domestic: collected in the shop"))
    decision = _by_destination(facts, standard_rates, home_rate)
    if not facts.vat_id_refused:
        return decision
    text = N_("{reason}. The VAT id is not valid today, so it does not count.")
    return replace(decision, reason=Message(text, {"reason": decision.reason}))


def _by_destination(
    facts: TaxFacts, standard_rates: Mapping[str, Decimal], home_rate: Decimal
) -> TaxDecision:
    services_only = facts.has_services and not facts.has_goods
    where = (
        facts.buyer_country
        if services_only or facts.fulfilment == Fulfilment.SERVICE
        else facts.goods_country
    )
    if facts.outside_vat_area and not services_only and facts.fulfilment != Fulfilment.SERVICE:
        if facts.has_services:
            raise TaxCaseUndecided(Message(_SERVICE_OUTSIDE), field="tax_case")
        return TaxDecision(TaxCase.EXPORT, Decimal(0), Message(_OUTSIDE_VAT_AREA))
    if where == facts.home_country:
        return _domestic(home_rate, N_("{rate} % domestic"))
    if where in EU:
        return _in_the_eu(facts, where, services_only, standard_rates, home_rate)
    if facts.has_services:
        raise TaxCaseUndecided(Message(_SERVICE_OUTSIDE), field="tax_case")
    return TaxDecision(
        TaxCase.EXPORT, Decimal(0), Message(N_("No VAT: export, {country}"), {"country": Country(where)})
    )


def _domestic(rate: Decimal, text: str, **values: object) -> TaxDecision:
    return TaxDecision(TaxCase.DOMESTIC, rate, Message(text, {"rate": rate, **values}))


def _in_the_eu(
    facts: TaxFacts,
    where: str,
    services_only: bool,
    standard_rates: Mapping[str, Decimal],
    home_rate: Decimal,
) -> TaxDecision:
    values: dict[str, object] = {"country": Country(where), "buyer": _buyer(facts)}
    if facts.buyer_vat_id_valid and facts.buyer_vat_id_from_home:
        # § 6a (1) No. 2 UStG: only an id of another member state makes the supply exempt
        return _domestic(home_rate, N_("{rate} % domestic: the customer's VAT id is one of your own country"))
    if facts.buyer_vat_id_valid:
        if facts.has_goods and facts.has_services:
            text = N_(
                "Goods and services for a business abroad ({country}): please make two documents or choose the "
                "tax case."
            )
            raise TaxCaseUndecided(Message(text, values), "mixed-case", "tax_case")
        if services_only:
            return TaxDecision(
                TaxCase.REVERSE_CHARGE,
                Decimal(0),
                Message(N_("No VAT: the business owes it at home ({country})"), values),
            )
        return TaxDecision(
            TaxCase.INTRA_COMMUNITY,
            Decimal(0),
            Message(N_("No VAT: intra-community supply, {country}"), values),
        )
    if services_only:
        return _domestic(home_rate, N_("{rate} % domestic: service, {buyer}, {country}"), **values)
    if facts.oss == "yes" or (facts.oss == "auto" and facts.distance_sales > OSS_THRESHOLD):
        return _oss(facts, standard_rates.get(where, home_rate), values)
    if facts.oss == "no":
        return _domestic(home_rate, N_("{rate} % domestic: {buyer}, {country}"), **values)
    values["sum"] = facts.distance_sales
    values["limit"] = OSS_THRESHOLD
    return _domestic(home_rate, N_("{rate} % domestic: {buyer}, {country}, OSS {sum} of {limit}"), **values)


def _oss(facts: TaxFacts, rate: Decimal, values: dict[str, object]) -> TaxDecision:
    if facts.has_services:
        # § 3c UStG moves the goods only; where a service is taxed depends on what it is (§ 3a UStG)
        text = N_(
            "Goods with OSS ({country}) and a service on one document: the service has a tax rate of its own. "
            "Please make two documents, enter what belongs to the goods as goods, or choose the tax case."
        )
        raise TaxCaseUndecided(Message(text, values), "mixed-case", "tax_case")
    text = (
        N_("{rate} % {country}: {buyer}, OSS")
        if facts.is_business
        else N_("{rate} % {country}: private, OSS")
    )
    return TaxDecision(TaxCase.OSS, rate, Message(text, {**values, "rate": rate}))


def _buyer(facts: TaxFacts) -> Message:
    """Who is taxed like a private customer."""
    if not facts.is_business:
        return Message(N_("private customer"))
    if facts.vat_id_refused:
        return Message(N_("business without a valid VAT id"))
    return Message(N_("business without a VAT id"))


def facts_of(
    document: Document,
    home_country: str,
    oss: str,
    distance_sales: Money,
    *,
    vat_id_valid: bool,
    vat_id_refused: bool = False,
) -> TaxFacts:
    """The facts that stand on the document. What brings its own tax case (margin scheme) does not decide here."""
    lines = [line for line in document.lines if line.kind not in WITHOUT_AMOUNT and not line.option]
    sold = [line for line in lines if line.kind in {LineKind.GOODS, LineKind.SERVICE}]
    kinds = {line.kind for line in sold if line.tax_case is None}
    return TaxFacts(
        home_country=home_country,
        small_business=document.seller.small_business,
        goods_country=document.recipient.goods_address.country,
        buyer_country=document.recipient.address.country,
        buyer_vat_id_valid=vat_id_valid and not vat_id_refused,
        fulfilment=document.fulfilment,
        has_goods=LineKind.GOODS in kinds or LineKind.SERVICE not in kinds,
        has_services=LineKind.SERVICE in kinds,
        oss=oss,
        distance_sales=distance_sales,
        buyer_vat_id_from_home=vat_id_compact(document.recipient.vat_id)[:2] == vat_prefix(home_country),
        vat_id_refused=vat_id_refused,
        own_cases=bool(sold) and not kinds,
        outside_vat_area=is_outside_vat_area(document.recipient.goods_address),
        vouchers=bool(lines) and all(line.kind == LineKind.VOUCHER for line in lines),
        is_business=document.recipient.is_business,
    )


_PHOTOVOLTAICS = N_("0 % domestic: photovoltaics, § 12 (3) UStG")
_BY_HAND = {
    TaxCase.SMALL_BUSINESS: N_("No VAT: small business, § 19 UStG"),
    TaxCase.INTRA_COMMUNITY: N_("No VAT: intra-community supply, {country}"),
    TaxCase.OSS: N_("{rate} % {country}: OSS, the VAT of the buyer's country"),
    TaxCase.MARGIN_SCHEME: N_("No VAT shown: margin scheme, § 25a UStG"),
}


def explained(document: Document) -> Message:
    """Why a settled document has the case that the owner chose, in one plain sentence."""
    case = document.tax_case
    if case == TaxCase.SMALL_BUSINESS:
        return Message(_BY_HAND[case])
    country = Country(document.recipient.goods_address.country)
    rates = rates_told(document)
    values: dict[str, object] = {"rate": in_words(rates), "country": country}
    if case == TaxCase.DOMESTIC:
        text = _PHOTOVOLTAICS if rates == (Decimal(0),) else N_("{rate} % domestic")
        return _chosen(Message(text, values))
    if case == TaxCase.REVERSE_CHARGE:
        return _chosen(_reverse_charge(document))
    if case == TaxCase.EXPORT:
        outside = is_outside_vat_area(document.recipient.goods_address)
        return _chosen(Message(_OUTSIDE_VAT_AREA if outside else N_("No VAT: export, {country}"), values))
    if case == TaxCase.EXEMPT:
        note = " ".join(xml_text(document.tax_note).split())
        text = N_("No VAT: exempt ({note})") if note else N_("No VAT: exempt, the reason is still missing")
        return _chosen(Message(text, {"note": note}))
    return (
        _chosen(Message(_BY_HAND[case], values))
        if case in _BY_HAND
        else Message(N_("Tax case chosen by hand"))
    )


def _chosen(why: Message) -> Message:
    return Message(N_("{reason}, chosen by hand"), {"reason": why})


def _reverse_charge(document: Document) -> Message:
    country = document.recipient.address.country
    if country == document.seller.address.country:
        return Message(N_("No VAT: the customer owes it as a business (reverse charge, § 13b UStG)"))
    return Message(N_("No VAT: the business owes it at home ({country})"), {"country": Country(country)})


def told(decision: TaxDecision, rates: tuple[Decimal, ...]) -> Message:
    """The decision's sentence with the rates that the lines really have."""
    if decision.case not in {TaxCase.DOMESTIC, TaxCase.OSS} or "rate" not in decision.reason.values:
        return decision.reason
    if decision.case == TaxCase.DOMESTIC and rates == (Decimal(0),):
        return Message(_PHOTOVOLTAICS)
    return replace(decision.reason, values={**decision.reason.values, "rate": in_words(rates)})


def rates_told(document: Document) -> tuple[Decimal, ...]:
    """The VAT rates of a settled document, the highest first; the default rate while there is no amount."""
    rates = {row.rate for row in totals(document).vat if row.category in {"S", "Z"}}
    return tuple(sorted(rates, reverse=True)) or (document.default_rate,)


def in_words(rates: tuple[Decimal, ...]) -> object:
    """Several rates as "19 and 7": with a comma between them they would read like one rate with decimals."""
    first, *others = rates
    if not others:
        return first
    return Message(N_("{one} and {other}"), {"one": first, "other": in_words(tuple(others))})


def contradicts(document: Document, by_itself: TaxDecision) -> bool:
    """Whether the owner's choice is another one than `auto` would have made, right though it may be."""
    return document.tax_case != by_itself.case


def by_hand(document: Document, by_itself: TaxDecision) -> tuple[Problem, ...]:
    """The warning about a choice that contradicts the facts."""
    if not contradicts(document, by_itself):
        return ()
    text = N_("You chose the tax case by hand. By itself it would be: {reason}.")
    return (_warning(Message(text, {"reason": by_itself.reason})),)


def by_hand_for_all() -> Problem:
    """The warning about one case for goods and services whose taxes differ."""
    text = N_(
        "You chose the tax case by hand: it now holds for goods and services together. "
        "Please check that it is right for both."
    )
    return _warning(Message(text))


def _warning(message: Message) -> Problem:
    return Problem("tax-case-by-hand", "tax_case", message, is_warning=True)
