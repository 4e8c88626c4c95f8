"""What lines of signatures, imprints and letterheads look like, in German first and the languages around."""

from __future__ import annotations

import re

LEGAL_FORM = re.compile(
    r"\b(?:g?GmbH(?: ?& ?Co\.? ?(?:KG|OHG|KGaA))?|gGmbH|mbH|"
    r"UG(?: ?\(haftungsbeschränkt\))?(?: ?& ?Co\.? ?KG)?|AG|KGaA|KG|OHG|oHG|SE|"
    r"e\. ?K\.|eK|e\. ?Kfm\.|e\. ?Kfr\.|e\. ?U\.|GbR|PartG(?: ?mbB)?|e\. ?V\.|eG|Ltd\.?|LLC|Inc\.?|plc|"
    r"S\.?à\.? ?r\.?l\.?|"
    r"S\.?A\.?R\.?L\.?|SAS|S\.A\.|N\.?V\.|B\.?V\.?|V\.?O\.?F\.?|s\. ?r\. ?o\.|a\. ?s\.|Sp\. z o\. ?o\.|EOOD|"
    r"ЕООД|OOD|ООД|ЕТ|АД|"
    r"S\.?r\.?l\.?|S\.p\.A\.|Kft\.?|Zrt\.?|d\. ?o\. ?o\.|ApS|A/S|AB|Oy|Oyj|AS)(?![\w])"
)
TRADE_WORD = re.compile(
    r"(?i)\b(?:autohaus|bäckerei|bettenhaus|betten(?:studio|fachgeschäft)|hotel|pension|gasthof|gasthaus|"
    r"praxis|kanzlei|"
    r"apotheke|werkstatt|kfz|schreinerei|tischlerei|zimmerei|malerbetrieb|metzgerei|fleischerei|café|"
    r"restaurant|verlag|"
    r"\w*verein|stiftung|\w*gemeinde|pfarramt|stadtverwaltung|landkreis|\w*schule|kindergarten|klinik(?:um)?|krankenhaus|"
    r"spedition|"
    r"gebrüder|gebr\.|söhne|inc|group|gruppe|service|handel|shop|studio|büro|agentur|reifen(?:dienst|"
    r"handel)|fahrrad\w*|"
    r"zweirad\w*|immobilien|versicherung\w*|bank|sparkasse|universität|institut)\b"
)
CLOSING = re.compile(
    r"(?i)^(?:mit (?:freundlich\w+|best\w+|lieb\w+|herzlich\w+|sonnig\w+) grüß\w+|(?:freundliche|viele|"
    r"beste|herzliche|"
    r"liebe|schöne|sonnige) grüße.{0,30}|hochachtungsvoll|best regards|kind regards|regards|best wishes|"
    r"yours sincerely|"
    r"yours faithfully|sincerely|cordialement|bien à vous|поздрави|с уважение|mfg|lg|vg|gruß|grüße|"
    r"danke und gruß|--|—)[\s,!.]*$"
)
QUOTED = re.compile(
    r"(?i)^(?:>.*|-{2,} ?(?:original|ursprüngliche|weitergeleitet).*|_{10,}|von: .*@.*|from: .*@.*|"
    r"am .{6,40} schrieb .*|on .{6,60} wrote:)$"
)
OTHER_BUSINESS = re.compile(
    r"(?i)\b(?:registergericht|amtsgericht|handelsregister|hr[ab]\b|sitz der gesellschaft|gerichtsstand|"
    r"steuer-?(?:nr|nummer)|st\.?-?nr|"
    r"finanzamt|iban|bic|swift|kontonummer|konto|blz|bankverbindung|öffnungszeiten|mo\.? ?[-–] ?(?:fr|sa|"
    r"do)|gesendet von|sent from|"
    r"get outlook|handwerkskammer|aufsichtsbehörde|verantwortlich|haftungs(?:hinweis|ausschlu)|impressum|"
    r"datenschutz|copyright|©|"
    r"alle rechte|"
    r"this e-?mail|diese e-?mail|vertraulich|confidential|sprechzeiten|wirtschafts-id|eori|lucid|weee)"
)
OWNER = re.compile(
    r"(?i)^(?:geschäftsführ\w*(?:in|er)?|gf|inhaber(?:in)?|inh\.?|eigentümer(?:in)?|"
    r"vertreten durch(?: die geschäftsführung)?|"
    r"ansprechpartner(?:in)?|kontakt(?:person)?|z\. ?h(?:d|ä)?nd?\.?|z\. ?hd\.|zu händen(?: von)?|attn\.?|"
    r"attention|owner|director|"
    r"managing director|contact|управител)(?:\(in\))?(?![^\W\d_])[\s:.]*"
)
HEADING = re.compile(
    r"(?i)^(?:impressum|kontakt(?:daten)?|(?:liefer|rechnungs|versand|post)?(?:adresse|anschrift)|absender|empfänger|"
    r"angaben gemäß .*|contact|address|rechnung|lieferung|anfrage|bestellung|kunde|kundin|umsatzsteuer-id)[:.]?$"
)
ROLE = re.compile(
    r"(?i)\b(?:leit(?:er|ung)\w*|assist\w*|einkauf|vertrieb|verkauf|buchhaltung|sales|manager\w*|director|"
    r"sachbearbeit\w*|"
    r"abteilung|sekretariat|kundenservice|support|marketing|ceo|cto|cfo|geschäftsführ\w*|prokurist\w*|"
    r"meister(?:in)?|inhaber(?:in)?|"
    r"beratung|berater(?:in)?|team|owner|founder)\b"
)
ADDITION = re.compile(
    r"(?i)^(?:c/o\b|postfach|po box|p\. ?o\. ?box|packstation|postnummer|postfiliale|hinterhaus|vorderhaus|"
    r"haus [a-z0-9]|gebäude|"
    r"aufgang|eingang|treppe|wohnung|whg|apt|apartment|appartement|ап\.|ет\.|вх\.|et\.|vh\.|ap\.|bl\.|бл\.|"
    r"flat|floor|stiege|top [0-9]|"
    r"ortsteil|ot |[0-9]{1,2}\. ?(?:stock|og|etage|obergeschoss|floor)|eg\b|og\b|dg\b|erdgeschoss|"
    r"dachgeschoss|suite|unit|building|"
    r"[0-9a-z]{1,4}(?:th|nd|rd|st) floor)"
)
_STREET_END = (
    r"(?:stra(?:ß|ss)e|str|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|stieg|pfad|markt|graben|kamp|"
    r"hof|berg|"
    r"garten|park|tor|wall|zeile|promenade|steinweg|straat|laan|plein|gracht|vej|gade|gatan|vägen|utca|tie|"
    r"katu)"
)
HOUSE_NUMBER = r"[0-9]{1,4} ?[a-zA-Z]?(?: ?[-–/+] ?[0-9]{1,4} ?[a-zA-Z]?)?(?![\w.])"
STREETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^[^\d]{{0,60}}{_STREET_END}\b\.?,? ?(?:nr\.? ?)?{HOUSE_NUMBER}",
        (
            r"^(?:rue|avenue|av\.|boulevard|bd|chemin|route|via|viale|piazza|corso|calle|c/|plaza|ul\.?|ulica|"
            r"ulitsa|улица|ул\.?|бул\.?|"
            r"пл\.?|ж\.?к\.?|blvd\.?|bul\.?|pl\.?|al\.|os\.|zh\.?k\.?) .{2,60}$"
        ),
        (
            r"^[0-9]{1,4}[a-z]?(?: ?bis)?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|route|impasse|quai|"
            r"allée) [^\d]{2,50}$"
        ),
        (
            r"^[0-9]{1,5}[a-z]?,? [^\d]{2,40} (?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|way|court|"
            r"square|place|terrace|hill)\.?$"
        ),
        rf"^(?:straße|strasse|platz|allee|weg) (?:des|der|vom|am|im) .{{2,40}} {HOUSE_NUMBER}$",
        rf"^[^\d,;:@]{{3,60}} (?:nr\.? ?|№ ?)?{HOUSE_NUMBER}$",
    )
)
STREET_WORD = re.compile(r"(?i)^[^\d@:]{0,50}(?:stra(?:ß|ss)e|str\.|gasse|allee|weg|platz)$")
FIELD_LABELS = {
    "name": "name", "kunde": "name", "kundin": "name", "besteller": "name", "empfänger": "name", "absender": "name",
    "lieferadresse": "street", "lieferanschrift": "street", "rechnungsadresse": "street",
    "rechnungsanschrift": "street",
    "vorname": "given_name", "nachname": "family_name", "familienname": "family_name",
    "first name": "given_name", "last name": "family_name", "surname": "family_name", "ansprechpartner": "name",
    "anrede": "salutation", "salutation": "salutation", "titel": "title",
    "firma": "company", "firmenname": "company", "unternehmen": "company", "company": "company",
    "straße": "street", "strasse": "street", "adresse": "street", "anschrift": "street", "street": "street",
    "address": "street", "straße/nr": "street", "straße und hausnummer": "street", "straße, hausnummer": "street",
    "plz": "postal_code", "postleitzahl": "postal_code", "zip": "postal_code", "postcode": "postal_code",
    "ort": "city", "stadt": "city", "city": "city", "town": "city", "wohnort": "city",
    "plz/ort": "town", "plz, ort": "town", "plz ort": "town", "plz / ort": "town",
    "land": "country", "country": "country",
}  # fmt: skip

# the letters ahead of a postal code on an envelope (D-37073) and how long its digits are
VEHICLE_CODES = {
    "D": "DE",
    "A": "AT",
    "F": "FR",
    "I": "IT",
    "B": "BE",
    "L": "LU",
    "S": "SE",
    "E": "ES",
    "H": "HU",
    "P": "PT",
    "N": "NO",
}
CODE_DIGITS = {
    4: frozenset("AT BG CH BE LU DK HU NO SI LI".split()),
    5: frozenset("DE FR IT ES FI EE HR TR UA US CZ SK SE GR".split()),
}
DOMAIN_COUNTRIES = frozenset("de at ch bg fr it es nl be lu dk pl cz sk hu ro si hr gr se fi ie pt".split())

_STREET_PREFIX = r"(?:rue|via|viale|calle|ul\.|ulitsa|улица|ул\.|бул\.|bul\.|blvd\.?|av\.)"
# "Petra Müller Marktstraße 9" typed in one go: a compound street behind two names
NAME_THEN_STREET = re.compile(
    rf"(?i)^((?:[^\W\d_][^\W\d_.'’-]{{1,20}}[.'’-]?[^\W\d_]{{0,20}} ){{2,4}})"
    rf"((?:[^\W\d_-]{{2,30}}{_STREET_END}\b\.?|{_STREET_PREFIX} .{{2,40}}?) {HOUSE_NUMBER})$"
)
