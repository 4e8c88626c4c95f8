"""What is kept of who was forgotten goes when no law wants it any more, and no backup brings anybody back."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import NotFound
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.outside.clock import FixedClock
from shopdesk.store.tables import metadata
from shopdesk.usecases import backups, consents, customers, erasure, privacy, timeline
from shopdesk.usecases.shop import Shop
from tests.usecases.test_erasure import bytes_of, fill, filled, known, sold


def restricted(shop: Shop, customer_id: int) -> bool:
    found = erasure.erased(shop, customer_id)
    assert found is not None
    return found.erasure.done_at is None


def later(shop: Shop, year: int) -> None:
    shop.clock = FixedClock(dt.datetime(year, 1, 3, 9, tzinfo=dt.UTC))


def test_the_rest_goes_when_the_last_law_is_satisfied_and_only_once(open_shop: Shop) -> None:
    owner = known(open_shop)
    sold(open_shop, owner)
    assert owner.id is not None
    erasure.erase(open_shop, owner.id)
    assert (erasure.erase_due(open_shop), restricted(open_shop, owner.id)) == (0, True)
    later(open_shop, 2034)
    assert (erasure.erase_due(open_shop), restricted(open_shop, owner.id)) == (0, True)
    later(open_shop, 2035)
    assert (erasure.erase_due(open_shop), restricted(open_shop, owner.id)) == (1, False)
    assert erasure.erase_due(open_shop) == 0
    found = erasure.erased(open_shop, owner.id)
    assert found is not None
    assert (found.name, found.number) == ("", "")
    assert backups.check(open_shop) == ()


@pytest.mark.parametrize(
    ("given", "used", "kept_until"),
    [(2026, None, dt.date(2031, 1, 2)), (2010, 2026, dt.date(2031, 11, 23)), (2010, None, None)],
)
def test_a_consent_is_kept_for_five_years_from_giving_and_from_its_last_use(
    open_shop: Shop, given: int, used: int | None, kept_until: dt.date | None
) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    consents.note(
        open_shop, Consent(owner.id, Channel.MAIL, Purpose.ADVERTISING, "?", dt.date(given, 1, 2), "shop")
    )
    if used:
        with open_shop.writing() as connection:
            consents.note_use(open_shop, connection, [owner.id], Channel.MAIL, "Winterangebot")
    assert erasure.erase(open_shop, owner.id).kept_until == kept_until
    assert restricted(open_shop, owner.id) == (kept_until is not None)


def test_old_consents_go_with_the_name(open_shop: Shop) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    old = Consent(owner.id, Channel.MAIL, Purpose.ADVERTISING, "Uraltfrage?", dt.date(2010, 1, 2), "shop")
    consents.note(open_shop, old)
    erasure.erase(open_shop, owner.id)
    assert consents.of_customer(open_shop, owner.id) == ()
    assert b"uraltfrage" not in bytes_of(open_shop)


# Backups


def test_a_restored_older_backup_does_not_bring_him_back(open_shop: Shop, tmp_path: Path) -> None:
    owner, other = known(open_shop), customers.create(open_shop, Customer(company="Nachbar"))
    assert owner.id is not None
    assert other.id is not None
    timeline.add(
        open_shop, TimelineEntry(owner.id, EntryKind.NOTE, open_shop.clock.now(), text="Bandscheibe")
    )
    backups.back_up(open_shop, tmp_path / "old.zip")
    erasure.erase(open_shop, owner.id)
    open_shop.close()
    backups.restore(tmp_path / "old.zip", open_shop.place, replace=True)
    assert b"bandscheibe" in bytes_of(open_shop)
    assert backups.forget_again(open_shop, tmp_path / "old.zip") == 1
    assert b"bandscheibe" not in bytes_of(open_shop)
    with pytest.raises(NotFound):
        customers.get(open_shop, owner.id)
    assert customers.get(open_shop, other.id).name == "Nachbar"
    assert backups.forget_again(open_shop, tmp_path / "old.zip") == 0


def test_a_backup_that_was_copied_by_hand_is_cleaned_at_the_next_start(
    open_shop: Shop, tmp_path: Path
) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    backups.back_up(open_shop, tmp_path / "old.zip")
    erasure.erase(open_shop, owner.id)
    open_shop.close()
    backups.restore(tmp_path / "old.zip", open_shop.place, replace=True)
    assert (erasure.at_start(open_shop), erasure.at_start(open_shop)) == (1, 0)


def test_on_a_new_computer_the_list_beside_the_backups_is_used(open_shop: Shop, tmp_path: Path) -> None:
    owner, folder = known(open_shop), tmp_path / "backups"
    folder.mkdir()
    assert owner.id is not None
    backups.back_up(open_shop, folder / "old.zip")
    erasure.erase(open_shop, owner.id)
    backups.back_up(open_shop, folder / "new.zip")
    open_shop.close()
    (tmp_path / "elsewhere").mkdir()
    open_shop.place = tmp_path / "elsewhere" / "shop.sqlite"
    backups.restore(folder / "old.zip", open_shop.place)
    assert backups.forget_again(open_shop, folder / "old.zip") == 1


def test_who_got_the_same_id_after_a_restore_is_somebody_else(open_shop: Shop, tmp_path: Path) -> None:
    backups.back_up(open_shop, tmp_path / "empty.zip")
    owner = known(open_shop)
    assert owner.id is not None
    erasure.erase(open_shop, owner.id)
    open_shop.close()
    backups.restore(tmp_path / "empty.zip", open_shop.place, replace=True)
    later(open_shop, 2027)
    new = customers.create(open_shop, Customer(company="Nachbar"))
    assert new.id == owner.id
    assert erasure.at_start(open_shop) == 0
    assert customers.get(open_shop, owner.id).name == "Nachbar"


def test_the_list_names_nobody(open_shop: Shop, tmp_path: Path) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    erasure.erase(open_shop, owner.id)
    (place,) = tmp_path.glob("*.forgotten.json")
    content = place.read_text()
    assert owner.number not in content
    assert "Ivanova" not in content
    place.write_text("{")  # damaged: the shop opens all the same, and the list is written anew
    assert erasure.at_start(open_shop) == 0
    assert place.read_text() == content


def test_the_answer_tells_of_each_use_of_a_consent(open_shop: Shop, tmp_path: Path) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    given = Consent(owner.id, Channel.MAIL, Purpose.ADVERTISING, "?", dt.date(2026, 1, 2), "shop")
    consents.note(open_shop, given)
    with open_shop.writing() as connection:
        consents.note_use(open_shop, connection, [owner.id], Channel.MAIL, "Winterangebot")
    done = privacy.answer(open_shop, owner.id, tmp_path / "auskunft.zip")
    told = json.loads(zipfile.ZipFile(done.place).read("auskunft.json"))["tables"]
    assert [row["what"] for row in told["consent_use"]] == ["Winterangebot"]


def test_the_readable_answer_tells_every_kind_of_entry(open_shop: Shop, tmp_path: Path) -> None:
    owner = known(open_shop)
    fill(open_shop, owner)
    with open_shop.writing() as connection:
        for name in ("old_invoice", "received_invoice"):
            table = metadata.tables[name]
            row: dict[str, Any] = filled(table, customer_id=owner.id, sha256="1", kept_until="2034-12-31")
            wanted = {key: value for key, value in row.items() if key in table.c}
            days = {key: "2026-01-02" for key in ("day", "issued", "received_at") if key in table.c}
            blanks = {column.name: 0 for column in table.c if column.name in {"gross", "size"}}
            texts = {key: "x" for key in ("number", "file_name", "media_type") if key in table.c}
            blob = {"data": b"%PDF"}
            connection.execute(insert(table).values(wanted | days | blanks | texts | blob))
    assert owner.id is not None
    done = privacy.answer(open_shop, owner.id, tmp_path / "auskunft.zip")
    told = json.loads(zipfile.ZipFile(done.place).read("auskunft.json"))["tables"]
    assert told["old_invoice"]
    assert told["received_invoice"]


@pytest.mark.parametrize("how", ["deleted", "restricted"])
def test_who_is_in_no_list_any_more_is_answered_all_the_same(
    open_shop: Shop, tmp_path: Path, how: str
) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    if how == "deleted":
        customers.delete(open_shop, owner.id)
    else:
        sold(open_shop, owner)
        erasure.erase(open_shop, owner.id)
    done = privacy.answer(open_shop, owner.id, tmp_path / "auskunft.zip")
    told = json.loads(zipfile.ZipFile(done.place).read("auskunft.json"))["tables"]
    assert [row["family_name"] for row in told["customer"]] == ["Ivanova"]
    assert len(told["erasure"]) == (how == "restricted")
