"""A pasted signature, imprint or letterhead, or an address typed line by line in any order, as fields to be checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shopdesk.domain.folding import compact
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.phones import NotAPhoneNumber, PhoneNumber, looks_like_phone, parse_phones
from shopdesk.domain.typing import address_words as words
from shopdesk.domain.typing.contact_details import take_emails, take_vat_id, take_website
from shopdesk.domain.typing.people import has_salutation, parse_person
from shopdesk.domain.typing.signatures import has_content, joined_salutations, pieces, signature
from shopdesk.domain.typing.towns import Town, take_country, take_town

_FIELD = re.compile(r"^([^:]{2,25}):\s*(.*)$")
_PHONE_LABEL = re.compile(
    r"(?i)^\W{0,3}(?:tele(?:fon|fax)|tel|fon|phone|fax|mobil\w{0,9}|handy|cell|privat|büro|t|m|f|тел|телефон)\b[.:\s]"
)
_PHONE_INSIDE = re.compile(r"(?<![\w+])(?:\+ ?[1-9]|00[1-9]|\(?0[1-9])[0-9 ()/.-]{5,22}[0-9](?![\w@])")
_COMPANY_WORD = re.compile(r"(?i)^(?:firma|fa\.)\s+")


@dataclass(frozen=True, slots=True)
class PastedContact:
    """What was recognised in a text; nothing of it is certain, so it is always shown for checking.

    `lines`: street and additions; `country`: ISO 3166 code or "" when the postal code contradicts the shop's country;
    `vat_id_valid`: the check digits are right; `leftovers`: lines nobody could place, in their order.
    """

    company: str = ""
    salutation: Salutation = Salutation.NONE
    title: str = ""
    given_name: str = ""
    family_name: str = ""
    lines: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""
    country: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    website: str = ""
    vat_id: str = ""
    vat_id_valid: bool = False
    leftovers: tuple[str, ...] = ()

    @property
    def name(self) -> PersonName:
        """The person as the rest of the program knows persons."""
        return PersonName(self.salutation, self.title, self.given_name, self.family_name)


@dataclass(slots=True)
class _Reading:
    """The pieces not yet understood, in order, and what has been understood."""

    country_names: Mapping[str, str]
    default_country: str
    area_code: str
    pieces: list[str]
    leftovers: list[str]
    single_line: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    phones: list[PhoneNumber] = field(default_factory=list)
    dialled_from_abroad: str = ""
    town: Town = field(default_factory=Town)
    company: str = ""
    lines: list[str] = field(default_factory=list)
    vat_id: str = ""
    vat_id_valid: bool = False
    website: str = ""
    person: PersonName = field(default_factory=PersonName)

    def take(self, understood: Callable[[str], str | None]) -> None:
        """Hand each piece to `understood`; it gives back what is left of it, or None when it is not its kind."""
        rest = [(piece, understood(piece)) for piece in self.pieces]
        self.pieces = [
            left for piece, given in rest for left in [piece if given is None else given] if has_content(left)
        ]


def parse_contact(
    text: str, country_names: Mapping[str, str], default_country: str = "DE", area_code: str = ""
) -> PastedContact:
    """Sort a text into the fields of a customer, whatever the order; never raises, also while it is being typed.

    `default_country`: of the caller's phone number, else the shop's. `country_names`: casefolded names in any
    language → ISO code. Only the first 6,000 characters are read.
    """
    ours, before = signature(text)
    single = sum(not looks_like_phone(line) for line in ours) == 1
    reading = _Reading(country_names, default_country, area_code, [], before, single_line=single)
    for line in joined_salutations(ours):
        reading.pieces += pieces(_labelled(line, reading), country_names)
    for step in (_details, _businesses, _phones, _places, _companies, _streets, _persons):
        step(reading)
    return _contact(reading)


def _labelled(line: str, reading: _Reading) -> str:
    """Take "Ort: Göttingen" of a web form; what has no such label stays."""
    found = _FIELD.match(line)
    name = words.FIELD_LABELS.get(found[1].strip().lower()) if found else None
    if not found or not name:
        return line
    value = found[2].strip(" ,")
    if name in {"street", "town", "name", "country"}:
        return value
    if value:
        reading.fields.setdefault(name, value)
    return ""


def _details(reading: _Reading) -> None:
    def understood(piece: str) -> str:
        left, emails = take_emails(piece)
        reading.emails += [email for email in emails if email not in reading.emails]
        left, vat_id, valid = take_vat_id(left)
        if vat_id and (not reading.vat_id or (valid and not reading.vat_id_valid)):
            reading.vat_id, reading.vat_id_valid = vat_id, valid
        left, website = take_website(left)
        reading.website = reading.website or website
        return left

    reading.take(understood)


def _businesses(reading: _Reading) -> None:
    def understood(piece: str) -> str | None:
        if words.OTHER_BUSINESS.search(piece) and not words.OWNER.match(piece):
            reading.leftovers.append(piece)
            return ""
        return None

    reading.take(understood)


def _phones(reading: _Reading) -> None:
    def understood(piece: str) -> str | None:
        if looks_like_phone(piece) or (_PHONE_LABEL.match(piece) and sum(map(str.isdigit, piece)) >= 5):
            return "" if _kept_phones(piece, reading) else None
        inside = _PHONE_INSIDE.search(piece)
        if inside and sum(map(str.isdigit, inside[0])) >= 7 and _kept_phones(inside[0], reading):
            return f"{piece[: inside.start()]} {piece[inside.end() :]}".strip(" ,;:-")
        return None

    reading.take(understood)


def _kept_phones(piece: str, reading: _Reading) -> bool:
    try:
        found = parse_phones(piece, reading.default_country, reading.area_code)
    except NotAPhoneNumber:
        return False
    known = {phone.e164 for phone in reading.phones}
    reading.phones += [phone for phone in found if phone.e164 not in known]
    if re.search(r"\+|(?<![0-9])00[1-9]", piece):
        reading.dialled_from_abroad = reading.dialled_from_abroad or found[0].region
    return True


def _places(reading: _Reading) -> None:
    first = reading.pieces[0] if reading.pieces else ""

    def country(piece: str) -> str | None:
        code = take_country(piece, reading.country_names, first=piece == first)
        if code and not reading.town.country:
            reading.town.country = code
            return ""
        return None

    reading.take(country)
    for last_chance in (False, True):
        if not reading.town.found:
            reading.take(
                lambda piece, late=last_chance: take_town(
                    piece, reading.town, reading.country_names, last_chance=late
                )  # type: ignore[misc]
            )


def _companies(reading: _Reading) -> None:
    def understood(piece: str) -> str | None:
        if reading.company or words.OWNER.match(piece) or has_salutation(piece):
            return None
        if words.LEGAL_FORM.search(piece) or _COMPANY_WORD.match(piece):
            reading.company = _COMPANY_WORD.sub("", piece).strip(" ,")
            return ""
        return None

    reading.take(understood)
    if not reading.company:
        reading.take(lambda piece: _trade_name(piece, reading))


def _trade_name(piece: str, reading: _Reading) -> str | None:
    if (
        reading.company
        or not words.TRADE_WORD.search(piece)
        or any(map(str.isdigit, piece))
        or has_salutation(piece)
    ):
        return None
    if (
        words.STREET_WORD.match(piece)
        or words.ADDITION.match(piece)
        or words.ROLE.search(piece)
        or len(piece.split()) > 8
    ):
        return None
    reading.company = piece.strip(" ,")
    return ""


def _streets(reading: _Reading) -> None:
    if reading.single_line:
        reading.pieces = [part for piece in reading.pieces for part in _name_and_street(piece)]
    streets = [piece for pattern in words.STREETS for piece in reading.pieces if pattern.match(piece)]
    streets += [
        piece for piece in reading.pieces if words.STREET_WORD.match(piece) and not has_salutation(piece)
    ]

    def understood(piece: str) -> str | None:
        if words.ADDITION.match(piece) or (streets and piece == streets[0]):
            reading.lines.append(piece)
            return ""
        return None

    reading.take(understood)


def _name_and_street(piece: str) -> list[str]:
    found = words.NAME_THEN_STREET.match(piece)
    if found and parse_person(found[1]):
        return [found[1].strip(), found[2].strip()]
    return [piece]


def _persons(reading: _Reading) -> None:
    """A salutation names the person, else a line that reads like a name, else the owner an imprint names."""
    owner_lines = [piece for piece in reading.pieces if words.OWNER.match(piece)]
    others = [piece for piece in reading.pieces if piece not in owner_lines and not words.ROLE.search(piece)]
    owners = [(piece, person) for piece in owner_lines for person in [_owner(piece)] if person]
    named = [(piece, person) for piece in others for person in [_plain(piece, reading, others)] if person]
    greeted = [(piece, person) for piece, person in named if has_salutation(piece)]
    # a nickname above the signature is worth less than first and family name
    named.sort(key=lambda candidate: not candidate[1].given_name)
    shop_first = not reading.company and (bool(owners) or _is_shop_name(named, reading))
    if shop_first and not owners:
        owners = named[1:]
    chosen = next(iter([*greeted, *(owners if shop_first else named), *owners]), None)
    if not chosen:
        return
    reading.pieces.remove(chosen[0])
    reading.person = chosen[1]
    top = named[0][0] if named and named[0] != chosen else ""
    if top and not reading.company and (shop_first or greeted):
        reading.company = top
        reading.pieces.remove(top)


def _is_shop_name(named: list[tuple[str, PersonName]], reading: _Reading) -> bool:
    """Schlafgut Lindner above Jens Lindner is the shop if there is a VAT id or a domain of that name."""
    if len(named) < 2:
        return False
    domains = {address.rpartition("@")[2] for address in (*reading.emails, reading.website)}
    first, second = named[0], named[1]
    same_family = first[1].family_name == second[1].family_name and bool(second[1].given_name)
    return (same_family and bool(reading.vat_id)) or any(
        compact(first[0]) in compact(domain) for domain in domains
    )


def _plain(piece: str, reading: _Reading, others: list[str]) -> PersonName | None:
    return parse_person(piece, lower_case=piece == others[0] and not reading.leftovers)


def _owner(piece: str) -> PersonName | None:
    return parse_person(words.OWNER.sub("", piece).split(",")[0].split(" und ")[0])


def _contact(reading: _Reading) -> PastedContact:
    fields, town, person = reading.fields, reading.town, reading.person
    postal_code = fields.get("postal_code", town.postal_code)
    labelled = parse_person(
        " ".join(filter(None, (fields.get("salutation", ""), fields.get("title", ""), "Name")))
    )
    return PastedContact(
        company=fields.get("company", reading.company),
        salutation=labelled.salutation if "salutation" in fields and labelled else person.salutation,
        title=fields.get("title", person.title),
        given_name=fields.get("given_name", person.given_name),
        family_name=fields.get("family_name", person.family_name),
        lines=tuple(reading.lines),
        postal_code=postal_code,
        city=fields.get("city", town.city),
        country=_country(reading, postal_code),
        emails=tuple(reading.emails),
        phones=tuple(reading.phones),
        website=reading.website,
        vat_id=reading.vat_id,
        vat_id_valid=reading.vat_id_valid,
        leftovers=tuple(reading.leftovers + reading.pieces),
    )


def _country(reading: _Reading, postal_code: str) -> str:
    """What was written, else where the phone stands, else the default unless the postal code cannot be one of its."""
    said = reading.town.country or reading.dialled_from_abroad or reading.vat_id[:2].replace("EL", "GR")
    if said and (reading.town.country or _fits(postal_code, said)):
        return said
    if _fits(postal_code, reading.default_country):
        return reading.default_country
    for address in (*reading.emails, reading.website):
        ending = address.rstrip("/").rpartition(".")[2].lower()
        if ending in words.DOMAIN_COUNTRIES and _fits(postal_code, ending.upper()):
            return ending.upper()
    return ""


def _fits(postal_code: str, country: str) -> bool:
    if not postal_code.isdigit():
        return True
    known = [length for length, countries in words.CODE_DIGITS.items() if country in countries]
    return not known or len(postal_code) in known
