"""VAT ids and IBANs: format and check digits (python-stdnum)."""

from __future__ import annotations


def vat_id_is_valid(vat_id: str) -> bool:
    """Whether an EU VAT id has its country's format and check digit. It says nothing about who holds it."""
    from stdnum.eu import vat

    return bool(vat_id) and bool(vat.is_valid(vat_id))


def vat_id_compact(vat_id: str) -> str:
    """The id without blanks and dots, in capitals."""
    return "".join(character for character in vat_id.upper() if character.isalnum())


def iban_is_valid(iban: str) -> bool:
    """Whether the IBAN's length and check digits are right. stdnum accepts 00, 01 and 99, which no bank gives."""
    from stdnum import iban as checker

    compact = iban.replace(" ", "").upper()
    return bool(checker.is_valid(compact, check_country=False)) and compact[2:4] not in {"00", "01", "99"}


def vat_prefix(country: str) -> str:
    """How the VAT ids of a country begin: as its code, but for Greece."""
    return "EL" if country == "GR" else country
