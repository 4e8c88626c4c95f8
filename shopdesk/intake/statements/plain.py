"""Statements as JSON and back: how they come out of the worker process."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from shopdesk.domain.money import Money
from shopdesk.domain.statements import Entry, Statement

_PER_LINE = 200


def dumped(statements: tuple[Statement, ...]) -> str:
    """One line about each statement, then some entries on each: one value would stop the reader's other threads."""
    lines: list[str] = []
    for one in statements:
        head = {
            "form": one.form,
            "account": one.account,
            "currency": one.currency,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "opening": _money(one.opening),
            "closing": _money(one.closing),
        }
        lines.append(json.dumps(head))
        chunks = (one.entries[at : at + _PER_LINE] for at in range(0, len(one.entries), _PER_LINE))
        lines.extend(json.dumps({"entries": [_entry(entry) for entry in chunk]}) for chunk in chunks)
    return "\n".join(lines)


def _money(value: Money | None) -> tuple[int, str] | None:
    return (value.minor, value.currency) if value is not None else None


def _entry(entry: Entry) -> tuple[object, ...]:
    return (
        entry.booked.isoformat(),
        entry.value.isoformat(),
        entry.amount.minor,
        entry.amount.currency,
        entry.name,
        entry.iban,
        entry.text,
        entry.end_to_end,
        entry.bank_reference,
        entry.part,
        entry.parts,
    )


def loaded(lines: list[bytes]) -> tuple[Statement, ...]:
    """What `dumped` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    found: list[Statement] = []
    entries: list[list[Entry]] = []
    for line in lines:
        told = json.loads(line)
        if "entries" in told:
            entries[-1] += [_read_entry(one) for one in told["entries"]]
        else:
            found.append(_read_head(told))
            entries.append([])
    return tuple(replace(one, entries=tuple(its)) for one, its in zip(found, entries, strict=True))


def _read_head(told: dict[str, Any]) -> Statement:
    return Statement(
        form=str(told["form"]),
        account=str(told["account"]),
        currency=str(told["currency"]),
        first=dt.date.fromisoformat(told["first"]),
        last=dt.date.fromisoformat(told["last"]),
        opening=Money(*told["opening"]) if told["opening"] else None,
        closing=Money(*told["closing"]) if told["closing"] else None,
    )


def _read_entry(told: list[Any]) -> Entry:
    booked, value, minor, currency, name, iban, text, end_to_end, reference, part, parts = told
    return Entry(
        booked=dt.date.fromisoformat(booked),
        value=dt.date.fromisoformat(value),
        amount=Money(minor, str(currency)),
        name=str(name),
        iban=str(iban),
        text=str(text),
        end_to_end=str(end_to_end),
        bank_reference=str(reference),
        part=int(part),
        parts=int(parts),
    )
