"""What an e-invoice says in words: why there is no VAT, what is deducted, and notes. The same sentences as on paper."""

from __future__ import annotations

from collections.abc import Iterator

from shopdesk.domain.documents import WITHOUT_AMOUNT, Document, LineKind, MarginGoods, Reference, TaxCase
from shopdesk.domain.money import Money
from shopdesk.domain.totals import line_case, own_key
from shopdesk.domain.xml_text import xml_text
from shopdesk.i18n import Texts
from shopdesk.output.pdf import texts as paper
from shopdesk.output.pdf.sale_notes import sale_notes

# RULES.md 2; § 19 UStG and national exemptions have no code of their own and are told in words (BT-120)
_CODES = {
    TaxCase.REVERSE_CHARGE: "VATEX-EU-AE",
    TaxCase.INTRA_COMMUNITY: "VATEX-EU-IC",
    TaxCase.EXPORT: "VATEX-EU-G",
    TaxCase.MARGIN_SCHEME: "VATEX-EU-F",
}
_MARGIN_CODES = {MarginGoods.ART: "VATEX-EU-I", MarginGoods.COLLECTORS: "VATEX-EU-J"}
_NOT_TAXED = "VATEX-EU-O"


def exemption(document: Document, category: str, texts: Texts) -> tuple[str, str]:
    """Reason and code (BT-120, BT-121) of a category without VAT; two reasons in one category have no code."""
    if category in {"S", "Z"}:
        return "", ""
    if category == "O":
        return texts.pgettext("paper", "Voucher: not subject to VAT until it is redeemed."), _NOT_TAXED
    cases = list(_cases(document, category))
    reasons = [_reason(document, case, texts) for case in cases]
    return " ".join(reason for reason in reasons if reason), _code(document, cases)


def _code(document: Document, cases: list[TaxCase]) -> str:
    if len(cases) != 1:
        return ""
    goods = _MARGIN_CODES.get(document.margin_goods, "") if cases[0] == TaxCase.MARGIN_SCHEME else ""
    return goods or _CODES.get(cases[0], "")


def _cases(document: Document, category: str) -> Iterator[TaxCase]:
    found = (
        line_case(document, line)
        for line in document.lines
        if line.kind not in WITHOUT_AMOUNT and own_key(document, line)[0] == category
    )
    yield from dict.fromkeys(found)


def _reason(document: Document, case: TaxCase, texts: Texts) -> str:
    if case == TaxCase.EXEMPT:
        return xml_text(document.tax_note)
    return _both(*paper.case_note(case, texts, document.margin_goods))


def _both(words: str, german: str) -> str:
    """The German wording of the law stays beside every translation."""
    return f"{words} ({german})" if german else words


def notes(document: Document, texts: Texts) -> list[str]:
    """BT-22: what else the paper says. The reasons for no VAT stand in the VAT breakdown."""
    cases = {line_case(document, line) for line in document.lines if line.kind not in WITHOUT_AMOUNT}
    found = [*paper.about(document, texts), document.intro or ""]
    found += [f"{n.text}\n{n.description}" for n in document.lines if n.kind == LineKind.NOTE]
    if TaxCase.OSS in cases:
        found.append(_both(*paper.case_note(TaxCase.OSS, texts)))
    if TaxCase.EXEMPT not in cases:
        found.append(document.tax_note)
    found += [
        paper.supply(document, texts),
        paper.cash_accounting(document, texts),
        *sale_notes(document, texts),
    ]
    found += [_paid(document, i, texts) for i in range(len(document.prepaid))]
    return [*found, document.closing or ""]


def _paid(document: Document, i: int, texts: Texts) -> str:
    payment = document.prepaid[i]
    details = [texts.date(payment.date) if payment.date else "", payment.reference]
    told = ", ".join(detail for detail in details if detail)
    amount = texts.money(Money.of(payment.amount, document.currency))
    return f"{paper.prepaid(payment.means, texts)}{f' ({told})' if told else ''}: {amount}"


def deposit(reference: Reference, texts: Texts) -> str:
    """BT-153 of the line that deducts a deposit."""
    name, day = paper.reference(reference, texts), reference.date
    if day is None:
        return texts.pgettext("paper", "less {document}").format(document=name)
    return texts.pgettext("paper", "less {document} of {date}").format(document=name, date=texts.date(day))


def discount_reason(document: Document, texts: Texts) -> str:
    """BT-97, with the percentage as on the paper."""
    assert document.discount is not None
    reason = xml_text(document.discount.reason) or texts.pgettext("paper", "Discount")
    percent = document.discount.percent
    return reason if percent is None else f"{reason} {texts.percent(percent)}"


def legal_information(document: Document, texts: Texts) -> str:
    """BT-33: what a business letter must say about the company (§ 35a GmbHG, § 37a HGB)."""
    seller = document.seller
    directors = texts.pgettext("paper", "Managing directors: {names}").format(names=seller.managing_directors)
    parts = (
        seller.legal_form,
        directors if seller.managing_directors else "",
        seller.register_court,
        seller.register_number,
    )
    return ", ".join(part for part in map(xml_text, parts) if part)
