"""SWIFT MT940 (statement) and MT942 (report) as German banks send them, and the common ways in which others differ.

Taken from the customer documentation of SWIFT and the field 86 of the German banks (DFÜ-Abkommen, Anlage 3): sub-fields
20–29 and 60–63 hold the text, 31 the account, 32 and 33 the name, 00 the kind of booking.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field

from shopdesk.domain.money import Money
from shopdesk.domain.statements import Entry, Statement
from shopdesk.intake.statements.values import MOST_ENTRIES, account, damaged, money, tidy, too_many

_TAG = re.compile(r"^:(\d\d[A-Z]?|NS):", re.MULTILINE)
_LONE_COLON = re.compile(r"^:\n(?=\d\d[A-Z]?:)", re.MULTILINE)
_MARK = re.compile(r"^:(20|25|28C?|60[FM]|61|62[FM]):", re.MULTILINE)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})\s*(\d{1,20})(?:[,.](\d{0,4}))?$")
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?\s*(?P<sign>R[CD]|E[CD]|[CD])(?P<funds>[A-Z])?"
    r"(?P<whole>\d{1,15})(?:[,.](?P<cents>\d{0,4}))?(?P<kind>[A-Z][A-Z0-9]{3})?(?P<rest>.*)"
)
_FLOOR = re.compile(r"([A-Z]{3})")
_GERMAN = re.compile(r"(\d{8})/0*(\d{1,10})(?:[A-Z]{3})?")
_STRUCTURED = re.compile(r"\d{3}([?>@~+|])(?=\d\d)")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)[+:]")
_SWIFT = re.compile(
    r"/(NAME|REMI|EREF|BENM|ORDP|IBAN|ISDT|TRTP|BIC|ADDR|MARF|PREF|RTRN|ACCW|ORDP|USTD|ID|CSID)/"
)
_FULL_LINE = 27
_OUT = frozenset({"D", "RC"})


@dataclass(slots=True)
class _Page:
    """One message while it is read."""

    account: str = ""
    currency: str = ""
    opening: Money | None = None
    closing: Money | None = None
    days: list[dt.date] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    is_empty: bool = True


def is_mt940(text: str) -> bool:
    """Whether one of its fields begins a line."""
    return bool(_MARK.search(text[:100_000].replace("\r", "\n")))


def read(text: str) -> tuple[Statement, ...]:
    """All statements of the file. Raises StatementProblem."""
    text = _LONE_COLON.sub(":", text.replace("\r\n", "\n").replace("\r", "\n"))
    tags = list(_TAG.finditer(text))
    pages: list[_Page] = []
    for at, tag in enumerate(tags):
        end = tags[at + 1].start() if at + 1 < len(tags) else len(text)
        body = re.split(r"^-[}\n\s]|^-$", text[tag.end() : end], maxsplit=1, flags=re.MULTILINE)[0].strip(
            "\n"
        )
        if tag[1] == "20" or not pages:
            pages.append(_Page())
        _take(pages[-1], tag[1], body)
    found = [_statement(page) for page in pages if not page.is_empty]
    if not found:
        raise damaged(text.strip().split("\n", 1)[0])
    if sum(len(one.entries) for one in found) > MOST_ENTRIES:
        raise too_many()
    return tuple(found)


def _take(page: _Page, tag: str, body: str) -> None:
    if tag == "25":
        page.account = _account(body)
    elif tag in {"60F", "60M"} and page.opening is None:
        page.opening, day = _balance(body)
        page.days.append(day)
    elif tag in {"62F", "62M"}:
        page.closing, day = _balance(body)
        page.days.append(day)
    elif tag == "34F" and not page.currency:
        told = _FLOOR.match(body)
        page.currency = told[1] if told else ""
    elif tag == "61":
        page.lines.append((body, ""))
    elif tag in {"86", "NS"} and page.lines and not page.closing:
        line, details = page.lines[-1]
        page.lines[-1] = (line, details or (f":NS:{body}" if tag == "NS" else body))
    if tag in {"60F", "60M", "61", "62F", "62M", "34F"}:
        page.is_empty = False


def _statement(page: _Page) -> Statement:
    known = page.opening or page.closing
    currency = known.currency if known else page.currency or "EUR"
    entries = tuple(
        entry for line, details in page.lines if (entry := _entry(line, details, currency)) is not None
    )
    days = page.days + [entry.booked for entry in entries]
    if not days:
        raise damaged(":60F:")
    return Statement(
        "mt940", page.account, currency, min(days), max(days), entries, page.opening, page.closing
    )


def _account(body: str) -> str:
    """An IBAN; bank code and account of a German bank become one (ISO 13616, without the exceptions of few banks)."""
    german = _GERMAN.fullmatch(body.replace(" ", ""))
    if not german:
        return account(re.sub(r"(?<=\d)(EUR|USD|CHF|GBP)$", "", body.split("\n", 1)[0].strip()))
    number = f"{german[1]}{german[2]:0>10}"
    return f"DE{98 - int(f'{number}131400') % 97:02d}{number}"


def _day(told: str) -> dt.date:
    """YYMMDD. German banks reckon with months of 30 days, so their 30 February is the last day of the month."""
    year, month, day = 2000 + int(told[:2]), int(told[2:4]), int(told[4:6])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise damaged(told)
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _balance(body: str) -> tuple[Money, dt.date]:
    found = _BALANCE.match(body.split("\n", 1)[0].strip())
    if not found:
        raise damaged(body)
    amount = money(f"{found[4].lstrip('0') or '0'}.{found[5] or '0'}", found[3])
    return (-amount if found[1] == "D" else amount), _day(found[2])


def _entry(line: str, details: str, currency: str) -> Entry | None:
    """A booking; None for one that is only foreseen (EC, ED)."""
    lines = line.split("\n")
    found = _LINE.match(lines[0].strip()) or _LINE.match("".join(lines))
    if not found:
        raise damaged(f":61:{lines[0]}")
    if found["sign"] in {"EC", "ED"}:
        return None
    amount = money(f"{found['whole'].lstrip('0') or '0'}.{found['cents'] or '0'}", currency)
    value = _day(found["value"])
    own, _, bank = found["rest"].partition("//")
    told = _details(details)
    return Entry(
        booked=_booked(value, found["booked"]),
        value=value,
        amount=-amount if found["sign"] in _OUT else amount,
        name=tidy(told.name),
        iban=account(told.iban),
        text=tidy(told.text or (" ".join(lines[1:]) if len(lines) > 1 else "")),
        end_to_end=tidy(told.end_to_end),
        bank_reference=tidy(bank) or ("" if own.strip() in {"NONREF", ""} else tidy(own)),
    )


def _booked(value: dt.date, told: str | None) -> dt.date:
    """The booking date tells no year: the one nearest to the value date."""
    if not told:
        return value
    found = _day(f"{value:%y}{told}")
    if (found - value).days > 180:
        return _day(f"{value.year - 1:04d}"[2:] + told)
    if (value - found).days > 180:
        return _day(f"{value.year + 1:04d}"[2:] + told)
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    text: str = ""
    name: str = ""
    iban: str = ""
    end_to_end: str = ""


def _details(body: str) -> _Told:
    if body.startswith(":NS:"):
        return _from_lines(body[4:].split("\n"))
    joined = body.replace("\n", "")
    structured = _STRUCTURED.match(joined)
    if structured:
        return _from_fields(joined[structured.end() :], structured[1])
    if _SWIFT.search(joined):
        parts = _SWIFT.split(joined)
        told = dict(zip(parts[1::2], (part.strip("/ ") for part in parts[2::2]), strict=True))
        text = told.get("REMI") or told.get("USTD") or parts[0]
        return _Told(
            text.removeprefix("USTD//"), told.get("NAME", ""), told.get("IBAN", ""), told.get("EREF", "")
        )
    return _Told(" ".join(body.split("\n")))


def _from_lines(lines: list[str]) -> _Told:
    """The lines of `:NS:`, which some banks send instead: 01–14 text, 15 and 16 the name."""
    numbered = [(line[:2], line[2:]) for line in lines if line[:2].isdigit()]
    text = " ".join(words for number, words in numbered if "01" <= number <= "14")
    return _Told(text, " ".join(words for number, words in numbered if number in {"15", "16"}))


def _from_fields(body: str, separator: str) -> _Told:
    fields: dict[str, str] = {}
    for part in re.split(rf"{re.escape(separator)}(?=\d\d)", separator + body):
        fields.setdefault(part[:2], part[2:])
    pieces = [fields[key] for key in sorted(fields) if "20" <= key <= "29" or "60" <= key <= "63"]
    text = "".join(piece if len(piece) >= _FULL_LINE else f"{piece} " for piece in pieces).strip()
    parts = _SEPA.split(text)
    told = {name: words.strip() for name, words in zip(parts[1::2], parts[2::2], strict=True)}
    own = told.get("SVWZ") or parts[0].strip() or fields.get("00", "")
    reference = told.get("EREF", "")
    return _Told(
        own,
        f"{fields.get('32', '')}{fields.get('33', '')}" or told.get("ABWA", ""),
        fields.get("31", "") or fields.get("38", "") or told.get("IBAN", ""),
        "" if reference in {"NOTPROVIDED", "NONREF"} else reference,
    )
