"""Month end (S42): the list of bills and the ZIP of their files, saved or mailed to the adviser."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.month_end import (
    LARGEST_MAIL,
    KindSum,
    MonthEnd,
    NumberReport,
    listed,
    per_kind,
    summed,
)
from shopdesk.domain.periods import Period
from shopdesk.i18n import Texts
from shopdesk.usecases import adviser_mail
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.usecases.mail_texts import ComposedMail
    from shopdesk.usecases.shop import Shop

SETTING = "month_end"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
_MOST_KEPT = 36  # periods that are remembered as done


class NothingToHandOver(ShopError):
    """No bill was issued in the period."""

    code = "month-end-empty"


@dataclass(frozen=True, slots=True)
class MonthEndSettings:
    """Stored in the shop: where the adviser's mail goes, and the names of the periods that are done."""

    adviser_email: str = ""
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What a period holds, counted by the database; `size` are the bytes of the documents' files.

    `drafts` bills are dated within it and not issued yet.
    """

    period: Period
    kinds: tuple[KindSum, ...]
    numbers: tuple[NumberReport, ...]
    size: int
    done: bool
    drafts: int = 0

    @property
    def count(self) -> int:
        """How many bills."""
        return sum(one.count for one in self.kinds)

    @property
    def fits_a_mail(self) -> bool:
        """Whether the files are small enough for the adviser's mailbox."""
        return in_a_mail(self.size) <= LARGEST_MAIL


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What came of it. `mail_id` is None where it was saved only; `too_large` says that it was to be mailed."""

    month_end: MonthEnd
    files: tuple[Path, ...] = ()
    mail_id: int | None = None
    size: int = 0
    too_large: bool = False


def in_a_mail(size: int) -> int:
    """How many bytes so many become in a mail (base64, line ends)."""
    return size * 78 // 57


def settings(shop: Shop) -> MonthEndSettings:
    """The adviser's address and what is done."""
    with shop.reading() as connection:
        return _settings_in(connection)


def _settings_in(connection: Connection) -> MonthEndSettings:
    from shopdesk.store import settings as stored

    return stored.load(connection, SETTING, MonthEndSettings, MonthEndSettings())


def save_adviser(shop: Shop, address: str) -> str:
    """Keep the adviser's mail address ("" forgets it), journalled; raises WrongAddress."""
    from shopdesk.domain.mail import checked_address
    from shopdesk.store import settings as stored

    address = checked_address(address, "adviser") if address.strip() else ""
    with shop.writing() as connection:
        old = _settings_in(connection)
        if old.adviser_email != address:
            stored.save(connection, SETTING, replace(old, adviser_email=address))
            before, after = {"adviser_email": old.adviser_email}, {"adviser_email": address}
            shop.record(connection, "save", "setting", SETTING, before, after)
    return address


def mark_done(shop: Shop, period: Period) -> Undo:
    """The owner has done it, with or without this program: Heute asks no more."""
    with shop.writing() as connection:
        _mark(connection, period, done=True)
        shop.record(connection, "done", "month_end", period.name)

    def take_back(other: Shop) -> None:
        with other.writing() as connection:
            _mark(connection, period, done=False)
            other.record(connection, "open", "month_end", period.name)

    return Undo(take_back)


def _mark(connection: Connection, period: Period, *, done: bool) -> None:
    from shopdesk.store import settings as stored

    old = _settings_in(connection)
    names = [name for name in old.done if name != period.name] + ([period.name] if done else [])
    stored.save(connection, SETTING, replace(old, done=tuple(names[-_MOST_KEPT:])))


def overview(shop: Shop, period: Period) -> Overview:
    """What the period holds; milliseconds, even for a year."""
    from shopdesk.store import month_end

    with shop.reading() as connection:
        return Overview(
            period,
            month_end.kind_sums(connection, period),
            month_end.number_reports(connection, period),
            month_end.size_of_files(connection, period),
            period.name in _settings_in(connection).done,
            month_end.drafts(connection, period),
        )


def collect(shop: Shop, period: Period, work: LongWork = LongWork()) -> MonthEnd:  # noqa: B008 - frozen
    """Everything about the period; raises Stopped."""
    with shop.reading() as connection:
        return _collect(connection, period, work, parts=1)


def _collect(connection: Connection, period: Period, work: LongWork, parts: int) -> MonthEnd:
    from shopdesk.store import documents, month_end

    ids = month_end.bill_ids(connection, period)
    bills = []
    for at, document_id in enumerate(ids):
        work.step(at, parts * len(ids))
        bills.append(listed(documents.load(connection, document_id)))
    found = tuple(bills)
    return MonthEnd(
        period, found, summed(found), per_kind(found), month_end.number_reports(connection, period)
    )


def save(shop: Shop, period: Period, folder: Path, work: LongWork = LongWork()) -> HandedOver:  # noqa: B008
    """Write list and ZIP into the folder, and remember the period as done.

    Both files are whole or not there: raises Stopped, OSError or NothingToHandOver, and what stood there before stays.
    """
    return _saved(shop, period, folder, work, too_large=False)


def _saved(shop: Shop, period: Period, folder: Path, work: LongWork, *, too_large: bool) -> HandedOver:
    from shopdesk.store.durable import durable_file, durable_write

    with shop.reading() as connection:
        profile, value, table = _list_of(connection, period, work)
        stem = _stem(value, profile)
        archive_path, list_path = folder / f"{stem}.zip", folder / f"{stem}.xlsx"
        with durable_file(archive_path) as stream:
            _write_archive(connection, value, table, f"{stem}.xlsx", stream, work)
    durable_write(list_path, table)
    size = archive_path.stat().st_size + len(table)
    _note(shop, value, "save", {"xlsx": _hash(table)})
    return HandedOver(value, (list_path, archive_path), size=size, too_large=too_large)


def mail(shop: Shop, period: Period, folder: Path, work: LongWork = LongWork()) -> HandedOver:  # noqa: B008
    """Queue list and ZIP as one mail to the adviser, and remember the period as done.

    What is too large for a mail is not mailed but saved into `folder`, and the answer says so (`too_large`).
    Raises WrongAddress without an address, Stopped, NothingToHandOver, OSError.
    """
    address = _adviser(shop)
    if not overview(shop, period).fits_a_mail:
        return _saved(shop, period, folder, work, too_large=True)
    with shop.reading() as connection:
        profile, value, table = _list_of(connection, period, work)
        stem, stream = _stem(value, profile), io.BytesIO()
        _write_archive(connection, value, table, f"{stem}.xlsx", stream, work)
    packed = stream.getvalue()
    if in_a_mail(len(packed) + len(table)) > LARGEST_MAIL:
        return _saved(shop, period, folder, work, too_large=True)
    composed = adviser_mail.composed(
        shop, address, profile, value, ((f"{stem}.xlsx", XLSX, table), (f"{stem}.zip", ZIP, packed))
    )
    mail_id = _queue(shop, value, composed)
    return HandedOver(value, mail_id=mail_id, size=len(packed) + len(table))


def _adviser(shop: Shop) -> str:
    from shopdesk.domain.mail import WrongAddress

    address = settings(shop).adviser_email
    if not address:
        text = N_("Please enter the mail address of your adviser first.")
        raise WrongAddress(Message(text), field="adviser")
    return address


def _list_of(connection: Connection, period: Period, work: LongWork) -> tuple[ShopProfile, MonthEnd, bytes]:
    from shopdesk.output.spreadsheets.month_end import month_end_list
    from shopdesk.usecases.shop_settings import load_profile

    profile = load_profile(connection)
    value = _collect(connection, period, work, parts=2)
    if not value.bills:
        text = N_("Nothing was invoiced in this period: {period}.")
        raise NothingToHandOver(Message(text, {"period": period.message}))
    return profile, value, month_end_list(value, profile.seller.name, Texts(profile.language))


def _stem(value: MonthEnd, profile: ShopProfile) -> str:
    from shopdesk.output.spreadsheets.month_end import file_stem

    return file_stem(value, Texts(profile.language))


def _write_archive(
    connection: Connection, value: MonthEnd, table: bytes, name: str, stream: BinaryIO, work: LongWork
) -> None:
    """The list first, then each document's files under its number."""
    from shopdesk.output.archives import Archive
    from shopdesk.usecases.document_files import add_files

    count = len(value.bills)
    with Archive(stream) as archive:
        archive.add(name, table, value.period.last)
        days = [(bill.id, bill.date) for bill in value.bills]
        add_files(connection, archive, days, with_xml=True, step=lambda at: work.step(count + at, 2 * count))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _queue(shop: Shop, value: MonthEnd, composed: ComposedMail) -> int:
    from shopdesk.usecases import outbox

    with shop.writing() as connection:
        mail_id = outbox.queue(connection, shop, composed)
        hashes = {file.name: file.sha256 for file in composed.files}
        _note_in(connection, shop, value, "mail", {"to": composed.recipient.address, **hashes})
    return mail_id


def _note(shop: Shop, value: MonthEnd, action: str, more: dict[str, object]) -> None:
    with shop.writing() as connection:
        _note_in(connection, shop, value, action, more)


def _note_in(
    connection: Connection, shop: Shop, value: MonthEnd, action: str, more: dict[str, object]
) -> None:
    """Done, and in the journal with its sums: what was handed over can be proved later."""
    gross = {currency: value.total(currency)[2].minor for currency in value.currencies}
    new = {"documents": len(value.bills), "gross": gross, **more}
    shop.record(connection, action, "month_end", value.period.name, new=new)
    _mark(connection, value.period, done=True)
