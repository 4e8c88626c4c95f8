"""The one door for tables and address books from outside: bytes in, a `ReadFile` or one sentence out."""

from __future__ import annotations

import json
from typing import Any

from shopdesk.domain.imports.values import BadRow, ImportProblem, ReadFile, ReadRow
from shopdesk.domain.long_work import Stopped
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import EInvoiceProblem
from shopdesk.intake.worker import LARGEST_FILE, Worker

JOB = "table"

_PROBLEMS = {
    "too-large": N_(
        "The file is larger than {size} MB and was not read. Please split it into several files."
    ),
    "too-slow": N_("Reading the file took too long and was given up. Please split it into several files."),
}
_UNREADABLE = N_(
    "The file cannot be read: it is damaged, too large or made to do harm. Nothing happened to your data."
)


def read(data: bytes, worker: Worker | None = None) -> ReadFile:
    """Read the file in a worker process. Raises ImportProblem, or Stopped when the owner pressed Cancel."""
    try:
        answer = (worker or Worker()).run(JOB, data)
    except EInvoiceProblem as problem:
        if problem.code == "stopped":
            raise Stopped from problem
        text = _PROBLEMS.get(problem.code, _UNREADABLE)
        raise ImportProblem(Message(text, {"size": LARGEST_FILE >> 20}), problem.code) from problem
    try:
        head, *lines = answer.split(b"\n")
        told = json.loads(head)
        if "problem" in told:
            raise _refusal(told["problem"])
        return _file(told, lines)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ImportProblem(Message(_UNREADABLE), "unreadable") from error


def _file(told: dict[str, Any], lines: list[bytes]) -> ReadFile:
    rows: list[ReadRow] = []
    refused: list[BadRow] = []
    for line in lines:
        part = json.loads(line)
        rows += [ReadRow(int(number), tuple(map(str, cells))) for number, cells in part.get("rows", ())]
        refused += [
            BadRow(int(number), Message(str(text), _values(values)))
            for number, text, values in part.get("refused", ())
        ]
    return ReadFile(
        form=str(told["form"]),
        rows=tuple(rows),
        refused=tuple(refused),
        columns=tuple(map(str, told["columns"])),
        encoding=str(told["encoding"]),
        separator=str(told["separator"]),
        sheet=str(told["sheet"]),
        left_out=tuple(map(str, told["left_out"])),
    )


def _values(told: dict[str, Any]) -> dict[str, object]:
    return {str(name): value for name, value in told.items() if isinstance(value, int | str)}


def _refusal(told: dict[str, Any]) -> ImportProblem:
    return ImportProblem(Message(str(told["text"]), _values(told["values"])), str(told["code"]))
