"""The watched folder: new statements are offered once they are whole, and never touched."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from shopdesk.domain.today import TodayKind
from shopdesk.usecases import bank_files, bank_folder, today
from shopdesk.usecases.bank_folder import Look
from shopdesk.usecases.shop import Shop
from tests.statement_files import Booking, camt

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NOBODY = frozenset[tuple[str, int, int]]()
STATEMENT = camt([Booking(29555, text="R-2026-0001")])


def looked(shop: Shop, folder: Path, times: int = 2, since: dt.datetime = LONG_AGO) -> list[str]:
    """The names that so many looks in a row offered."""
    found: list[str] = []
    growing = NOBODY
    for _each in range(times):
        look: Look = bank_folder.look(shop, folder, since, growing)
        found += [Path(one.path).name for one in look.found]
        growing = look.growing
    return found


def rows(shop: Shop) -> list[str]:
    return [item.title for item in today.items(shop) if item.kind == TodayKind.BANK_FILE]


def test_a_new_statement_is_offered_once_and_read_from_heute(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "camt.xml").write_bytes(STATEMENT)
    assert looked(open_shop, tmp_path, 1) == []  # it may still be growing
    assert looked(open_shop, tmp_path, 3) == ["camt.xml"]
    assert rows(open_shop) == ["camt.xml"]
    bank_files.take(open_shop, bank_files.open_file(tmp_path / "camt.xml"))
    assert rows(open_shop) == []
    assert looked(open_shop, tmp_path, 3) == []
    assert (tmp_path / "camt.xml").read_bytes() == STATEMENT


def test_a_file_that_grows_is_waited_for(open_shop: Shop, tmp_path: Path) -> None:
    place = tmp_path / "auszug.xml"
    place.write_bytes(STATEMENT[:300])
    first = bank_folder.look(open_shop, tmp_path, LONG_AGO, NOBODY)
    place.write_bytes(STATEMENT)
    second = bank_folder.look(open_shop, tmp_path, LONG_AGO, first.growing)
    assert (first.found, second.found) == ((), ())
    third = bank_folder.look(open_shop, tmp_path, LONG_AGO, second.growing)
    assert [Path(one.path).name for one in third.found] == ["auszug.xml"]


def test_only_statements_are_offered(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "kunden.csv").write_text("Name;Ort\nIvanova;Gabrovo\n", encoding="utf-8")
    (tmp_path / "rechnung.xml").write_text("<Invoice/>", encoding="utf-8")
    (tmp_path / "bild.png").write_bytes(b"\x89PNG")
    (tmp_path / "camt.xml.part").write_bytes(STATEMENT)
    (tmp_path / ".camt.xml").write_bytes(STATEMENT)
    (tmp_path / "leer.xml").write_bytes(b"")
    (tmp_path / "ordner.xml").mkdir()
    assert looked(open_shop, tmp_path, 3) == []


def test_what_lay_there_before_is_not_new(open_shop: Shop, tmp_path: Path) -> None:
    place = tmp_path / "alt.xml"
    place.write_bytes(STATEMENT)
    old = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp()
    os.utime(place, (old, old))
    assert looked(open_shop, tmp_path, 3, dt.datetime(2026, 2, 1, tzinfo=dt.UTC)) == []


def test_a_file_that_is_moved_into_the_folder_is_new_though_its_time_is_old(
    open_shop: Shop, tmp_path: Path
) -> None:
    since = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    old = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp()
    folder = tmp_path / "Downloads"
    folder.mkdir()
    lay_there, moved = folder / "alt.xml", tmp_path / "auszug.xml"
    for at, place in enumerate((lay_there, moved)):
        place.write_bytes(camt([Booking(100 + at, text="R-2026-0001")]))
        os.utime(place, (old, old))
    first = bank_folder.look(open_shop, folder, since, NOBODY)
    moved.rename(folder / moved.name)
    second = bank_folder.look(open_shop, folder, since, first.growing, first.names)
    third = bank_folder.look(open_shop, folder, since, second.growing, second.names)
    assert [Path(one.path).name for one in third.found] == ["auszug.xml"]


def test_what_was_read_already_under_another_name_is_not_offered(open_shop: Shop, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mail"
    elsewhere.mkdir()
    (elsewhere / "a.xml").write_bytes(STATEMENT)
    bank_files.take(open_shop, bank_files.open_file(elsewhere / "a.xml"))
    (tmp_path / "b.xml").write_bytes(STATEMENT)
    assert looked(open_shop, tmp_path, 3) == []


def test_left_aside_it_stays_where_it_is_and_comes_back_with_undo(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "camt.xml").write_bytes(STATEMENT)
    looked(open_shop, tmp_path)
    (found,) = bank_folder.waiting(open_shop)
    undo = bank_folder.leave_aside(open_shop, found.id)
    assert rows(open_shop) == []
    undo.run(open_shop)
    assert rows(open_shop) == ["camt.xml"]
    (tmp_path / "camt.xml").unlink()  # the owner tidied up
    assert bank_folder.clear_missing(open_shop) == 1
    assert rows(open_shop) == []


def test_the_same_name_with_other_content_is_new_again(open_shop: Shop, tmp_path: Path) -> None:
    place = tmp_path / "umsaetze.xml"
    place.write_bytes(STATEMENT)
    looked(open_shop, tmp_path)
    bank_files.take(open_shop, bank_files.open_file(place))
    place.write_bytes(camt([Booking(1000), Booking(2000)]))
    assert looked(open_shop, tmp_path, 3) == ["umsaetze.xml"]


def test_a_folder_that_is_away_is_no_trouble(open_shop: Shop, tmp_path: Path) -> None:
    assert bank_folder.look(open_shop, tmp_path / "stick", LONG_AGO, NOBODY) == Look(is_there=False)
