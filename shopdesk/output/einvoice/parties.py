"""Seller, buyer and where the goods go (BG-4, BG-7, BG-13)."""

from __future__ import annotations

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, Fulfilment
from shopdesk.domain.electronic_addresses import MAIL, electronic_address
from shopdesk.domain.totals import Totals
from shopdesk.domain.vat_ids import vat_id_compact
from shopdesk.domain.xml_text import xml_text
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import words
from shopdesk.output.einvoice.xml import leaf, node

_CODES = {"XK": "1A"}  # the code list of EN 16931 has its own code for Kosovo (BR-CL-14)


def seller(document: Document, sums: Totals, texts: Texts) -> str:
    """BG-4. Without a VAT id the tax number identifies the seller, too (BR-CO-26)."""
    value = document.seller
    vat_id = "" if _outside_vat(sums) else vat_id_compact(value.vat_id)
    return node(
        "SellerTradeParty",
        "" if vat_id else leaf("ID", value.tax_number),
        leaf("Name", value.name),
        leaf("Description", words.legal_information(document, texts)),
        node("SpecifiedLegalOrganization", leaf("ID", value.register_number)),
        _contact(value.owner or value.name, value.phone, value.email),
        _address(value.address),
        _electronic_address(value.email, MAIL),
        node("SpecifiedTaxRegistration", leaf("ID", value.tax_number, schemeID="FC")),
        node("SpecifiedTaxRegistration", leaf("ID", vat_id, schemeID="VA")),
    )


def buyer(document: Document, sums: Totals) -> str:
    """BG-7."""
    value = document.recipient
    vat_id = "" if _outside_vat(sums) else vat_id_compact(value.vat_id)
    return node(
        "BuyerTradeParty",
        leaf("ID", value.customer_number),
        leaf("Name", value.name),
        _contact(value.person.full, "", "") if xml_text(value.company) else "",
        _address(value.address),
        _electronic_address(*electronic_address(value)),
        node("SpecifiedTaxRegistration", leaf("ID", vat_id, schemeID="VA")),
    )


def ship_to(document: Document, sums: Totals) -> str:
    """BG-13 and BG-15, where goods go to the buyer; always for an intra-community supply (BR-IC-12)."""
    value = document.recipient
    moved = document.fulfilment in {Fulfilment.SHIP, Fulfilment.DELIVER}
    if not moved and not value.delivery_address and not any(row.category == "K" for row in sums.vat):
        return ""
    return node("ShipToTradeParty", leaf("Name", value.name), _address(value.goods_address))


def _outside_vat(sums: Totals) -> bool:
    """What is not subject to VAT names no VAT ids (BR-O-02)."""
    return any(row.category == "O" for row in sums.vat)


def _contact(person: str, phone: str, email: str) -> str:
    return node(
        "DefinedTradeContact",
        leaf("PersonName", person),
        node("TelephoneUniversalCommunication", leaf("CompleteNumber", phone)),
        node("EmailURIUniversalCommunication", leaf("URIID", email)),
    )


def _address(address: Address) -> str:
    lines = [line for line in map(xml_text, address.lines) if line]
    first, second, *rest = [*lines, "", ""]
    country = xml_text(address.country)
    return node(
        "PostalTradeAddress",
        leaf("PostcodeCode", address.postal_code),
        leaf("LineOne", first),
        leaf("LineTwo", second),
        leaf("LineThree", ", ".join(line for line in rest if line)),
        leaf("CityName", address.city),
        leaf("CountryID", _CODES.get(country, country)),
    )


def _electronic_address(address: str, scheme: str) -> str:
    """BT-34, BT-49."""
    return node("URIUniversalCommunication", leaf("URIID", address, schemeID=scheme))
