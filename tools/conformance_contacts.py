"""Read every address book of the corpora as the program does; the figures stand in docs/conformance.md."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("contacts", "vcard")

_HEAD = """
## Address books and lists

Every file of two collections of address books (CSV in several encodings, vCard 2.1, 3.0, 4.0 of phones and mail
programs), read in a worker process and turned into customers row by row.

| file | read as | rows | taken | refused in words |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; `refused` is set where the whole of it is."""

    name: str
    form: str
    rows: int = 0
    taken: int = 0
    reasons: tuple[str, ...] = ()
    refused: str = ""
    seconds: float = 0


def files() -> list[Path]:
    """All files, in the order of their names."""
    from tools.conformance import corpora

    return sorted(path for folder in FOLDERS for path in (corpora() / folder).glob("*") if path.is_file())


def result(path: Path) -> Result:
    """Read one file and turn its rows into customers."""
    from shopdesk.domain.imports import columns
    from shopdesk.domain.imports.customer_rows import CustomerReader, RowRefused
    from shopdesk.domain.imports.values import ImportProblem
    from shopdesk.i18n import Texts, country_codes
    from shopdesk.intake.tables import door

    begin, name, texts = time.monotonic(), f"{path.parent.name}/{path.name}", Texts("en")
    try:
        found = door.read(path.read_bytes())
    except ImportProblem as problem:
        return Result(name, "", refused=texts.say(problem.message))
    mapping = columns.guess(found)
    reader = CustomerReader(mapping.fields, "DE", country_codes())
    reasons = [texts.say(bad.reason) for bad in found.refused]
    rows = columns.data_rows(found, mapping)
    taken = 0
    for row in rows:
        try:
            reader.read(row.cells)
            taken += 1
        except RowRefused as error:
            reasons.append(texts.say(error.message))
    form = f"{found.form}, {found.encoding}"
    seconds = time.monotonic() - begin
    return Result(name, form, len(rows) + len(found.refused), taken, tuple(reasons), "", seconds)


def report(found: Iterable[Result]) -> str:
    """The part of the page."""
    return _HEAD + "".join(
        f"| {one.name} | {one.form or one.refused} | {one.rows} | {one.taken} | {' '.join(one.reasons)} |\n"
        for one in found
    )
