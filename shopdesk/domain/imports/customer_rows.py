"""A row of a file becomes a customer: cells of any program, put where they belong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports.fields import BETWEEN_VALUES
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.phones import parse_phone
from shopdesk.domain.typing.country_words import country_of, country_of_code
from shopdesk.domain.typing.people import parse_person
from shopdesk.domain.vat_ids import vat_id_compact, vat_id_is_valid

LONGEST = 200
LONGEST_NOTE = 20_000
MOST_PHONES = MOST_EMAILS = 20

_BETWEEN_EMAILS = re.compile(r"[;,\s]+")
_EMAIL = re.compile(r"[^@\s<>(),;\"]{1,64}@[^@\s<>(),;\"]{1,190}")
_SALUTATIONS = {
    word: salutation
    for salutation, words in (
        (Salutation.MR, "herr herrn hr mr mister monsieur m"),
        (Salutation.MRS, "frau fr mrs ms miss madame mme"),
        (Salutation.FAMILY, "familie fam family eheleute"),
    )
    for word in words.split()
}
_NOT_TITLES = frozenset({"firma", "company", "an", "herrn und frau", ""})
_PHONES = (
    ("mobile", "mobile"),
    ("phone", ""),
    ("phone_work", "work"),
    ("phone_home", "home"),
    ("fax", "fax"),
)
_LABELS = (("fax", "fax"), ("mobil", "mobile"), ("cell", "mobile"), ("handy", "mobile"), ("work", "work"),
           ("arbeit", "work"), ("geschäft", "work"), ("home", "home"), ("privat", "home"))  # fmt: skip
_STATE_BEHIND = frozenset({"US", "CA", "AU"})

_NOBODY = N_("There is no name, no mail address and no phone number in this row.")
_UNREACHABLE = N_("There is no name and nothing that can be dialled or mailed in this row.")
_NO_EMAIL = N_("“{text}” is no mail address.")
_NO_VAT_ID = N_("The VAT id {vat_id} is not valid: a figure is wrong or missing.")
_NO_COUNTRY = N_("The country “{text}” is not known. Please write it like Germany or DE.")
_TOO_LONG = N_("A cell is longer than {most} characters.")


class RowRefused(ShopError):
    """A row that cannot be taken; the message says what is wrong with it."""

    code = "row"


@dataclass(frozen=True, slots=True)
class CustomerReader:
    """Turns cells into customers. `country` is the shop's own; `country_codes` casefolded names → ISO codes."""

    fields: tuple[str, ...]
    country: str
    country_codes: Mapping[str, str]
    language: str = "de"

    def read(self, cells: Sequence[str]) -> Customer:
        """The customer of a row. Raises RowRefused."""
        found = self._sorted(cells)
        one = found.get
        address = self._address(found)
        company, person = self._names(found)
        customer = Customer(
            number=_first(one("number")),
            company=company,
            person=person,
            phones=self._phones(found, address.country),
            emails=_emails(one("email", ())),
            address=address,
            vat_id=_vat_id(_first(one("vat_id"))),
            buyer_reference=_first(one("buyer_reference")),
            language=_language(_first(one("language")), self.language),
            note="\n".join(one("note", ())),
        )
        if customer.is_empty:
            raise RowRefused(Message(_NOBODY))
        if not (customer.name or customer.emails or any(phone.e164 for phone in customer.phones)):
            raise RowRefused(Message(_UNREACHABLE))
        return customer

    def _sorted(self, cells: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        label = ""
        for field, cell in zip(self.fields, cells, strict=False):
            text = cell.strip() if field else ""
            if field == "phone_label":
                label = text.casefold()
            elif text:
                target = _labelled(label) if label and field == "phone" else field
                label = ""
                if BETWEEN_VALUES not in text and len(text) <= LONGEST:
                    found.setdefault(target, []).append(text)
                else:
                    found.setdefault(target, []).extend(_several(field, text))
        return {target: values for target, values in found.items() if values}

    def _names(self, found: dict[str, list[str]]) -> tuple[str, PersonName]:
        one = {name: _one_line(_first(found.get(name))) for name in _NAME_FIELDS}
        company = one["company"]
        given = " ".join(part for part in (one["given_name"], one["middle_name"]) if part)
        salutation, title = _addressed(one["salutation"], one["title"])
        if given or one["family_name"]:
            return company, PersonName(salutation, title, given, one["family_name"])
        whole = one["display_name"]
        if not whole or whole == company or "@" in whole:
            return company, PersonName(salutation if company else Salutation.NONE)
        person = parse_person(whole)
        if person is None or person.is_empty:
            # a name that reads like no person's is a company's, where none is named
            return (company, PersonName(family_name=whole)) if company else (whole, PersonName())
        if person.salutation is Salutation.NONE:
            person = PersonName(salutation, person.title or title, person.given_name, person.family_name)
        return company, person

    def _phones(self, found: dict[str, list[str]], country: str) -> tuple[Phone, ...]:
        phones: dict[str, Phone] = {}
        for field, label in _PHONES:
            for text in found.get(field, ()):
                phone = self._phone(text, label, country)
                phones.setdefault(phone.e164 or phone.number, phone)
        return tuple(phones.values())[:MOST_PHONES]

    @staticmethod
    def _phone(text: str, label: str, country: str) -> Phone:
        text = _one_line(text)
        try:
            number = parse_phone(text, country)
        except ShopError:
            return Phone(text[:LONGEST], label=label)  # better a number nobody can dial than none
        return Phone(number.international, number.e164, label or number.label)

    def _address(self, found: dict[str, list[str]]) -> Address:
        """The one without a place; else a company's is at work, a person's at home."""
        order = ("", "work_", "home_") if found.get("company") else ("", "home_", "work_")
        for prefix in order:
            if prefix and not any(field.startswith(prefix) for field in found):
                continue
            address = self._address_at(found, prefix)
            if not address.is_empty:
                return address
        return self._address_at(found, "")

    def _address_at(self, found: dict[str, list[str]], prefix: str) -> Address:
        def part(name: str) -> Sequence[str]:
            return found.get(prefix + name, ())

        street = _first(part("street"))
        if house := _first(part("house_number")):
            street = f"{street} {house}".strip()
        lines = [
            line.strip(" ,")
            for text in (street, *part("street_more"))
            for line in text.replace("\r", "\n").split("\n")
        ]
        country = self._country(_first(part("country")))
        city, state = _one_line(_first(part("city"))), _one_line(_first(part("state")))
        if state and country in _STATE_BEHIND:
            city = ", ".join(word for word in (city, state) if word)
        code = _one_line(_first(part("postal_code")))
        if country == "DE" and code.isdecimal() and len(code) == 4:
            code = f"0{code}"  # a spreadsheet has taken the zero for nothing
        return Address(tuple(line for line in lines if line), code, city, country)

    def _country(self, text: str) -> str:
        if not text:
            return self.country
        code = country_of_code(text.upper(), self.country_codes) or country_of(text, self.country_codes)
        code = code or _MORE_COUNTRIES.get(text.casefold().strip(" ."), "")
        if not code:
            raise RowRefused(Message(_NO_COUNTRY, {"text": text[:40]}))
        return code


_NAME_FIELDS = ("company", "given_name", "middle_name", "family_name", "display_name", "salutation", "title")
_MORE_COUNTRIES = {
    "d": "DE", "a": "AT", "f": "FR", "i": "IT", "b": "BE", "l": "LU", "e": "ES", "p": "PT", "ger": "DE", "deu": "DE",
    "aut": "AT", "che": "CH", "united states of america": "US", "bundesrepublik deutschland": "DE", "fl": "LI",
    "the netherlands": "NL", "niederlande (holland)": "NL",
}  # fmt: skip


def _first(values: Sequence[str] | None) -> str:
    return values[0] if values else ""


def _one_line(text: str) -> str:
    return " ".join(text.split()) if text else ""


def _several(field: str, text: str) -> list[str]:
    values = text.split(BETWEEN_VALUES)
    for value in values:
        _refuse_long(field, value)
    return [value.strip() for value in values if value.strip()]


def _refuse_long(field: str, value: str) -> None:
    most = LONGEST_NOTE if field == "note" else LONGEST * 5
    if len(value) > most:
        raise RowRefused(Message(_TOO_LONG, {"most": most}))


def _labelled(label: str) -> str:
    for word, name in _LABELS:
        if word in label:
            return name if name in {"fax", "mobile"} else f"phone_{name}"
    return "phone"


def _addressed(salutation: str, title: str) -> tuple[Salutation, str]:
    """Outlook's title is the salutation, "Herr Dr." is both."""
    if not (salutation or title):
        return Salutation.NONE, ""
    said, rest = Salutation.NONE, []
    for text in (salutation, title):
        for word in text.split():
            found = _SALUTATIONS.get(word.strip(".,").casefold())
            if found:
                said = found
            elif word.casefold() not in _NOT_TITLES and word not in rest:
                rest.append(word)
    return said, " ".join(rest)[:LONGEST]


def _emails(texts: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        for piece in _BETWEEN_EMAILS.split(text):
            word = piece.strip("<>").removeprefix("mailto:").lower()
            if not word:
                continue
            if not _EMAIL.fullmatch(word):
                raise RowRefused(Message(_NO_EMAIL, {"text": word[:60]}))
            found[word] = None
    return tuple(found)[:MOST_EMAILS]


def _vat_id(text: str) -> str:
    compact = vat_id_compact(text) if text else ""
    if compact and not vat_id_is_valid(compact):
        raise RowRefused(Message(_NO_VAT_ID, {"vat_id": text[:40]}))
    return compact


def _language(text: str, default: str) -> str:
    if not text:
        return default
    known = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en",
             "fr": "fr", "französisch": "fr", "french": "fr", "bg": "bg", "bulgarisch": "bg"}  # fmt: skip
    return known.get(text.casefold()[:20], known.get(text.casefold()[:2], default))
