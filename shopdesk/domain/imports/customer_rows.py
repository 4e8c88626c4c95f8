"""A row of a file becomes a customer: cells of any program, put where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer
from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports import customer_values as values
from shopdesk.domain.imports.customer_phones import PhoneCell, PhoneReader
from shopdesk.domain.imports.customer_values import LeftOut
from shopdesk.domain.imports.fields import BETWEEN_VALUES
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.typing.country_words import country_of, country_of_code
from shopdesk.domain.typing.people import parse_person

LONGEST = 200
LONGEST_NOTE = 20_000

_PHONES = frozenset({"mobile", "phone", "phone_work", "phone_home", "fax"})
_LONG = frozenset({"note", "facts"})
_CONTACT = "contact_"
_FORMULA = ("=", "+", "-", "@")
_STATE_BEHIND = frozenset({"US", "CA", "AU"})

_NOBODY = N_("There is no name, no mail address and no phone number in this row.")
_UNREACHABLE = N_("There is no name and nothing that can be dialled or mailed in this row.")
_LEFT_OUT = N_("Not taken over: {what}.")
_TOO_LONG = N_("A cell is longer than {most} characters.")


class RowRefused(ShopError):
    """A row that cannot be taken; the message says what is wrong with it."""

    code = "row"


@dataclass(frozen=True, slots=True)
class TakenCustomer:
    """The customer of a row. `doubt`: why the owner is asked; `left_out`: what of the row is not taken over."""

    customer: Customer
    doubt: Message | None = None
    left_out: Message | None = None


@dataclass(slots=True)
class _Sorted:
    """The cells of a row by what they are."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    phones: list[PhoneCell] = field(default_factory=list)
    contacts: dict[int, dict[str, str]] = field(default_factory=dict)
    left: LeftOut = field(default_factory=LeftOut)

    def first(self, name: str) -> str:
        """The first value of a field."""
        return _first(self.fields.get(name))


@dataclass(frozen=True, slots=True)
class CustomerReader:
    """Turns cells into customers. `country` and `area_code` are the shop's own.

    `country_codes`: casefolded names → ISO codes.
    """

    fields: tuple[str, ...]
    country: str
    country_codes: Mapping[str, str]
    language: str = "de"
    area_code: str = ""

    def read(self, cells: Sequence[str]) -> Customer:
        """The customer of a row. Raises RowRefused."""
        return self.taken(cells).customer

    def taken(self, cells: Sequence[str]) -> TakenCustomer:
        """The customer of a row, and what is to be said about it. Raises RowRefused."""
        found = self._sorted(cells)
        address, delivery, is_known = self._addresses(found)
        company, person = self._names(found)
        near = self.area_code if is_known and address.country == self.country else ""
        phones, doubt = PhoneReader(address.country, near).read(found.phones) if found.phones else ((), None)
        one, left = found.first, found.left
        customer = Customer(
            number=one("number"),
            company=company,
            person=person,
            phones=phones,
            emails=values.emails(found.fields.get("email", ()), left),
            address=address,
            delivery_address=delivery,
            contact_persons=self._contact_persons(found) if found.contacts else (),
            vat_id=values.vat_id(one("vat_id"), left),
            buyer_reference=one("buyer_reference"),
            language=values.language(one("language"), self.language),
            note="\n".join(found.fields.get("note", ())),
            **(_card(found) if _CARD.intersection(found.fields) else {}),  # type: ignore[arg-type]
        )
        if customer.is_empty:
            raise RowRefused(Message(_NOBODY))
        if not (customer.name or customer.emails or any(phone.e164 for phone in customer.phones) or doubt):
            raise RowRefused(Message(_UNREACHABLE))
        return TakenCustomer(customer, doubt, Message(_LEFT_OUT, {"what": tuple(left)}) if left else None)

    def _sorted(self, cells: Sequence[str]) -> _Sorted:
        found = _Sorted()
        kind, seen = "", dict[str, int]()
        for name, cell in zip(self.fields, cells, strict=False):
            text = _unquoted(cell.strip()) if name else ""
            if name.startswith(_CONTACT):
                seen[name] = number = seen.get(name, -1) + 1
                if text:
                    _refuse_long(name, text)
                    found.contacts.setdefault(number, {})[name.removeprefix(_CONTACT)] = text
            elif name == "phone_label":
                kind = text.casefold()
            elif text:
                several = (
                    [text] if BETWEEN_VALUES not in text and len(text) <= LONGEST else _several(name, text)
                )
                if name in _PHONES:
                    said = kind if name == "phone" else ""
                    found.phones += [PhoneCell(name, value, said) for value in several]
                elif several:
                    found.fields.setdefault(name, []).extend(several)
            if name == "phone":
                kind = ""
        return found

    def _contact_persons(self, found: _Sorted) -> tuple[ContactPerson, ...]:
        people = []
        for _number, cells in sorted(found.contacts.items()):
            cell = {name: _one_line(text) for name, text in cells.items()}
            person = self._person(cell, found.left)
            mail = values.emails([cell.get("email", "")], found.left)
            one = ContactPerson(person, cell.get("role", ""), cell.get("phone", ""), _first(mail))
            if one != ContactPerson(PersonName()):
                people.append(one)
        return tuple(people)

    @staticmethod
    def _person(cell: Mapping[str, str], left: LeftOut) -> PersonName:
        salutation, title = values.addressed(cell.get("salutation", ""), cell.get("title", ""), left)
        given, family = cell.get("given_name", ""), cell.get("family_name", "")
        if not (given or family) and (whole := cell.get("name", "")):
            person = parse_person(whole) or PersonName(family_name=whole)
            said = salutation if person.salutation is Salutation.NONE else person.salutation
            return PersonName(said, person.title or title, person.given_name, person.family_name)
        return PersonName(salutation, title, given, family)

    @staticmethod
    def _names(found: _Sorted) -> tuple[str, PersonName]:
        one = {name: _one_line(found.first(name)) for name in _NAME_FIELDS}
        company = one["company"]
        given = " ".join(part for part in (one["given_name"], one["middle_name"]) if part)
        salutation, title = values.addressed(one["salutation"], one["title"], found.left)
        if given or one["family_name"]:
            return company, PersonName(salutation, title, given, one["family_name"])
        whole = one["display_name"]
        if not whole or whole == company or "@" in whole:
            return company, PersonName(salutation, title) if company else PersonName()
        person = parse_person(whole)
        if person is None or person.is_empty:
            # a name that reads like no person's is a company's, where none is named
            return (company, PersonName(family_name=whole)) if company else (whole, PersonName())
        if person.salutation is Salutation.NONE:
            person = PersonName(salutation, person.title or title, person.given_name, person.family_name)
        return company, person

    def _addresses(self, found: _Sorted) -> tuple[Address, Address | None, bool]:
        """The address, where to deliver, and whether the country is known.

        The one without a place comes first; else a company's is at work, a person's at home. The next is for
        deliveries, where no other is named.
        """
        order = ("", "work_", "home_") if found.fields.get("company") else ("", "home_", "work_")
        addresses: list[tuple[Address, bool]] = []
        nowhere = Address(country=self.country), True
        places = {name[: name.find("_") + 1] for name in found.fields}
        for prefix in (*order, "delivery_"):
            if prefix and prefix not in places:
                continue
            address, is_known = self._address_at(found, prefix)
            if address.is_empty:
                nowhere = (address, is_known) if not prefix else nowhere
            elif prefix == "delivery_":
                main = addresses[0] if addresses else nowhere
                return main[0], address, main[1]
            elif address not in [one for one, _known in addresses]:
                addresses.append((address, is_known))
        main = addresses[0] if addresses else nowhere
        return main[0], addresses[1][0] if len(addresses) > 1 else None, main[1]

    def _address_at(self, found: _Sorted, prefix: str) -> tuple[Address, bool]:
        def part(name: str) -> Sequence[str]:
            return found.fields.get(prefix + name, ())

        street = _first(part("street"))
        if house := _first(part("house_number")):
            street = f"{street} {house}".strip()
        lines = [
            line.strip(" ,")
            for text in (street, *part("street_more"))
            for line in text.replace("\r", "\n").split("\n")
        ]
        country, is_known = self._country(prefix, _first(part("country")), found.left)
        city, state = _one_line(_first(part("city"))), _one_line(_first(part("state")))
        if state and country in _STATE_BEHIND:
            city = ", ".join(word for word in (city, state) if word)
        code = _one_line(_first(part("postal_code")))
        if is_known and country == "DE" and code.isdecimal() and len(code) == 4:
            code = f"0{code}"  # a spreadsheet has taken the zero for nothing
        return Address(tuple(line for line in lines if line), code, city, country), is_known

    def _country(self, prefix: str, text: str, left: LeftOut) -> tuple[str, bool]:
        if not text:
            return self.country, True
        code = country_of_code(text.upper(), self.country_codes) or country_of(text, self.country_codes)
        code = code or _MORE_COUNTRIES.get(text.casefold().strip(" ."), "")
        if not code:
            left.note(f"{prefix}country", text)
        return code or self.country, bool(code)


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


def _several(name: str, text: str) -> list[str]:
    several = [text] if name in _LONG else text.split(BETWEEN_VALUES)
    for value in several:
        _refuse_long(name, value)
    return [value.strip() for value in several if value.strip()]


def _refuse_long(name: str, value: str) -> None:
    most = LONGEST_NOTE if name in _LONG else LONGEST * 5
    if len(value) > most:
        raise RowRefused(Message(_TOO_LONG, {"most": most}))


def _unquoted(text: str) -> str:
    """Without the quote that keeps a spreadsheet program from computing what begins like a formula."""
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(_FORMULA) else text


def _card(found: _Sorted) -> dict[str, object]:
    """What only some lists have."""
    one, left = found.first, found.left
    return {
        "facts": values.facts(found.fields.get("facts", ())),
        "birthday": values.birthday(one("birthday"), left),
        "tags": values.tags(found.fields.get("tags", ())),
        "recommended_by": _one_line(one("recommended_by")),
        "payment_days": values.days("payment_days", one("payment_days"), left),
        "cash_discount": values.cash_discount(one("cash_discount"), one("cash_discount_days"), left),
        "discount_percent": values.percent("discount", one("discount"), left),
        "electronic_address": one("electronic_address"),
        "electronic_scheme": one("electronic_scheme").upper(),
        "xrechnung": values.yes("xrechnung", one("xrechnung"), left),
        "preferred_channel": values.channel("channel", one("channel"), left),
        "service_channel": values.channel("service_channel", one("service_channel"), left),
        "advertising_channel": values.channel("advertising_channel", one("advertising_channel"), left),
    }


_CARD = frozenset(
    "facts birthday tags recommended_by payment_days cash_discount cash_discount_days discount electronic_address "
    "electronic_scheme xrechnung channel service_channel advertising_channel".split()
)
