"""Every number once and none missing: the counters against the documents that carry their numbers."""

from __future__ import annotations

from sqlalchemy import Connection

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_ranges import TITLES
from shopdesk.store.number_ledger import ledgers
from shopdesk.store.problems import Finding


def verify(connection: Connection) -> list[Finding]:
    """Say for each range and year which numbers are missing or above their counter.

    A gap that ends at a start the owner once set is explained by the journal.
    """
    findings: list[Finding] = []
    for (name, _), ledger in ledgers(connection).items():
        missing = next(ledger.missing(), None)
        if missing is not None:
            findings.append(_finding("number-missing", name, missing[0]))
        if ledger.counter < ledger.highest:
            findings.append(_finding("counter-behind", name, ledger.highest))
    return findings


def _finding(code: str, name: str, number: int) -> Finding:
    text = N_("The number range “{range}” is broken at {number}. Please restore the last backup.")
    return Finding(code, Message(text, {"range": Message(TITLES[name]), "number": number}))
