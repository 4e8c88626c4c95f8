"""The one door for bank statements: bytes in, statements or one sentence out."""

from __future__ import annotations

import json

from shopdesk.domain.long_work import Stopped
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import EInvoiceProblem
from shopdesk.domain.statements import Statement, StatementProblem
from shopdesk.intake.worker import LARGEST_FILE, Worker

JOB = "statement"
_PROBLEMS = {
    "too-large": N_("The file is larger than {size} MB and was not read. Please fetch a shorter period."),
    "too-slow": N_("Reading the file took too long and was given up. Please fetch a shorter period."),
}
_UNREADABLE = N_(
    "The file cannot be read: it is damaged, too large or made to do harm. Nothing happened to your data."
)


def read(data: bytes, worker: Worker | None = None) -> tuple[Statement, ...]:
    """Read the file in a worker process. Raises StatementProblem, or Stopped when the owner pressed Cancel."""
    try:
        answer = (worker or Worker()).run(JOB, data)
    except EInvoiceProblem as problem:
        if problem.code == "stopped":
            raise Stopped from problem
        text = _PROBLEMS.get(problem.code, _UNREADABLE)
        raise StatementProblem(Message(text, {"size": LARGEST_FILE >> 20}), problem.code) from problem
    try:
        return _statements(answer)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise StatementProblem(Message(_UNREADABLE), "unreadable") from error


def _statements(answer: bytes) -> tuple[Statement, ...]:
    from shopdesk.intake.statements import plain

    lines = answer.split(b"\n")
    told = json.loads(lines[0])
    if "problem" in told:
        problem = told["problem"]
        values = {str(k): v for k, v in problem["values"].items() if isinstance(v, int | str)}
        raise StatementProblem(Message(str(problem["text"]), values), str(problem["code"]))
    return plain.loaded(lines)


def looks_like_one(data: bytes) -> bool:
    """Whether the beginning of a file says that it is a bank statement; `data` may be cut off."""
    from shopdesk.intake.statements import camt, lists, mt940
    from shopdesk.intake.tables import text

    if camt.is_camt(data):
        return True
    if data.startswith((b"PK", b"%PDF", b"<", b"\xd0\xcf")):
        return False
    decoded, _encoding = text.decode(data[: 1 << 14])
    return mt940.is_mt940(decoded) or lists.is_bank_list(decoded)
