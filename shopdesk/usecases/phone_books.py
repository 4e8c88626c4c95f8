"""The customers on the owner's telephones: as the phone book of a FRITZ!Box and as vCards."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain import disk_troubles
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.errors import ShopError
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.selections import Filter
from shopdesk.usecases import selections
from shopdesk.usecases.exports import ExportRefused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.output.phone_books import BookEntry, BookNumber
    from shopdesk.usecases.shop import Shop

_NOT_DIALLED = re.compile(r"[^0-9+]")
_SHORTEST = 3
_KINDS = {"mobile": "mobile", "home": "home", "work": "work", "fax": "fax_work"}
# whose numbers are dialled with a 0 in front at home
_TRUNK_ZERO = frozenset({"DE", "AT", "CH", "FR", "GB", "NL", "BE"})


class BookFormat(StrEnum):
    """What the book is written as."""

    FRITZ_BOX = "fritzbox"
    ONE_VCARD = "vcard"
    VCARD_FOLDER = "vcards"


@dataclass(frozen=True, slots=True)
class PhoneBookSaved:
    """Where it is, how many customers are in it with how many numbers, and how many have no number to dial."""

    path: Path
    customers: int
    numbers: int
    without_phone: int


class NobodyHasAPhone(ShopError):
    """An empty phone book would wipe the one on the telephone."""

    code = "no-phones"

    def __init__(self) -> None:
        super().__init__(Message(N_("None of the customers has a phone number yet.")))


def save(
    shop: Shop,
    wanted: BookFormat,
    target: Path,
    ids: Sequence[int] | None = None,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> PhoneBookSaved:
    """Write the phone book of all customers, or of these, with their contact persons.

    Whole or not there. Raises NobodyHasAPhone, ExportRefused (a folder that is not empty, a file that cannot be
    written) or Stopped.
    """
    with shop.reading() as connection:
        people = _people(connection, ids, work)
    callable_ = [one for one in people if any(map(_digits_of, _phones(one)))]
    if not callable_:
        raise NobodyHasAPhone
    writers: dict[BookFormat, Callable[[Shop, list[Customer], Path], None]] = {
        BookFormat.FRITZ_BOX: _fritz_box,
        BookFormat.ONE_VCARD: _one_file,
        BookFormat.VCARD_FOLDER: _folder,
    }
    try:
        writers[wanted](shop, callable_, target)
    except OSError as error:
        text = N_("Nothing can be written to {path}: {why}.")
        values = {"path": str(target), "why": disk_troubles.why(error)}
        raise ExportRefused(Message(text, values), field="out") from error
    numbers = sum(sum(map(bool, map(_digits_of, _phones(one)))) for one in callable_)
    return PhoneBookSaved(target, len(callable_), numbers, len(people) - len(callable_))


def _people(connection: Connection, ids: Sequence[int] | None, work: LongWork) -> list[Customer]:
    from shopdesk.store import selections as stored

    wanted = stored.ids(connection, Filter()) if ids is None else tuple(ids)
    found = []
    for at, customer in enumerate(selections.people(connection, wanted)):
        work.step(at, len(wanted))
        found.append(customer)
    return found


def _phones(customer: Customer) -> list[Phone]:
    """Those of the customer and of the contact persons."""
    return [*customer.phones, *(Phone(one.phone) for one in customer.contact_persons if one.phone)]


def _digits_of(phone: Phone) -> str:
    digits = phone.e164 or _NOT_DIALLED.sub("", phone.number)
    return digits if sum(sign.isdigit() for sign in digits) >= _SHORTEST else ""


def _fritz_box(shop: Shop, people: list[Customer], target: Path) -> None:
    from shopdesk.output.phone_books import fritz_box
    from shopdesk.store.durable import durable_write
    from shopdesk.usecases.shop_settings import profile

    seller = profile(shop).seller
    entries = [entry for one in people for entry in entries_of(one, seller.address.country or "DE")]
    durable_write(target, fritz_box(entries, seller.name or "shopdesk"))


def entries_of(customer: Customer, home: str) -> Iterator[BookEntry]:
    """The customer under his name, and each contact person who has a number of his own."""
    from shopdesk.output.phone_books import BookEntry

    usual = "work" if customer.is_business else "home"
    numbers = _book_numbers(customer.phones, usual, home)
    if numbers:
        yield BookEntry(customer.name or customer.number, numbers)
    for person in customer.contact_persons:
        name = person.person.full or person.role
        numbers = _book_numbers((_read(person.phone, customer.address.country),), "work", home)
        if numbers:
            yield BookEntry(f"{name} ({customer.name})" if name else customer.name, numbers)


def _read(number: str, country: str) -> Phone:
    """A contact person's number is stored as it was typed."""
    from shopdesk.domain.phones import NotAPhoneNumber, parse_phone

    if not number:
        return Phone("")
    try:
        parsed = parse_phone(number, country)
    except NotAPhoneNumber:
        return Phone(number)
    return Phone(parsed.international, parsed.e164, parsed.label)


def _book_numbers(phones: Sequence[Phone], usual: str, home: str) -> tuple[BookNumber, ...]:
    """Each number once."""
    from shopdesk.output.phone_books import BookNumber

    found: dict[str, BookNumber] = {}
    for phone in phones:
        digits = dialled(_digits_of(phone), home)
        if digits:
            found.setdefault(digits, BookNumber(digits, _KINDS.get(phone.label, "") or _kind(digits, usual)))
    return tuple(found.values())


def _kind(digits: str, usual: str) -> str:
    """German mobile numbers say themselves what they are."""
    return "mobile" if re.match(r"(0|0049)1[567]", digits) else usual


def dialled(number: str, home: str) -> str:
    """As the box dials it and shows it on a ring: 0551 … at home, 00 and the country elsewhere."""
    if not number.startswith("+"):
        return number.replace("+", "")
    code = _calling_code(home)
    if home in _TRUNK_ZERO and code and number.startswith(f"+{code}"):
        return f"0{number[len(code) + 1 :]}"
    return f"00{number[1:]}"


def _calling_code(country: str) -> str:
    import phonenumbers

    code = phonenumbers.country_code_for_region(country)
    return str(code) if code else ""


def _one_file(_shop: Shop, people: list[Customer], target: Path) -> None:
    from shopdesk.output.vcards import vcards
    from shopdesk.store.durable import durable_write

    durable_write(target, vcards(people, notes=False))


def _folder(_shop: Shop, people: list[Customer], target: Path) -> None:
    """One file for each customer, in a new or empty folder."""
    from shopdesk.output.vcards import vcards

    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        text = N_("{path} is not empty. Please name a new folder, so that nothing is mixed or overwritten.")
        raise ExportRefused(Message(text, {"path": str(target)}), "file-exists", "out")
    spare = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        spare.mkdir(parents=True)
        for one in people:
            name = safe_file_name(f"{one.name or one.number} {one.number}.vcf", f"{one.number}.vcf")
            (spare / name).write_bytes(vcards([one], notes=False))
        if target.exists():
            target.rmdir()
        spare.rename(target)
    finally:
        shutil.rmtree(spare, ignore_errors=True)
