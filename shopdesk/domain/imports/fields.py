"""What a column can be, and under which headers programs write it (Outlook, Google, Thunderbird, Lexware, others)."""

from __future__ import annotations

from enum import StrEnum

from shopdesk.domain.folding import compact
from shopdesk.domain.imports.values import ImportKind
from shopdesk.domain.messages import N_

BETWEEN_VALUES = " ::: "
"""Google's own sign between several values of one cell."""


class CustomerField(StrEnum):
    """Where a cell of a customer goes."""

    NUMBER = "number"
    SALUTATION = "salutation"
    TITLE = "title"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    DISPLAY_NAME = "display_name"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    PHONE_LABEL = "phone_label"
    MOBILE = "mobile"
    PHONE_WORK = "phone_work"
    PHONE_HOME = "phone_home"
    FAX = "fax"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    STREET_MORE = "street_more"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    STATE = "state"
    COUNTRY = "country"
    WORK_STREET = "work_street"
    WORK_STREET_MORE = "work_street_more"
    WORK_POSTAL_CODE = "work_postal_code"
    WORK_CITY = "work_city"
    WORK_STATE = "work_state"
    WORK_COUNTRY = "work_country"
    HOME_STREET = "home_street"
    HOME_STREET_MORE = "home_street_more"
    HOME_POSTAL_CODE = "home_postal_code"
    HOME_CITY = "home_city"
    HOME_STATE = "home_state"
    HOME_COUNTRY = "home_country"
    VAT_ID = "vat_id"
    BUYER_REFERENCE = "buyer_reference"
    LANGUAGE = "language"
    NOTE = "note"
    FACTS = "facts"
    BIRTHDAY = "birthday"
    TAGS = "tags"
    RECOMMENDED_BY = "recommended_by"
    PAYMENT_DAYS = "payment_days"
    CASH_DISCOUNT = "cash_discount"
    CASH_DISCOUNT_DAYS = "cash_discount_days"
    DISCOUNT = "discount"
    DELIVERY_STREET = "delivery_street"
    DELIVERY_STREET_MORE = "delivery_street_more"
    DELIVERY_POSTAL_CODE = "delivery_postal_code"
    DELIVERY_CITY = "delivery_city"
    DELIVERY_STATE = "delivery_state"
    DELIVERY_COUNTRY = "delivery_country"
    CONTACT_NAME = "contact_name"
    CONTACT_SALUTATION = "contact_salutation"
    CONTACT_TITLE = "contact_title"
    CONTACT_GIVEN_NAME = "contact_given_name"
    CONTACT_FAMILY_NAME = "contact_family_name"
    CONTACT_ROLE = "contact_role"
    CONTACT_PHONE = "contact_phone"
    CONTACT_EMAIL = "contact_email"
    ELECTRONIC_ADDRESS = "electronic_address"
    ELECTRONIC_SCHEME = "electronic_scheme"
    XRECHNUNG = "xrechnung"
    CHANNEL = "channel"
    SERVICE_CHANNEL = "service_channel"
    ADVERTISING_CHANNEL = "advertising_channel"


class ArticleField(StrEnum):
    """Where a cell of an article goes."""

    CODE = "code"
    NAME = "name"
    DESCRIPTION = "description"
    UNIT = "unit"
    PRICE = "price"
    NET_PRICE = "net_price"
    GROSS_PRICE = "gross_price"
    VAT_RATE = "vat_rate"
    WEIGHT = "weight"
    SIZE = "size"
    WIDTH = "width"
    LENGTH = "length"
    HEIGHT = "height"
    PACKED_SIZE = "packed_size"
    PACKAGING = "packaging"
    TOGETHER = "together"
    HS_CODE = "hs_code"
    ORIGIN = "origin"


class InvoiceField(StrEnum):
    """Where a cell of an old invoice goes."""

    NUMBER = "number"
    DAY = "day"
    RECIPIENT = "recipient"
    CUSTOMER_NUMBER = "customer_number"
    GROSS = "gross"
    CURRENCY = "currency"
    TEXT = "text"
    FILE = "file"


FIELDS: dict[ImportKind, tuple[str, ...]] = {
    ImportKind.CUSTOMERS: tuple(CustomerField),
    ImportKind.ARTICLES: tuple(ArticleField),
    ImportKind.OLD_INVOICES: tuple(InvoiceField),
}

FIELD_NAMES: dict[ImportKind, dict[str, str]] = {
    ImportKind.CUSTOMERS: {
        "number": N_("Customer number"), "salutation": N_("Salutation"), "title": N_("Title"),
        "given_name": N_("First name"), "middle_name": N_("Further first names"), "family_name": N_("Last name"),
        "display_name": N_("Whole name"), "company": N_("Company"), "email": N_("Mail address"),
        "phone": N_("Phone"), "phone_label": N_("Kind of the next phone"), "mobile": N_("Mobile phone"),
        "phone_work": N_("Phone at work"), "phone_home": N_("Phone at home"), "fax": N_("Fax"),
        "street": N_("Street"), "house_number": N_("House number"), "street_more": N_("Address addition"),
        "postal_code": N_("Postal code"), "city": N_("Town"), "state": N_("State"), "country": N_("Country"),
        "work_street": N_("Street (work)"), "work_street_more": N_("Address addition (work)"),
        "work_postal_code": N_("Postal code (work)"), "work_city": N_("Town (work)"),
        "work_state": N_("State (work)"), "work_country": N_("Country (work)"),
        "home_street": N_("Street (home)"), "home_street_more": N_("Address addition (home)"),
        "home_postal_code": N_("Postal code (home)"), "home_city": N_("Town (home)"),
        "home_state": N_("State (home)"), "home_country": N_("Country (home)"),
        "vat_id": N_("VAT id"), "buyer_reference": N_("Buyer reference"), "language": N_("Language"),
        "note": N_("Note"), "facts": N_("Agreed"), "birthday": N_("Birthday"), "tags": N_("Tags"),
        "recommended_by": N_("Recommended by"), "payment_days": N_("Days until payment"),
        "cash_discount": N_("Cash discount in %"), "cash_discount_days": N_("Days for cash discount"),
        "discount": N_("Discount in %"), "delivery_street": N_("Street (delivery)"),
        "delivery_street_more": N_("Address addition (delivery)"),
        "delivery_postal_code": N_("Postal code (delivery)"), "delivery_city": N_("Town (delivery)"),
        "delivery_state": N_("State (delivery)"), "delivery_country": N_("Country (delivery)"),
        "contact_name": N_("Contact person: whole name"), "contact_salutation": N_("Contact person: salutation"),
        "contact_title": N_("Contact person: title"), "contact_given_name": N_("Contact person: first name"),
        "contact_family_name": N_("Contact person: last name"), "contact_role": N_("Contact person: role"),
        "contact_phone": N_("Contact person: phone"), "contact_email": N_("Contact person: mail"),
        "electronic_address": N_("Electronic address"), "electronic_scheme": N_("Kind of electronic address"),
        "xrechnung": N_("Invoices as XRechnung"), "channel": N_("Best reached by"),
        "service_channel": N_("Best reached by (service)"),
        "advertising_channel": N_("Best reached by (advertising)"),
    },
    ImportKind.ARTICLES: {
        "code": N_("Article code"), "name": N_("Name"), "description": N_("Description"), "unit": N_("Unit"),
        "price": N_("Price"), "net_price": N_("Net price"), "gross_price": N_("Gross price"),
        "vat_rate": N_("VAT rate"), "weight": N_("Weight"), "size": N_("Size"), "width": N_("Width"),
        "length": N_("Length"), "height": N_("Height"), "packed_size": N_("Packed size"),
        "packaging": N_("Packaging (article code)"), "together": N_("Several may share a parcel"),
        "hs_code": N_("Tariff number"), "origin": N_("Country of origin"),
    },
    ImportKind.OLD_INVOICES: {
        "number": N_("Invoice number"), "day": N_("Date"), "recipient": N_("Recipient"),
        "customer_number": N_("Customer number"), "gross": N_("Gross amount"), "currency": N_("Currency"),
        "text": N_("Text"), "file": N_("File"),
    },
}  # fmt: skip

# Several headers of a field stand between |, as they are written; they are compared folded and without signs
_CUSTOMER_HEADERS: dict[str, str] = {
    "number": "Kundennummer|Kunden-Nr.|Kundennr|Kd.-Nr.|KdNr|Customer number|Customer no|Customer ID|Debitor|"
    "Debitorennummer|Debitoren-Nr.|Kundenkonto",
    "salutation": "Anrede|Salutation|Briefanrede kurz|Anredeschlüssel",
    "title": "Titel|Title|Name Prefix|Akademischer Titel|Academic title",
    "given_name": "Vorname|First Name|Given Name|Firstname",
    "middle_name": "Weitere Vornamen|Middle Name|Additional Name|Zweiter Vorname",
    "family_name": "Nachname|Familienname|Last Name|Family Name|Surname|Lastname",
    "display_name": "Anzeigename|Display Name|Name|Full Name|Kunde|Kundenname|Ansprechpartner|Kontakt|Contact|"
    "Customer|Customer name|Name 1|File As",
    "company": "Firma|Firmenname|Company|Company Name|Organisation|Organization|Organization Name|"
    "Organization 1 - Name|Unternehmen|Firma 1|Firma1",
    "email": "E-Mail|Email|E-Mail-Adresse|E-Mail Address|Mail|Mailadresse|Primary Email|Secondary Email|"
    "Primäre E-Mail-Adresse|Primäre E-Mail|Sekundäre E-Mail-Adresse|Sekundäre E-Mail|Zusätzliche E-Mail|"
    "E-Mail 2 Address|E-Mail 3 Address|E-Mail 2: Adresse|E-Mail 3: Adresse|E-Mail-Adresse 2|E-Mail-Adresse 3|"
    "E-Mail 2|E-Mail 3|E-Mail 1 - Value|E-Mail 2 - Value|E-Mail 3 - Value|E-Mail 4 - Value",
    "phone": "Telefon|Tel.|Tel|Telefon 1|Telefon 2|Telefon1|Telefon2|Telefonnummer|Phone|Phone number|Haupttelefon|"
    "Primary Phone|Other Phone|Weiteres Telefon|Phone 1 - Value|Phone 2 - Value|Phone 3 - Value|"
    "Phone 4 - Value|Phone 5 - Value|Company Main Phone|Telefon Firma|Rufnummer",
    "phone_label": "Phone 1 - Type|Phone 2 - Type|Phone 3 - Type|Phone 4 - Type|Phone 5 - Type|Phone 1 - Label|"
    "Phone 2 - Label|Phone 3 - Label|Phone 4 - Label|Phone 5 - Label",
    "mobile": "Mobil|Mobiltelefon|Handy|Mobilnummer|Mobile|Mobile Phone|Mobile Number|Mobil-Tel.-Nr.|Mobilfunk|"
    "Mobiltelefon 2|Mobile Phone 2|Cell Phone",
    "phone_work": "Telefon geschäftlich|Telefon geschäftlich 2|Telefon (geschäftlich)|Business Phone|"
    "Business Phone 2|Work Phone|Tel. dienstlich|Telefon dienstlich|Telefon Büro|Assistant's Phone",
    "phone_home": "Telefon privat|Telefon privat 2|Telefon (privat)|Telefon (privat 2)|Home Phone|Home Phone 2|"
    "Tel. privat",
    "fax": "Fax|Telefax|Faxnummer|Fax-Nummer|Fax Number|Fax geschäftlich|Fax privat|Business Fax|Home Fax|"
    "Other Fax|Weiteres Fax",
    "street": "Straße|Strasse|Straße und Hausnummer|Straße Nr|Straße + Nr.|Anschrift|Adresse|Street|Street address|"
    "Address|Other Street|Weitere Straße|Address 1 - Street|Adresse 1|Address line 1",
    "house_number": "Hausnummer|Hausnr.|Haus-Nr.|House number",
    "street_more": "Adresszusatz|Zusatz|Address line 2|Adresse 2|Other Street 2|Weitere Straße 2|"
    "Address 1 - Extended Address|Straße 2|Firmenzusatz|Address addition",
    "postal_code": "PLZ|Postleitzahl|ZIP|ZIP Code|Zipcode|Postal Code|Postcode|Other Postal Code|"
    "Weitere Postleitzahl|Address 1 - Postal Code",
    "city": "Ort|Stadt|Wohnort|City|Town|Other City|Weiterer Ort|Address 1 - City",
    "state": "Bundesland|State|Region|Other State|Address 1 - Region|Weitere Region",
    "country": "Land|Staat|Country|Land/Region|Country/Region|Länderkürzel|Länderkennzeichen|Country code|"
    "Other Country/Region|Other Country|Weiteres Land/Region|Weiteres Land|Address 1 - Country",
    "work_street": "Straße geschäftlich|Business Street|Work Address|Dienstlich: Adresse",
    "work_street_more": "Straße geschäftlich 2|Straße geschäftlich 3|Business Street 2|Business Street 3|"
    "Work Address 2|Dienstlich: Adresse 2",
    "work_postal_code": "Postleitzahl geschäftlich|PLZ geschäftlich|Business Postal Code|Work ZipCode|"
    "Dienstlich: PLZ",
    "work_city": "Ort geschäftlich|Business City|Work City|Dienstlich: Ort",
    "work_state": "Region geschäftlich|Bundesland/Kanton geschäftlich|Business State|Work State|"
    "Dienstlich: Bundesland",
    "work_country": "Land/Region geschäftlich|Land geschäftlich|Business Country/Region|Business Country|"
    "Work Country|Dienstlich: Land",
    "home_street": "Straße privat|Home Street|Home Address|Privat: Adresse",
    "home_street_more": "Straße privat 2|Straße privat 3|Home Street 2|Home Street 3|Home Address 2|"
    "Privat: Adresse 2",
    "home_postal_code": "Postleitzahl privat|PLZ privat|Home Postal Code|Home ZipCode|Privat: PLZ",
    "home_city": "Ort privat|Home City|Privat: Ort",
    "home_state": "Region privat|Bundesland/Kanton privat|Home State|Privat: Bundesland",
    "home_country": "Land/Region privat|Land privat|Home Country/Region|Home Country|Privat: Land",
    "vat_id": "USt-IdNr.|USt-ID|UStID|USt-Id-Nr|Umsatzsteuer-ID|EU-UStId|VAT ID|VAT number|VAT no|UID|EU-USt-IdNr.",
    "buyer_reference": "Leitweg-ID|Kundenreferenz|Buyer reference|Käuferreferenz",
    "language": "Sprache|Language",
    "note": "Notiz|Notizen|Notes|Note|Bemerkung|Bemerkungen|Kommentar|Info|Comments|Interne Notiz|"
    "Internal note",
    "facts": "Vereinbart|Vereinbarungen|Agreed",
    "birthday": "Geburtstag|Geburtsdatum|Geb.-Datum|Geboren am|Geb. am|Birthday|Date of birth|Birthdate|DOB",
    "tags": "Schlagwörter|Schlagworte|Kategorien|Kategorie|Kundengruppe|Gruppe|Tags|Categories|Category|Labels|"
    "Group Membership|Gruppenzugehörigkeit",
    "recommended_by": "Empfohlen von|Empfehlung von|Geworben von|Recommended by|Referred By|Empfohlen durch",
    "payment_days": "Zahlungsziel|Zahlungsziel in Tagen|Zahlungsziel (Tage)|Zahlungsfrist|Days until payment|"
    "Payment days|Payment terms (days)",
    "cash_discount": "Skonto|Skonto in %|Skonto %|Skontosatz|Cash discount|Cash discount in %",
    "cash_discount_days": "Skontotage|Skonto Tage|Tage für Skonto|Skontofrist|Days for cash discount",
    "discount": "Rabatt|Rabatt in %|Rabatt %|Kundenrabatt|Rabattsatz|Discount|Discount in %",
    "delivery_street": "Lieferanschrift|Straße (Lieferung)|Lieferstraße|Lieferadresse|Lieferadresse Straße|"
    "Lieferanschrift Straße|Street (delivery)|Delivery street|Shipping street|Delivery address|Shipping address",
    "delivery_street_more": "Adresszusatz (Lieferung)|Lieferadresse Zusatz|Address addition (delivery)",
    "delivery_postal_code": "PLZ (Lieferung)|Liefer-PLZ|Lieferadresse PLZ|Lieferanschrift PLZ|"
    "Postleitzahl (Lieferung)|Postal code (delivery)|Delivery postal code|Shipping postal code",
    "delivery_city": "Ort (Lieferung)|Lieferort|Lieferadresse Ort|Lieferanschrift Ort|Town (delivery)|Delivery city|"
    "Shipping city",
    "delivery_state": "Bundesland (Lieferung)|State (delivery)",
    "delivery_country": "Land (Lieferung)|Lieferland|Lieferadresse Land|Lieferanschrift Land|Country (delivery)|"
    "Delivery country|Shipping country",
    "electronic_address": "Elektronische Adresse|Electronic address",
    "electronic_scheme": "Art der elektronischen Adresse|Kind of electronic address",
    "xrechnung": "Rechnungen als XRechnung|Invoices as XRechnung|XRechnung",
    "channel": "Am liebsten per|Best reached by",
    "service_channel": "Am liebsten per (Service)|Best reached by (service)",
    "advertising_channel": "Am liebsten per (Werbung)|Best reached by (advertising)",
}
_MOST_OF_A_KIND = 20
# … and the same behind each number: Telefon 2, Phone 2, Ansprechpartner 2 Vorname
_NUMBERED_HEADERS: dict[str, str] = {
    "phone": "Telefon {n}|Phone {n}|Telefonnummer {n}|Tel. {n}|Rufnummer {n}",
    "phone_label": "Telefonart {n}|Kind of phone {n}",
    "mobile": "Mobil {n}|Handy {n}|Mobiltelefon {n}",
    "email": "Mail {n}|E-Mail {n}|Email {n}|E-Mail-Adresse {n}",
    "street_more": "Adresszusatz {n}|Address addition {n}",
    "delivery_street_more": "Adresszusatz (Lieferung) {n}|Address addition (delivery) {n}",
    "note": "Notiz {n}|Bemerkung {n}",
    "contact_name": "Ansprechpartner {n}|Kontaktperson {n}|Contact person {n}",
    "contact_salutation": "Ansprechpartner {n} Anrede|Contact person {n} salutation",
    "contact_title": "Ansprechpartner {n} Titel|Contact person {n} title",
    "contact_given_name": "Ansprechpartner {n} Vorname|Contact person {n} first name",
    "contact_family_name": "Ansprechpartner {n} Nachname|Ansprechpartner {n} Name|Contact person {n} last name",
    "contact_role": "Ansprechpartner {n} Rolle|Ansprechpartner {n} Funktion|Ansprechpartner {n} Position|"
    "Contact person {n} role",
    "contact_phone": "Ansprechpartner {n} Telefon|Contact person {n} phone",
    "contact_email": "Ansprechpartner {n} E-Mail|Ansprechpartner {n} Mail|Contact person {n} mail",
}

_ARTICLE_HEADERS: dict[str, str] = {
    "code": "Artikelnummer|Artikel-Nr.|Art.-Nr.|ArtNr|Artikelnr|Artikelcode|Article code|Article number|Item number|"
    "SKU|Item no|Product code|Code|Bestellnummer",
    "name": "Artikel|Artikelbezeichnung|Bezeichnung|Artikelname|Kurztext|Article|Article name|Item|Product|"
    "Product name|Name|Produkt|Bezeichnung 1",
    "description": "Beschreibung|Artikelbeschreibung|Langtext|Description|Bezeichnung 2|Details",
    "unit": "Einheit|Mengeneinheit|ME|Unit|Unit of measure|VPE",
    "price": "Preis|Price|VK|VK-Preis|Verkaufspreis|Einzelpreis|Unit price|Listenpreis|VK 1|UVP",
    "net_price": "Nettopreis|Preis netto|VK netto|Net price|Netto|Verkaufspreis netto|Netto-VK|EP netto|VK1 netto",
    "gross_price": "Bruttopreis|Preis brutto|VK brutto|Gross price|Brutto|Verkaufspreis brutto|Brutto-VK|VK1 brutto",
    "vat_rate": "MwSt|MwSt.-Satz|USt|Steuersatz|USt-Satz|VAT|VAT rate|Steuer|MwSt %|USt %|Tax rate",
    "weight": "Gewicht|Weight|Gewicht kg|Gewicht (kg)|Weight kg|Weight (kg)",
    "size": "Größe|Maße|Abmessungen|Abmessung|Size|Dimensions",
    "width": "Breite|Breite cm|Breite (cm)|Width|Width (cm)",
    "length": "Länge|Länge cm|Länge (cm)|Length|Length (cm)",
    "height": "Höhe|Höhe cm|Höhe (cm)|Height|Height (cm)",
    "packed_size": "Packmaß|Packmaße|Packmaß cm|Packmaß (cm)|Verpackungsmaße|Versandmaße|Packed size|Package size",
    "packaging": "Verpackung|Verpackung (Artikelnummer)|Packaging|Packaging (article code)",
    "together": "Mehrere dürfen zusammen in ein Paket|Several may share a parcel|Zusammen packen",
    "hs_code": "Zolltarifnummer|Zolltarif-Nr.|Warennummer|Stat. Warennummer|Statistische Warennummer|HS-Code|HS code|"
    "Tariff number|TARIC",
    "origin": "Ursprungsland|Ursprung|Herkunftsland|Country of origin|Origin",
}
_INVOICE_HEADERS: dict[str, str] = {
    "number": "Rechnungsnummer|Rechnungs-Nr.|Rechnungsnr|Rech.-Nr.|RG-Nr.|RgNr|Belegnummer|Beleg-Nr.|Invoice number|"
    "Invoice no|Invoice",
    "day": "Datum|Rechnungsdatum|Belegdatum|Date|Invoice date|RG-Datum",
    "recipient": "Kunde|Kundenname|Name|Empfänger|Rechnungsempfänger|Customer|Customer name|Recipient|Firma",
    "customer_number": "Kundennummer|Kunden-Nr.|Kundennr|Kd.-Nr.|Customer number|Customer no|Debitor",
    "gross": "Brutto|Bruttobetrag|Betrag|Summe|Gesamtbetrag|Rechnungsbetrag|Endbetrag|Gross|Gross amount|Amount|Total",
    "currency": "Währung|Currency",
    "text": "Text|Betreff|Bezeichnung|Beschreibung|Subject|Description|Notiz",
    "file": "Datei|PDF|Dateiname|File|File name|Dokument",
}


def _spellings(headers: dict[str, str]) -> dict[str, str]:
    return {compact(header): name for name, together in headers.items() for header in together.split("|")}


def _numbered() -> dict[str, str]:
    found: dict[str, str] = {}
    for number in ("", *map(str, range(1, _MOST_OF_A_KIND + 1))):
        found |= _spellings({name: text.replace("{n}", number) for name, text in _NUMBERED_HEADERS.items()})
    return found


HEADERS: dict[ImportKind, dict[str, str]] = {
    ImportKind.CUSTOMERS: _numbered() | _spellings(_CUSTOMER_HEADERS),
    ImportKind.ARTICLES: _spellings(_ARTICLE_HEADERS),
    ImportKind.OLD_INVOICES: _spellings(_INVOICE_HEADERS),
}

MANY: dict[ImportKind, frozenset[str]] = {
    ImportKind.CUSTOMERS: frozenset(
        {"email", "phone", "phone_label", "mobile", "phone_work", "phone_home", "fax", "street_more", "note",
         "work_street_more", "home_street_more", "delivery_street_more", "facts", "tags", "contact_name",
         "contact_salutation", "contact_title", "contact_given_name", "contact_family_name", "contact_role",
         "contact_phone", "contact_email"}
    ),
    ImportKind.ARTICLES: frozenset({"description"}),
    ImportKind.OLD_INVOICES: frozenset(),
}  # fmt: skip
"""Fields that several columns of a file may have."""
