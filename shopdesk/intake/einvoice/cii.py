"""UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 2, XRechnung, and ZUGFeRD 1 with slightly other names."""

from __future__ import annotations

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

ROOTS = {"CrossIndustryInvoice": "CII", "CrossIndustryDocument": "ZUGFeRD 1"}
_RATE = ("RateApplicablePercent", "ApplicablePercent")
_LINE_ID = "AssociatedDocumentLineDocument"
_SUPPORTING = {"", "916"}  # other type codes are references to a tender (50) or an object (130)
_INFORMATION = {"GROUP", "INFORMATION"}


def read(root: Element) -> ReceivedInvoice:
    """The invoice as the tree says it; nothing is judged here."""
    reader = Reader()
    document = child(root, "ExchangedDocument", "HeaderExchangedDocument")
    context = child(root, "ExchangedDocumentContext", "SpecifiedExchangedDocumentContext")
    deal = child(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = child(deal, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    delivery = child(deal, "ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
    settlement = child(deal, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    taxes = list(children(settlement, "ApplicableTradeTax"))
    currency = text(settlement, "InvoiceCurrencyCode")
    terms = child(settlement, "SpecifiedTradePaymentTerms")
    date = "DateTimeString"
    return ReceivedInvoice(
        syntax=ROOTS.get(root.tag, "CII"),
        profile=text(context, "GuidelineSpecifiedDocumentContextParameter/ID"),
        number=text(document, "ID"),
        issued=reader.day(document, f"IssueDateTime/{date}"),
        type_code=text(document, "TypeCode"),
        currency=currency,
        vat_currency=text(settlement, "TaxCurrencyCode"),
        due=reader.day(terms, f"DueDateDateTime/{date}"),
        terms="\n".join(texts(settlement, "SpecifiedTradePaymentTerms/Description")),
        tax_point=next(
            (day for tax in taxes if (day := reader.day(tax, "TaxPointDate/DateString")) is not None), None
        ),
        tax_point_code=next((code for tax in taxes if (code := text(tax, "DueDateTypeCode"))), ""),
        notes=texts(document, "IncludedNote/Content"),
        buyer_reference=text(agreement, "BuyerReference"),
        order=text(
            agreement,
            "BuyerOrderReferencedDocument/IssuerAssignedID",
            "BuyerOrderReferencedDocument/ID",
        ),
        contract=text(
            agreement, "ContractReferencedDocument/IssuerAssignedID", "ContractReferencedDocument/ID"
        ),
        project=text(agreement, "SpecifiedProcuringProject/Name", "SpecifiedProcuringProject/ID"),
        delivery_note=text(
            delivery,
            "DespatchAdviceReferencedDocument/IssuerAssignedID",
            "DeliveryNoteReferencedDocument/IssuerAssignedID",
            "DeliveryNoteReferencedDocument/ID",
        ),
        preceding=tuple(
            text(entry, "IssuerAssignedID", "ID")
            for entry in children(settlement, "InvoiceReferencedDocument")
        ),
        seller=_party(child(agreement, "SellerTradeParty")),
        buyer=_party(child(agreement, "BuyerTradeParty")),
        payee=_some_party(settlement, "PayeeTradeParty"),
        representative=_some_party(agreement, "SellerTaxRepresentativeTradeParty"),
        ship_to=_some_party(delivery, "ShipToTradeParty"),
        delivered=reader.day(delivery, f"ActualDeliverySupplyChainEvent/OccurrenceDateTime/{date}"),
        period=_period(reader, settlement),
        payment_reference=text(settlement, "PaymentReference"),
        creditor_id=text(settlement, "CreditorReferenceID"),
        mandate=text(settlement, "SpecifiedTradePaymentTerms/DirectDebitMandateID"),
        means=tuple(_means(entry) for entry in children(settlement, "SpecifiedTradeSettlementPaymentMeans")),
        allowances=(
            *(_allowance(reader, entry) for entry in children(settlement, "SpecifiedTradeAllowanceCharge")),
            *(_freight(reader, entry) for entry in children(settlement, "SpecifiedLogisticsServiceCharge")),
        ),
        vat=tuple(_vat(reader, entry) for entry in taxes),
        totals=_totals(reader, settlement, currency),
        lines=tuple(_line(reader, entry) for entry in children(deal, "IncludedSupplyChainTradeLineItem")),
        attachments=tuple(_attachment(entry) for entry in _supporting(agreement)),
        unreadable=tuple(reader.unreadable),
    )


def embedded(root: Element) -> list[Element]:
    """The base64 texts of the attachments, in their order; an empty element where nothing is embedded."""
    agreement = child(
        child(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction"),
        "ApplicableHeaderTradeAgreement",
        "ApplicableSupplyChainTradeAgreement",
    )
    return [child(entry, "AttachmentBinaryObject") for entry in _supporting(agreement)]


def _supporting(agreement: Element) -> list[Element]:
    entries = children(agreement, "AdditionalReferencedDocument")
    return [entry for entry in entries if text(entry, "TypeCode") in _SUPPORTING]


def _some_party(node: Element, name: str) -> Party | None:
    found = node.find(name)
    return None if found is None else _party(found)


def _party(node: Element) -> Party:
    contact = child(node, "DefinedTradeContact")
    numbers = {
        entry.get("schemeID", ""): own_text(entry) for entry in children(node, "SpecifiedTaxRegistration/ID")
    }
    electronic = node.find("URIUniversalCommunication")
    return Party(
        name=text(node, "Name"),
        trading_name=text(node, "SpecifiedLegalOrganization/TradingBusinessName"),
        ids=tuple(
            Identifier(own_text(entry), entry.get("schemeID", ""))
            for entry in children(node, "ID", "GlobalID")
        ),
        legal_id=text(node, "SpecifiedLegalOrganization/ID"),
        vat_id=numbers.get("VA", ""),
        tax_number=numbers.get("FC", ""),
        legal_form=text(node, "Description"),
        address=_address(node.find("PostalTradeAddress")),
        contact=text(contact, "PersonName", "DepartmentName"),
        phone=text(contact, "TelephoneUniversalCommunication/CompleteNumber"),
        email=text(
            contact,
            "EmailURIUniversalCommunication/URIID",
            "EmailURIUniversalCommunication/CompleteNumber",
        ),
        electronic_address=None
        if electronic is None
        else Identifier(text(electronic, "URIID"), child(electronic, "URIID").get("schemeID", "")),
    )


def _address(node: Element | None) -> PostalAddress | None:
    if node is None:
        return None
    return PostalAddress(
        texts(node, "LineOne", "LineTwo", "LineThree"),
        text(node, "PostcodeCode"),
        text(node, "CityName"),
        text(node, "CountrySubDivisionName"),
        text(node, "CountryID"),
    )


def _period(reader: Reader, node: Element) -> Period | None:
    found = node.find("BillingSpecifiedPeriod")
    if found is None:
        return None
    return Period(
        reader.day(found, "StartDateTime/DateTimeString"), reader.day(found, "EndDateTime/DateTimeString")
    )


def _means(node: Element) -> PaymentMeans:
    account = child(node, "PayeePartyCreditorFinancialAccount")
    return PaymentMeans(
        code=text(node, "TypeCode"),
        text=text(node, "Information"),
        account=text(account, "IBANID", "ProprietaryID"),
        account_name=text(account, "AccountName"),
        bic=text(node, "PayeeSpecifiedCreditorFinancialInstitution/BICID"),
        card=text(node, "ApplicableTradeSettlementFinancialCard/ID"),
        debited_account=text(node, "PayerPartyDebtorFinancialAccount/IBANID"),
    )


def _allowance(reader: Reader, node: Element) -> AllowanceCharge:
    tax = child(node, "CategoryTradeTax")
    return AllowanceCharge(
        is_charge=text(node, "ChargeIndicator/Indicator", "ChargeIndicator").casefold() in {"true", "1"},
        amount=reader.number(node, "ActualAmount"),
        base=reader.number(node, "BasisAmount"),
        percent=reader.number(node, "CalculationPercent"),
        reason=text(node, "Reason"),
        reason_code=text(node, "ReasonCode"),
        category=_category(tax),
        rate=reader.number(tax, *_RATE),
    )


def _category(tax: Element) -> str:
    """The VAT category; another tax (on insurances) has none."""
    return text(tax, "CategoryCode") if text(tax, "TypeCode").upper() == "VAT" else ""


def _freight(reader: Reader, node: Element) -> AllowanceCharge:
    """EXTENDED and ZUGFeRD 1 know postage as a thing of its own; it counts as a charge."""
    tax = child(node, "AppliedTradeTax")
    return AllowanceCharge(
        is_charge=True,
        amount=reader.number(node, "AppliedAmount"),
        reason=text(node, "Description"),
        category=_category(tax),
        rate=reader.number(tax, *_RATE),
    )


def _vat(reader: Reader, node: Element) -> VatBreakdown:
    return VatBreakdown(
        base=reader.number(node, "BasisAmount"),
        amount=reader.number(node, "CalculatedAmount"),
        category=_category(node),
        rate=reader.number(node, *_RATE),
        reason=text(node, "ExemptionReason"),
        reason_code=text(node, "ExemptionReasonCode"),
    )


def _totals(reader: Reader, settlement: Element, currency: str) -> Totals:
    sums = child(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    )
    own = other = None
    for entry in children(sums, "TaxTotalAmount"):
        if entry.get("currencyID", currency) == currency:
            own = reader.own_number(entry)
        else:
            other = reader.own_number(entry)
    return Totals(
        lines=reader.number(sums, "LineTotalAmount"),
        allowances=reader.number(sums, "AllowanceTotalAmount"),
        charges=reader.number(sums, "ChargeTotalAmount"),
        net=reader.number(sums, "TaxBasisTotalAmount"),
        vat=own,
        vat_in_accounting_currency=other,
        gross=reader.number(sums, "GrandTotalAmount"),
        prepaid=reader.number(sums, "TotalPrepaidAmount"),
        rounding=reader.number(sums, "RoundingAmount"),
        payable=reader.number(sums, "DuePayableAmount"),
    )


def _line(reader: Reader, node: Element) -> InvoiceLine:
    document = child(node, _LINE_ID)
    agreement = child(node, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = child(node, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = child(node, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    product, tax = child(node, "SpecifiedTradeProduct"), child(settlement, "ApplicableTradeTax")
    price = child(agreement, "NetPriceProductTradePrice")
    quantity = child(delivery, "BilledQuantity")
    global_id = product.find("GlobalID")
    sums = "SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"
    return InvoiceLine(
        id=text(document, "LineID"),
        name=text(product, "Name"),
        description=text(product, "Description"),
        note="\n".join(texts(document, "IncludedNote/Content")),
        quantity=reader.number(delivery, "BilledQuantity"),
        unit=quantity.get("unitCode", ""),
        price=reader.number(price, "ChargeAmount"),
        price_quantity=reader.number(price, "BasisQuantity"),
        gross_price=reader.number(agreement, "GrossPriceProductTradePrice/ChargeAmount"),
        net=reader.number(child(settlement, *sums), "LineTotalAmount"),
        category=_category(tax),
        rate=reader.number(tax, *_RATE),
        seller_article=text(product, "SellerAssignedID"),
        buyer_article=text(product, "BuyerAssignedID"),
        standard_article=None
        if global_id is None
        else Identifier(own_text(global_id), global_id.get("schemeID", "")),
        order_line=text(agreement, "BuyerOrderReferencedDocument/LineID"),
        period=_period(reader, settlement),
        allowances=tuple(
            _allowance(reader, entry) for entry in children(settlement, "SpecifiedTradeAllowanceCharge")
        ),
        attributes=tuple(
            (text(entry, "Description"), text(entry, "Value", "ValueMeasure"))
            for entry in children(product, "ApplicableProductCharacteristic")
        ),
        is_part=text(document, "LineStatusReasonCode") in _INFORMATION or _only_words(node),
    )


def _only_words(node: Element) -> bool:
    """ZUGFeRD 1 writes free text as a line without product and sums."""
    return len(node) == 1 and node[0].tag == _LINE_ID


def _attachment(node: Element) -> Attachment:
    binary = child(node, "AttachmentBinaryObject")
    return Attachment(
        reference=text(node, "IssuerAssignedID", "ID"),
        description=text(node, "Name"),
        file_name=binary.get("filename", "")[:200],
        media_type=binary.get("mimeCode", "")[:100],
        size=embedded_size(binary),
        place=text(node, "URIID"),
    )
