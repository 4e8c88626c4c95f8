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


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking in all files brought: all bookings, the new ones, and the new ones of a second time."""

    files: int
    bookings: int
    added: int
    again: int


def taken_twice(folder: Path) -> Imported:
    """Take every file that can be read into one new shop in the folder, and all of them once more."""
    import datetime as dt

    from shopdesk.domain.statements import StatementProblem
    from shopdesk.outside.clock import FixedClock
    from shopdesk.outside.fake_post import FakePost
    from shopdesk.outside.keychain import SessionKeychain
    from shopdesk.outside.mail_program import FakeMailProgram
    from shopdesk.usecases import bank_files
    from shopdesk.usecases.shop import Shop

    opened = []
    for path in files():
        try:
            opened.append(bank_files.open_file(path))
        except StatementProblem:
            continue
    clock = FixedClock(dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC))
    shop = Shop(
        folder / "shop.sqlite", clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Lindner"
    )
    try:
        first, second = ([bank_files.take(shop, each).added for each in opened] for _time in range(2))
        return Imported(len(opened), sum(each.size for each in opened), sum(first), sum(second))
    finally:
        shop.close()


def report_of_imports(value: Imported) -> str:
    """The sentence about them."""
    before = value.bookings - value.added
    return (
        f"\nAll {value.files} taken into one shop: {value.bookings} bookings, {value.added} of them new, {before} told "
        f"before by another sample of the same account. The same files a second time: {value.again} new.\n"
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
