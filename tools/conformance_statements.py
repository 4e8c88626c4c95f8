"""Read every bank statement of the corpora as the program does; the figures stand in docs/conformance.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HEAD = """
## Bank statements

Every file of two collections of bank statements (camt.052/053/054 in versions 1 to 8, MT940 and MT942 of many banks),
read in a worker process. “Adds up” counts the statements where the old balance and the bookings give the new balance,
of those that tell both in one currency; samples whose figures were made up do not, and it is told.

| file | read as | statements | bookings | adds up | refused in words |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; `refused` is set where the whole of it is."""

    name: str
    form: str = ""
    statements: int = 0
    bookings: int = 0
    balanced: int = 0
    told: int = 0
    refused: str = ""


def files() -> list[Path]:
    """All files, in the order of their names."""
    from tools.conformance import corpora

    found = [*(corpora() / "camt").glob("**/*.xml"), *(corpora() / "mt940").glob("**/*.sta")]
    return sorted(path for path in found if path.is_file())


def result(path: Path) -> Result:
    """Read one file."""
    from shopdesk.domain.statements import StatementProblem
    from shopdesk.i18n import Texts
    from shopdesk.intake.statements import door

    name = f"{path.parent.name}/{path.name}".replace("data/", "camt/")
    try:
        found = door.read(path.read_bytes())
    except StatementProblem as problem:
        return Result(name, refused=Texts("en").say(problem.message))
    differences = [one.difference for one in found if one.difference is not None]
    return Result(
        name,
        found[0].form,
        len(found),
        sum(len(one.entries) for one in found),
        sum(not difference for difference in differences),
        len(differences),
    )


def report(results: Iterable[Result]) -> str:
    """The part of the page about them."""
    results = list(results)
    lines = [
        f"| {one.name} | {one.form} | {one.statements or ''} | {one.bookings if one.statements else ''} "
        f"| {f'{one.balanced} of {one.told}' if one.told else ''} | {one.refused.replace('|', '/')} |"
        for one in results
    ]
    read = sum(one.statements > 0 for one in results)
    tail = f"\n\n{read} of {len(results)} files are read, {len(results) - read} are refused in a sentence.\n"
    return _HEAD + "\n".join(lines) + tail
