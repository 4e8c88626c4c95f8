"""Bank files as banks write them, made for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

ACCOUNT = "DE22260500010000123456"
DAY = dt.date(2026, 11, 23)


@dataclass(frozen=True)
class Booking:
    """One line of a statement; `amount` in cents, negative went out."""

    amount: int
    name: str = "Desislava Ivanova"
    text: str = ""
    iban: str = "DE89370400440532013000"
    day: dt.date = DAY
    reference: str = ""


@dataclass(frozen=True)
class Collective:
    """A collective booking, with its parts or without them."""

    parts: Sequence[Booking]
    amount: int
    reference: str = ""
    day: dt.date = DAY


def camt(
    bookings: Sequence[Booking | Collective],
    opening: int = 100_000,
    closing: int | None = None,
    version: int = 8,
) -> bytes:
    """A camt.053 statement."""
    total = opening + sum(one.amount for one in bookings) if closing is None else closing
    entries = "".join(_entry(one) for one in bookings)
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:02d}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-23T18:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>"
        f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening)}{_balance('CLBD', total)}{entries}</Stmt></BkToCstmrStmt></Document>"
    )
    return xml.encode()


def _balance(kind: str, amount: int) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_money(amount)}<Dt><Dt>{DAY}</Dt></Dt></Bal>"
    )


def _money(amount: int) -> str:
    sign = "DBIT" if amount < 0 else "CRDT"
    return f'<Amt Ccy="EUR">{abs(amount) // 100}.{abs(amount) % 100:02d}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def _entry(one: Booking | Collective) -> str:
    reference = f"<AcctSvcrRef>{one.reference}</AcctSvcrRef>" if one.reference else ""
    details = [one] if isinstance(one, Booking) else one.parts
    told = "".join(_details(part, isinstance(one, Collective)) for part in details)
    return (
        f"<Ntry>{_money(one.amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{one.day}</Dt></BookgDt>"
        f"<ValDt><Dt>{one.day}</Dt></ValDt>{reference}<NtryDtls>{told}</NtryDtls></Ntry>"
    )


def _details(one: Booking, is_part: bool) -> str:
    side = "Cdtr" if one.amount < 0 else "Dbtr"
    return (
        f"<TxDtls>{_money(one.amount) if is_part else ''}<RltdPties>"
        f"<{side}><Pty><Nm>{escape(one.name)}</Nm></Pty></{side}>"
        f"<{side}Acct><Id><IBAN>{one.iban}</IBAN></Id></{side}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(one.text)}</Ustrd></RmtInf></TxDtls>"
    )


def mt940(bookings: Sequence[Booking], opening: int = 100_000) -> bytes:
    """A statement as a German bank writes it."""
    total = opening + sum(one.amount for one in bookings)
    lines = [
        ":20:STARTUMS",
        ":25:26050001/123456",
        ":28C:1/1",
        f":60F:C261120EUR{opening // 100},{opening % 100:02d}",
    ]
    for one in bookings:
        sign = "D" if one.amount < 0 else "C"
        amount = f"{abs(one.amount) // 100},{abs(one.amount) % 100:02d}"
        lines.append(f":61:{one.day:%y%m%d%m%d}{sign}{amount}NTRFNONREF")
        pieces = [one.text[at : at + 27] for at in range(0, len(one.text), 27)]
        told = "".join(f"?{20 + at}{piece}" for at, piece in enumerate(pieces))
        whole = f":86:166?00GUTSCHRIFT{told}?30COBADEFFXXX?31{one.iban}?32{one.name}"
        lines += [whole[at : at + 65] for at in range(0, len(whole), 65)]
    lines += [f":62F:C261123EUR{total // 100},{total % 100:02d}", "-", ""]
    return "\r\n".join(lines).encode("latin-1")
