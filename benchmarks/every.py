"""Each benchmark with its short settings, by name."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.figures import Figure


def _start() -> list[Figure]:
    from benchmarks.start import measure

    return measure()


def _preview() -> list[Figure]:
    from benchmarks.preview import measure

    return measure(keys=60)


def _paper() -> list[Figure]:
    from benchmarks.paper import measure

    return measure()


def _many() -> list[Figure]:
    from benchmarks.many import measure

    return measure()


def _batch() -> list[Figure]:
    from benchmarks.batch import measure

    return measure()


def _issue() -> list[Figure]:
    from benchmarks.issue import measure

    return measure()


def _duplicates() -> list[Figure]:
    from benchmarks.duplicates import measure

    return measure(10_000)


def _imports() -> list[Figure]:
    from benchmarks.imports import measure

    return measure(5_000)


def _matching() -> list[Figure]:
    from benchmarks.matching import measure

    return measure()


def _card() -> list[Figure]:
    from benchmarks.card import measure

    return measure()


def _ringing() -> list[Figure]:
    from benchmarks.ringing import measure

    return measure()


def _search() -> list[Figure]:
    import tempfile
    from pathlib import Path

    from benchmarks.generate import fill
    from benchmarks.search import measure
    from shopdesk.store.database import Database

    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "shop.sqlite") as database:
        fill(database, 10_000, entries=50_000)
        return measure(database)


def _lists() -> list[Figure]:
    import tempfile
    from pathlib import Path

    from benchmarks.generate import fill
    from benchmarks.lists import measure
    from shopdesk.store.database import Database

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "shop.sqlite"
        with Database(path) as database:
            fill(database, 10_000, entries=50_000)
        return measure(path)


def _journal() -> list[Figure]:
    from benchmarks.journal import measure

    return measure()


def _today() -> list[Figure]:
    from benchmarks.today import measure

    return measure()


BENCHMARKS: dict[str, tuple[str, Callable[[], list[Figure]]]] = {
    "duplicates": ("duplicate customers: the guard at entry, the review of all", _duplicates),
    "start": ("start → first window → everything usable, against a bare window", _start),
    "preview": ("keystroke → painted preview in the editor", _preview),
    "issue": ("issue a document (PDF and store), warm and cold, against the raw driver", _issue),
    "paper": ("one page with PDF/A-3, tags and XML, against WeasyPrint printing the same page", _paper),
    "many": ("500 invoices in one go; memory over 5,000 issued ones (six minutes)", _many),
    "batch": ("the window while 500 drafts are issued and their month is handed over", _batch),
    "matching": ("10,000 transfers of a bank file against what is open", _matching),
    "card": ("the first opening of a customer's card, and the next ones", _card),
    "ringing": ("the box's line on the wire → painted banner of who is calling", _ringing),
    "journal": ("a page of the journal and a step of a search in it, of 100,000 entries", _journal),
    "lists": ("long lists turned over, their end, the palette typed into, over 10,000 customers", _lists),
    "today": ("Heute with 5,000 open things: read, ranked, shown, and its clocks", _today),
    "imports": ("5,000 contacts from a CSV with duplicate check, against csv.reader", _imports),
    "search": ("every keystroke of 700 hints over 10,000 customers, against LIKE", _search),
}
