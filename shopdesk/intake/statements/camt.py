"""ISO 20022 camt.052 (account report), camt.053 (statement) and camt.054 (notification), versions 1 to 8 and later.

The versions differ in wrappers only (`Sts` with or without `Cd`, parties with or without `Pty`), so one reader takes
all. Entries that are only foreseen (PDNG, INFO) are no bookings and left out.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.received_invoices import EInvoiceProblem
from shopdesk.domain.statements import Entry, Statement, StatementProblem
from shopdesk.intake.einvoice import xml
from shopdesk.intake.statements.values import MOST_ENTRIES, account, damaged, day, money, tidy, too_many

_KIND = re.compile(r"camt\.05[234]")
_WRAPPERS = {
    "BkToCstmrAcctRpt": ("Rpt", "camt.052"),
    "BkToCstmrStmt": ("Stmt", "camt.053"),
    "BkToCstmrDbtCdtNtfctn": ("Ntfctn", "camt.054"),
    # version 1 names the message itself
    "BkToCstmrAcctRptV01": ("Rpt", "camt.052"),
    "BkToCstmrStmtV01": ("Stmt", "camt.053"),
    "BkToCstmrDbtCdtNtfctnV01": ("Ntfctn", "camt.054"),
}
_BROKEN = {
    "too-large": N_(
        "The file holds more than any statement does and was not read. Please fetch a shorter period."
    ),
    "doctype": N_(
        "The file contains a document type definition. No bank writes one and attacks use it, so it was not read."
    ),
}
_DAMAGED = N_("The file is damaged: it stops being XML. Please fetch it from the bank once more.")
_OPENING = ("OPBD", "PRCD", "ITBD")
_CLOSING = ("CLBD",)


def read(data: bytes) -> tuple[Statement, ...]:
    """All statements of the file. Raises StatementProblem."""
    try:
        namespace, root = xml.parse(data)
    except EInvoiceProblem as problem:
        text = _BROKEN.get(problem.code, _DAMAGED)
        raise StatementProblem(Message(text), f"statement-{problem.code}") from problem
    if root.tag != "Document":
        raise _foreign(root.tag)
    found: list[Statement] = []
    for wrapper in root:
        if wrapper.tag not in _WRAPPERS:
            raise _foreign(namespace)
        inner, form = _WRAPPERS[wrapper.tag]
        found += [_statement(one, form, _created(wrapper)) for one in wrapper.findall(inner)]
    if not found:
        raise damaged(namespace or root.tag)
    if sum(len(one.entries) for one in found) > MOST_ENTRIES:
        raise too_many()
    return tuple(found)


def _foreign(what: str) -> StatementProblem:
    text = N_("This XML file is no bank statement (camt.052, camt.053 or camt.054) but “{what}”.")
    return StatementProblem(Message(text, {"what": what[:80]}), "statement-foreign")


def _text(node: Element | None, path: str) -> str:
    return tidy((node.findtext(path) if node is not None else "") or "")


def _created(wrapper: Element) -> dt.date | None:
    told = _text(wrapper, "GrpHdr/CreDtTm")
    return day(told) if told else None


def _statement(node: Element, form: str, created: dt.date | None) -> Statement:
    balances = [(_balance_kind(one), one) for one in node.findall("Bal")]
    opening = _balance(balances, _OPENING, first=True)
    closing = _balance(balances, _CLOSING, first=False)
    entries: list[Entry] = []
    for entry in node.findall("Ntry"):
        if _status(entry) in {"", "BOOK"}:
            entries += _entries(entry, created)
    currency = _text(node, "Acct/Ccy") or _first_currency(opening, closing, entries)
    first, last = _period(node, entries, balances, created)
    return Statement(form, _account(node), currency, first, last, tuple(entries), opening, closing)


def _account(node: Element) -> str:
    return account(_text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id"))


def _first_currency(opening: Money | None, closing: Money | None, entries: list[Entry]) -> str:
    for money_ in (opening, closing, *(entry.amount for entry in entries[:1])):
        if money_ is not None:
            return money_.currency
    return "EUR"


def _balance_kind(node: Element) -> str:
    return _text(node, "Tp/CdOrPrtry/Cd") or _text(node, "Tp/Cd")


def _balance(balances: list[tuple[str, Element]], kinds: tuple[str, ...], *, first: bool) -> Money | None:
    for kind in kinds:
        found = [node for named, node in balances if named == kind]
        if found:
            return _signed(found[0] if first else found[-1])
    return None


def _signed(node: Element) -> Money:
    amount = node.find("Amt")
    if amount is None:
        raise damaged("Amt")
    found = money(tidy(amount.text or ""), amount.get("Ccy", "EUR"))
    return -found if _text(node, "CdtDbtInd") == "DBIT" else found


def _status(entry: Element) -> str:
    return _text(entry, "Sts/Cd") or _text(entry, "Sts")


def _date(node: Element, path: str) -> dt.date | None:
    told = _text(node, f"{path}/Dt") or _text(node, f"{path}/DtTm")
    return day(told) if told else None


def _period(
    node: Element, entries: list[Entry], balances: list[tuple[str, Element]], created: dt.date | None
) -> tuple[dt.date, dt.date]:
    days = [entry.booked for entry in entries]
    for path in ("FrToDt/FrDtTm", "FrToDt/ToDtTm", "FrToDt/FrDt", "FrToDt/ToDt"):
        told = _text(node, path)
        days += [day(told)] if told else []
    if not days:
        days = [found for _kind, one in balances if (found := _date(one, "Dt"))]
    if not days and created:
        days = [created]
    if not days:
        raise damaged("FrToDt")
    return min(days), max(days)


def _entries(node: Element, created: dt.date | None) -> list[Entry]:
    """One entry, or each part of a collective one where its parts add up."""
    whole = _signed(node)
    value = _date(node, "ValDt")
    booked = _date(node, "BookgDt") or value or created
    if booked is None:
        raise damaged("BookgDt")
    parts = node.findall("NtryDtls/TxDtls")
    amounts = [_part_amount(part, whole) for part in parts]
    told = [amount for amount in amounts if amount is not None]
    base = Entry(booked, value or booked, whole, bank_reference=_text(node, "AcctSvcrRef"))
    if len(parts) < 2 or len(told) < len(parts) or sum(amount.minor for amount in told) != whole.minor:
        if len(parts) == 1:
            return [_entry(node, parts[0], base)]
        text = tidy(" ".join(filter(None, (_remittance(part) for part in parts))))
        return [_entry(node, None, replace(base, text=text))]
    return [
        _entry(node, part, replace(base, amount=amount, part=at, parts=len(parts)))
        for at, (part, amount) in enumerate(zip(parts, told, strict=True), 1)
    ]


def _part_amount(part: Element, whole: Money) -> Money | None:
    """The amount of a part in the entry's currency, with its sign."""
    for path in ("AmtDtls/TxAmt/Amt", "Amt"):
        node = part.find(path)
        if node is not None and node.get("Ccy") == whole.currency:
            found = money(tidy(node.text or ""), whole.currency)
            direction = _text(part, "CdtDbtInd")
            is_out = direction == "DBIT" if direction else whole.minor < 0
            return -found if is_out else found
    return None


def _entry(node: Element, details: Element | None, base: Entry) -> Entry:
    if details is None:
        return replace(base, text=base.text or _text(node, "AddtlNtryInf"))
    name, iban = _other_side(details, is_incoming=base.amount.minor > 0)
    return replace(
        base,
        name=name,
        iban=iban,
        text=_remittance(details) or _text(node, "AddtlNtryInf"),
        end_to_end=_end_to_end(details),
        bank_reference=_text(details, "Refs/AcctSvcrRef") or base.bank_reference,
    )


def _end_to_end(details: Element) -> str:
    told = _text(details, "Refs/EndToEndId")
    return "" if told in {"NOTPROVIDED", "NONREF"} else told


def _other_side(details: Element, *, is_incoming: bool) -> tuple[str, str]:
    role = "Dbtr" if is_incoming else "Cdtr"
    base = f"RltdPties/{role}"
    name = (
        _text(details, f"{base}/Nm")
        or _text(details, f"{base}/Pty/Nm")
        or _text(details, f"RltdPties/Ultmt{role}/Nm")
        or _text(details, f"RltdPties/Ultmt{role}/Pty/Nm")
        or _text(details, f"{base}/Agt/FinInstnId/Nm")
    )
    iban = _text(details, f"{base}Acct/Id/IBAN") or _text(details, f"{base}Acct/Id/Othr/Id")
    return name, account(iban)


def _remittance(details: Element) -> str:
    words = [_plain(node) for node in details.findall("RmtInf/Ustrd")]
    for node in details.findall("RmtInf/Strd"):
        words += [_text(node, "CdtrRefInf/Ref"), _text(node, "CdtrRefInf/CdtrRef")]
        words += [tidy(one.text or "") for one in node.findall("RfrdDocInf/Nb")]
        words += [tidy(one.text or "") for one in node.findall("AddtlRmtInf")]
    return tidy(" ".join(filter(None, words)))


def _plain(node: Element) -> str:
    return tidy(node.text or "")


def is_camt(data: bytes) -> bool:
    """Whether the beginning looks like one; any other XML is left to other readers."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").replace(b"\0", b"")
    return head.startswith(b"<") and (bool(_KIND.search(head.decode("latin-1"))) or b"BkToCstmr" in head)
