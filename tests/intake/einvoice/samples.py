"""One small invoice in every syntax: two mattresses of the sample shop, and what is made of it to break it."""

from __future__ import annotations

import base64
import io
import zlib

from pypdf import PdfWriter

_CII = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)
_ADDRESS = (
    "<ram:PostalTradeAddress><ram:PostcodeCode>{code}</ram:PostcodeCode><ram:LineOne>{street}</ram:LineOne>"
    "<ram:CityName>{city}</ram:CityName><ram:CountryID>{country}</ram:CountryID></ram:PostalTradeAddress>"
)
_CII_LINE = """
<ram:IncludedSupplyChainTradeLineItem>
 <ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>
 <ram:SpecifiedTradeProduct><ram:Name>Rollmatratze 80 × 190 cm</ram:Name></ram:SpecifiedTradeProduct>
 <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
  <ram:ChargeAmount>100.00</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
 <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">2</ram:BilledQuantity>
 </ram:SpecifiedLineTradeDelivery>
 <ram:SpecifiedLineTradeSettlement>
  <ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>
   <ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>
  <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>200.00</ram:LineTotalAmount>
  </ram:SpecifiedTradeSettlementLineMonetarySummation>
 </ram:SpecifiedLineTradeSettlement>
</ram:IncludedSupplyChainTradeLineItem>"""


def cii(lines: int = 1) -> str:
    """Factur-X / XRechnung: 200.00 net a line, 19 %."""
    net = 200 * lines
    vat = net * 19 // 100
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice {_CII}>
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
 <ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>R-2026-0412</ram:ID><ram:TypeCode>380</ram:TypeCode>
 <ram:IssueDateTime><udt:DateTimeString format="102">20261123</udt:DateTimeString></ram:IssueDateTime>
 <ram:IncludedNote><ram:Content>Danke für Ihren Auftrag</ram:Content></ram:IncludedNote></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{"".join(_CII_LINE.format(number=at + 1) for at in range(lines))}
<ram:ApplicableHeaderTradeAgreement>
 <ram:SellerTradeParty><ram:Name>Federkern Sörensen GmbH</ram:Name>
  {_ADDRESS.format(code="37073", street="Weender Straße 1", city="Göttingen", country="DE")}
  <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID></ram:SpecifiedTaxRegistration>
 </ram:SellerTradeParty>
 <ram:BuyerTradeParty><ram:Name>Schlafgut Lindner</ram:Name>
  {_ADDRESS.format(code="37073", street="Marktstraße 9", city="Göttingen", country="DE")}</ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement>
 <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
 <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount>
  <ram:IBANID>DE02120300000000202051</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
 </ram:SpecifiedTradeSettlementPaymentMeans>
 <ram:ApplicableTradeTax><ram:CalculatedAmount>{vat}.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
  <ram:BasisAmount>{net}.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
  <ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>
 <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20261207</udt:DateTimeString>
 </ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
 <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  <ram:LineTotalAmount>{net}.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>{net}.00</ram:TaxBasisTotalAmount>
  <ram:TaxTotalAmount currencyID="EUR">{vat}.00</ram:TaxTotalAmount>
  <ram:GrandTotalAmount>{net + vat}.00</ram:GrandTotalAmount><ram:DuePayableAmount>{net + vat}.00</ram:DuePayableAmount>
 </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""


_UBL_PARTY = """<cac:Party><cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName>
 <cbc:CityName>Göttingen</cbc:CityName><cbc:PostalZone>37073</cbc:PostalZone>
 <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>{tax}
 <cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"""
_UBL_TAX = (
    "<cac:PartyTaxScheme><cbc:CompanyID>DE136695976</cbc:CompanyID>"
    "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
)


def ubl(kind: str = "Invoice") -> str:
    """XRechnung (UBL): the same invoice, or the same as a credit note."""
    quantity = "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    code = "380" if kind == "Invoice" else "381"
    due = "<cbc:DueDate>2026-12-07</cbc:DueDate>" if kind == "Invoice" else ""
    terms = "" if kind == "Invoice" else "<cac:PaymentTerms><cbc:Note>sofort</cbc:Note></cac:PaymentTerms>"
    rate = (
        "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
<cbc:ID>R-2026-0412</cbc:ID><cbc:IssueDate>2026-11-23</cbc:IssueDate>{due}
<cbc:{kind}TypeCode>{code}</cbc:{kind}TypeCode><cbc:Note>Danke für Ihren Auftrag</cbc:Note>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>
{_UBL_PARTY.format(street="Weender Straße 1", tax=_UBL_TAX, name="Federkern Sörensen GmbH")}
</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{_UBL_PARTY.format(street="Marktstraße 9", tax="", name="Schlafgut Lindner")}
</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>
 <cbc:ID>DE02120300000000202051</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>{terms}
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">38.00</cbc:TaxAmount><cac:TaxSubtotal>
 <cbc:TaxableAmount currencyID="EUR">200.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">38.00</cbc:TaxAmount>
 <cac:TaxCategory>{rate}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">200.00</cbc:LineExtensionAmount>
 <cbc:TaxExclusiveAmount currencyID="EUR">200.00</cbc:TaxExclusiveAmount>
 <cbc:TaxInclusiveAmount currencyID="EUR">238.00</cbc:TaxInclusiveAmount>
 <cbc:PayableAmount currencyID="EUR">238.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:{kind}Line><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="C62">2</cbc:{quantity}>
 <cbc:LineExtensionAmount currencyID="EUR">200.00</cbc:LineExtensionAmount>
 <cac:Item><cbc:Name>Rollmatratze 80 × 190 cm</cbc:Name>
 <cac:ClassifiedTaxCategory>{rate}</cac:ClassifiedTaxCategory></cac:Item>
 <cac:Price><cbc:PriceAmount currencyID="EUR">100.00</cbc:PriceAmount></cac:Price></cac:{kind}Line>
</{kind}>"""


def with_attachment(kind: str, data: bytes) -> tuple[str, str]:
    """What to replace in `cii()` or `ubl()` by what, so that a photo comes along."""
    code = base64.b64encode(data).decode()
    if kind == "CII":
        end = "</ram:ApplicableHeaderTradeAgreement>"
        return end, (
            "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>foto</ram:IssuerAssignedID>"
            '<ram:TypeCode>916</ram:TypeCode><ram:AttachmentBinaryObject mimeCode="image/jpeg" filename="foto.jpg">'
            f"{code}</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>{end}"
        )
    begin = "<cac:AccountingSupplierParty>"
    return begin, (
        "<cac:AdditionalDocumentReference><cbc:ID>foto</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="image/jpeg" filename="foto.jpg">{code}'
        f"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>{begin}"
    )


def zugferd_1() -> str:
    """The old format of 2014: other names around the same things."""
    text = cii()
    for new, old in (
        ("rsm:CrossIndustryInvoice", "rsm:CrossIndustryDocument"),
        ("standard:CrossIndustryInvoice:100", "standard:CrossIndustryDocument:1p0"),
        (
            "urn:un:unece:uncefact:data:standard:CrossIndustryDocument:1p0",
            "urn:ferd:CrossIndustryDocument:invoice:1p0",
        ),
        ("rsm:ExchangedDocumentContext", "rsm:SpecifiedExchangedDocumentContext"),
        ("rsm:ExchangedDocument>", "rsm:HeaderExchangedDocument>"),
        ("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction"),
        ("ApplicableHeaderTrade", "ApplicableSupplyChainTrade"),
        ("SpecifiedLineTrade", "SpecifiedSupplyChainTrade"),
        ("RateApplicablePercent", "ApplicablePercent"),
        ("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"),
        ("SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"),
        ("urn:cen.eu:en16931:2017", "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort"),
    ):
        text = text.replace(new, old)
    return text


def pdf(*files: tuple[str, bytes], password: str = "") -> bytes:
    """An empty page with these files in it."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    for name, data in files:
        writer.add_attachment(name, data)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


_PAGE = b"<< /Type /Pages /Kids [<< /Type /Page /MediaBox [0 0 9 9] >>] /Count 1 >>"


def pdf_of(*objects: bytes) -> bytes:
    """A PDF written by hand out of these objects; the first one is its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def zip_bomb(megabytes: int) -> bytes:
    """A small PDF whose invoice unpacks to so many megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(factur-x.xml) 3 0 R] >> >> >>",
        _PAGE,
        b"<< /Type /Filespec /F (factur-x.xml) /UF (factur-x.xml) /EF << /F 4 0 R >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed),
    )


def circular_names() -> bytes:
    """A PDF whose list of files is its own beginning, many times over."""
    kids = [b"<< /Kids [%d 0 R %d 0 R] >>" % (number + 1, number + 1) for number in range(3, 60)]
    names = b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 3 0 R >> >>"
    return pdf_of(names, _PAGE, *kids, b"<< /Kids [3 0 R] >>")


def deep_pdf() -> bytes:
    """A PDF with half a million arrays in each other."""
    return pdf_of(b"<< /Type /Catalog /Pages 2 0 R /Names " + b"[" * 500_000 + b" >>", _PAGE)
