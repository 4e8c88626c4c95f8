"""UBL 2.1 Invoice and CreditNote, as XRechnung and Peppol use them."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from shopdesk.domain.received_invoices import (
    AllowanceCharge,
    Attachment,
    Identifier,
    InvoiceLine,
    Party,
    PaymentMeans,
    Period,
    PostalAddress,
    ReceivedInvoice,
    Totals,
    VatBreakdown,
)
from shopdesk.intake.einvoice.values import (
    Reader,
    child,
    children,
    embedded_size,
    own_text,
    text,
    texts,
)

ROOTS = {
    "Invoice": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "CreditNote": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
}
_SEPA_CREDITOR = "SEPA"  # the scheme of BT-90, which stands among the seller's or payee's ids
_OBJECT = "130"  # UNTDID 1001: the invoiced object, not a supporting document


def read(root: Element) -> ReceivedInvoice:
    """The invoice as the tree says it; nothing is judged here."""
    reader = Reader()
    currency = text(root, "DocumentCurrencyCode")
    seller, payee = child(root, "AccountingSupplierParty/Party"), root.find("PayeeParty")
    delivery = child(root, "Delivery")
    means = list(children(root, "PaymentMeans"))
    subtotals = children(root, "TaxTotal/TaxSubtotal")
    return ReceivedInvoice(
        syntax="UBL",
        profile=text(root, "CustomizationID"),
        number=text(root, "ID"),
        issued=reader.day(root, "IssueDate"),
        type_code=text(root, "InvoiceTypeCode", "CreditNoteTypeCode"),
        currency=currency,
        vat_currency=text(root, "TaxCurrencyCode"),
        due=reader.day(root, "DueDate", "PaymentMeans/PaymentDueDate"),
        terms="\n".join(texts(root, "PaymentTerms/Note")),
        tax_point=reader.day(root, "TaxPointDate"),
        tax_point_code=text(root, "InvoicePeriod/DescriptionCode"),
        notes=texts(root, "Note"),
        buyer_reference=text(root, "BuyerReference"),
        order=text(root, "OrderReference/ID"),
        contract=text(root, "ContractDocumentReference/ID"),
        project=text(root, "ProjectReference/ID"),
        delivery_note=text(root, "DespatchDocumentReference/ID"),
        preceding=tuple(
            text(entry, "ID") for entry in children(root, "BillingReference/InvoiceDocumentReference")
        ),
        seller=_party(seller),
        buyer=_party(child(root, "AccountingCustomerParty/Party")),
        payee=_named_party(payee),
        representative=_named_party(root.find("TaxRepresentativeParty")),
        ship_to=_ship_to(delivery),
        delivered=reader.day(delivery, "ActualDeliveryDate"),
        period=_period(reader, root),
        payment_reference=next((found for entry in means if (found := text(entry, "PaymentID"))), ""),
        creditor_id=_creditor_id(payee, seller),
        mandate=text(root, "PaymentMeans/PaymentMandate/ID"),
        means=tuple(_means(entry) for entry in means),
        allowances=tuple(_allowance(reader, entry) for entry in children(root, "AllowanceCharge")),
        vat=tuple(_vat(reader, entry) for entry in subtotals),
        totals=_totals(reader, root, currency),
        lines=tuple(
            line
            for entry in children(root, "InvoiceLine", "CreditNoteLine")
            for line in _lines(reader, entry)
        ),
        attachments=tuple(_attachment(entry) for entry in _supporting(root)),
        unreadable=tuple(reader.unreadable),
    )


def embedded(root: Element) -> list[Element]:
    """The base64 texts of the attachments, in their order; an empty element where nothing is embedded."""
    return [child(entry, "Attachment/EmbeddedDocumentBinaryObject") for entry in _supporting(root)]


def _supporting(root: Element) -> list[Element]:
    entries = children(root, "AdditionalDocumentReference")
    return [entry for entry in entries if text(entry, "DocumentTypeCode") != _OBJECT]


def _creditor_id(payee: Element | None, seller: Element) -> str:
    for party in (payee, seller):
        if party is not None:
            for entry in children(party, "PartyIdentification/ID"):
                if entry.get("schemeID") == _SEPA_CREDITOR:
                    return own_text(entry)
    return ""


def _named_party(node: Element | None) -> Party | None:
    """Payee and tax representative stand under the name they trade by."""
    return None if node is None else replace(_party(node), name=text(node, "PartyName/Name"))


def _party(node: Element) -> Party:
    electronic = node.find("EndpointID")
    numbers = {
        text(entry, "TaxScheme/ID").upper(): text(entry, "CompanyID")
        for entry in children(node, "PartyTaxScheme")
    }
    vat_id = numbers.pop("VAT", "")
    return Party(
        name=text(node, "PartyLegalEntity/RegistrationName"),
        trading_name=text(node, "PartyName/Name"),
        ids=tuple(
            Identifier(own_text(entry), entry.get("schemeID", ""))
            for entry in children(node, "PartyIdentification/ID")
            if entry.get("schemeID") != _SEPA_CREDITOR
        ),
        legal_id=text(node, "PartyLegalEntity/CompanyID"),
        vat_id=vat_id,
        tax_number=next(iter(numbers.values()), ""),
        legal_form=text(node, "PartyLegalEntity/CompanyLegalForm"),
        address=_address(node.find("PostalAddress")),
        contact=text(node, "Contact/Name"),
        phone=text(node, "Contact/Telephone"),
        email=text(node, "Contact/ElectronicMail"),
        electronic_address=None
        if electronic is None
        else Identifier(own_text(electronic), electronic.get("schemeID", "")),
    )


def _address(node: Element | None) -> PostalAddress | None:
    if node is None:
        return None
    return PostalAddress(
        texts(node, "StreetName", "AdditionalStreetName", "AddressLine/Line"),
        text(node, "PostalZone"),
        text(node, "CityName"),
        text(node, "CountrySubentity"),
        text(node, "Country/IdentificationCode"),
    )


def _ship_to(node: Element) -> Party | None:
    place = child(node, "DeliveryLocation")
    name, address = text(node, "DeliveryParty/PartyName/Name"), _address(place.find("Address"))
    ids = tuple(Identifier(own_text(entry), entry.get("schemeID", "")) for entry in children(place, "ID"))
    return Party(name=name, ids=ids, address=address) if name or ids or address is not None else None


def _period(reader: Reader, node: Element) -> Period | None:
    found = node.find("InvoicePeriod")
    if found is None or (found.find("DescriptionCode") is not None and len(found) == 1):
        return None
    return Period(reader.day(found, "StartDate"), reader.day(found, "EndDate"))


def _means(node: Element) -> PaymentMeans:
    code = child(node, "PaymentMeansCode")
    account = child(node, "PayeeFinancialAccount")
    return PaymentMeans(
        code=own_text(code),
        text=code.get("name", "")[:200],
        account=text(account, "ID"),
        account_name=text(account, "Name"),
        bic=text(account, "FinancialInstitutionBranch/ID"),
        card=text(node, "CardAccount/PrimaryAccountNumberID"),
        debited_account=text(node, "PaymentMandate/PayerFinancialAccount/ID"),
    )


def _allowance(reader: Reader, node: Element) -> AllowanceCharge:
    tax = child(node, "TaxCategory")
    return AllowanceCharge(
        is_charge=text(node, "ChargeIndicator").casefold() in {"true", "1"},
        amount=reader.number(node, "Amount"),
        base=reader.number(node, "BaseAmount"),
        percent=reader.number(node, "MultiplierFactorNumeric"),
        reason=text(node, "AllowanceChargeReason"),
        reason_code=text(node, "AllowanceChargeReasonCode"),
        category=_category(tax),
        rate=reader.number(tax, "Percent"),
    )


def _category(tax: Element) -> str:
    """The VAT category; another tax has none."""
    return text(tax, "ID") if text(tax, "TaxScheme/ID").upper() == "VAT" else ""


def _vat(reader: Reader, node: Element) -> VatBreakdown:
    tax = child(node, "TaxCategory")
    return VatBreakdown(
        base=reader.number(node, "TaxableAmount"),
        amount=reader.number(node, "TaxAmount"),
        category=_category(tax),
        rate=reader.number(tax, "Percent"),
        reason=text(tax, "TaxExemptionReason"),
        reason_code=text(tax, "TaxExemptionReasonCode"),
    )


def _totals(reader: Reader, root: Element, currency: str) -> Totals:
    sums = child(root, "LegalMonetaryTotal")
    own = other = None
    for entry in children(root, "TaxTotal/TaxAmount"):
        if entry.get("currencyID", currency) == currency:
            own = reader.own_number(entry)
        else:
            other = reader.own_number(entry)
    return Totals(
        lines=reader.number(sums, "LineExtensionAmount"),
        allowances=reader.number(sums, "AllowanceTotalAmount"),
        charges=reader.number(sums, "ChargeTotalAmount"),
        net=reader.number(sums, "TaxExclusiveAmount"),
        vat=own,
        vat_in_accounting_currency=other,
        gross=reader.number(sums, "TaxInclusiveAmount"),
        prepaid=reader.number(sums, "PrepaidAmount"),
        rounding=reader.number(sums, "PayableRoundingAmount"),
        payable=reader.number(sums, "PayableAmount"),
    )


def _lines(reader: Reader, node: Element, *, is_part: bool = False) -> list[InvoiceLine]:
    """The line and, in the extension of XRechnung, the lines it consists of."""
    parts = [
        line for entry in children(node, "SubInvoiceLine") for line in _lines(reader, entry, is_part=True)
    ]
    return [_line(reader, node, is_part=is_part), *parts]


def _line(reader: Reader, node: Element, *, is_part: bool) -> InvoiceLine:
    item, price = child(node, "Item"), child(node, "Price")
    tax = child(item, "ClassifiedTaxCategory")
    quantity = child(node, "InvoicedQuantity", "CreditedQuantity")
    standard = item.find("StandardItemIdentification/ID")
    return InvoiceLine(
        id=text(node, "ID"),
        name=text(item, "Name"),
        description=text(item, "Description"),
        note="\n".join(texts(node, "Note")),
        quantity=reader.number(node, "InvoicedQuantity", "CreditedQuantity"),
        unit=quantity.get("unitCode", ""),
        price=reader.number(price, "PriceAmount"),
        price_quantity=reader.number(price, "BaseQuantity"),
        gross_price=reader.number(price, "AllowanceCharge/BaseAmount"),
        net=reader.number(node, "LineExtensionAmount"),
        category=_category(tax),
        rate=reader.number(tax, "Percent"),
        seller_article=text(item, "SellersItemIdentification/ID"),
        buyer_article=text(item, "BuyersItemIdentification/ID"),
        standard_article=None
        if standard is None
        else Identifier(own_text(standard), standard.get("schemeID", "")),
        order_line=text(node, "OrderLineReference/LineID"),
        period=_period(reader, node),
        allowances=tuple(_allowance(reader, entry) for entry in children(node, "AllowanceCharge")),
        attributes=tuple(
            (text(entry, "Name"), text(entry, "Value")) for entry in children(item, "AdditionalItemProperty")
        ),
        is_part=is_part,
    )


def _attachment(node: Element) -> Attachment:
    binary = child(node, "Attachment/EmbeddedDocumentBinaryObject")
    return Attachment(
        reference=text(node, "ID"),
        description=text(node, "DocumentDescription"),
        file_name=binary.get("filename", "")[:200],
        media_type=binary.get("mimeCode", "")[:100],
        size=embedded_size(binary),
        place=text(node, "Attachment/ExternalReference/URI"),
    )
