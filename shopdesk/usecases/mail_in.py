"""Fetching mails: each is stored in one transaction together with its inquiry and the place up to which was read.

A kill in between loses nothing, since the place moves with the mail, and doubles nothing, since a mail is known by
its Message-ID. Nothing is changed on the server unless the owner chose so, and then only what is stored with all its
bytes (`_tidy`). Each mailbox has its own pauses. Heute reads the table mail_fetch: `alarm_at` makes a red row with the
sentence in `reason` (a `Reason` as JSON).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.long_work import LongWork
from shopdesk.domain.mail_in import (
    LARGEST_MAIL,
    Afterwards,
    FetchProblem,
    FetchRefused,
    FolderRole,
    FolderState,
    MailInAccount,
    failed,
    is_due,
    succeeded,
)
from shopdesk.domain.outbox import Reason
from shopdesk.domain.received_mails import MailPlace
from shopdesk.usecases import mail_in_settings, mail_intake, sent_mails
from shopdesk.usecases.mail_in_settings import FetchPasswordNeeded, NoInbox
from shopdesk.usecases.mail_intake import Arrival

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.outside.inbox import OpenInbox, Watch
    from shopdesk.usecases.shop import Shop

MOST_AT_ONCE = 200
"""After so many mails the outbox has its turn on the lane; the rest comes with the next fetch."""
_BATCH_MAILS, _BATCH_BYTES = 50, 8 << 20
_FOR_THE_OWNER = (FetchRefused, FetchPasswordNeeded, NoInbox)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought; `more`: call it again."""

    taken: int = 0
    kept_away: int = 0
    bounced: int = 0
    more: bool = False

    def __add__(self, other: Fetched) -> Fetched:
        return Fetched(
            self.taken + other.taken, self.kept_away + other.kept_away, self.bounced + other.bounced,
            self.more or other.more,
        )  # fmt: skip


def wants_fetching(shop: Shop, key: str) -> bool:
    """Whether the mailbox's mails are to be fetched and the pause after a failure is over."""
    account = mail_in_settings.account(shop, key)
    return (
        shop.inbox is not None
        and account is not None
        and account.is_on
        and is_due(mail_in_settings.state(shop, key), shop.clock.now())
    )


def fetch(
    shop: Shop, key: str, work: LongWork | None = None, draw: Callable[[], float] = random.random
) -> Fetched:
    """Fetch what is new in the mailbox of this `keychain_name`; call it where the network may take its time.

    Raises a FetchProblem, which is stored before: the owner sees it in Heute when it does not pass by itself. Raises
    Stopped between two mails when the owner wants it.
    """
    account = mail_in_settings.account(shop, key)
    if account is None or not account.is_on:
        return Fetched()
    try:
        found = _fetch_folders(shop, account, work or LongWork())
    except FetchProblem as problem:
        _note_failure(shop, account, problem, draw())
        raise
    _note_success(shop, account)
    return found


def _fetch_folders(shop: Shop, account: MailInAccount, work: LongWork) -> Fetched:
    inbox = mail_in_settings.inbox_of(shop)
    found = Fetched()
    with inbox.session(account, mail_in_settings.password_for(shop, account)) as opened:
        for folder, role in _folders(opened, account).items():
            if not found.more:
                found += _fetch_folder(shop, opened, _Place(account, folder, role), work)
        _tidy(shop, opened, account)
    return found


def _tidy(shop: Shop, opened: OpenInbox, account: MailInAccount) -> None:
    """Do on the server what the owner chose. What is cut off here is done by the next fetch: it stays noted."""
    from shopdesk.store import mail_tidying

    if account.afterwards == Afterwards.NOTHING:
        return
    with shop.reading() as connection:
        waiting = mail_tidying.waiting(connection, account.keychain_name)
    for one in waiting:
        opened.tidy(one.folder, one.uid_validity, one.uids, account.afterwards, account.move_to)
        with shop.writing() as connection:
            mail_tidying.done(connection, account.keychain_name, one.folder, one.uid_validity, one.uids)


def _folders(opened: OpenInbox, account: MailInAccount) -> dict[str, FolderRole]:
    """Our own mails last: what they answer is known by then."""
    found = dict.fromkeys(account.folders, FolderRole.INBOX)
    if account.watches_junk:
        found.setdefault(opened.folder_for(FolderRole.JUNK), FolderRole.JUNK)
    if account.watches_sent:
        found.setdefault(opened.folder_for(FolderRole.SENT), FolderRole.SENT)
    return {folder: role for folder, role in found.items() if folder}


def _fetch_folder(shop: Shop, opened: OpenInbox, unopened: _Place, work: LongWork) -> Fetched:
    from shopdesk.store import mail_fetches

    place = replace(unopened, validity=opened.open(unopened.folder))
    account, validity = place.account, place.validity
    with shop.reading() as connection:
        read = mail_fetches.folder(connection, account.keychain_name, place.folder)
    last = read.last_uid if read.uid_validity == validity else 0
    new = opened.uids_after(last, None if last else account.since)
    wanted, done, found = new[:MOST_AT_ONCE], 0, Fetched(more=len(new) > MOST_AT_ONCE)
    sizes = opened.sizes(wanted) if wanted else {}
    for batch in _batches({uid: sizes[uid] for uid in wanted if uid in sizes}):
        work.step(done, len(wanted))
        found += _take_batch(shop, opened, place, batch, work)
        done += len(batch)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where mails are fetched from."""

    account: MailInAccount
    folder: str
    role: FolderRole
    validity: int = 0


def _batches(sizes: Mapping[int, int]) -> Iterator[dict[int, int]]:
    """Some mails at a time: one process reads them, and what is not yet stored stays little."""
    batch: dict[int, int] = {}
    for uid, size in sizes.items():
        if batch and (len(batch) == _BATCH_MAILS or sum(batch.values()) + size > _BATCH_BYTES):
            yield batch
            batch = {}
        batch[uid] = size
    if batch:
        yield batch


def _take_batch(
    shop: Shop, opened: OpenInbox, place: _Place, batch: Mapping[int, int], work: LongWork
) -> Fetched:
    from shopdesk.intake.mails import door

    mails = tuple(opened.fetch(batch, LARGEST_MAIL))
    found = Fetched()
    for fetched, value in zip(mails, door.read([mail.data for mail in mails]), strict=True):
        if work.cancelled():
            work.step(0, len(mails))
        arrival = Arrival(fetched.data, value, fetched.received_at, fetched.size, fetched.is_cut, place.role)
        found += _counted(_store(shop, place, fetched.uid, arrival))
    return found


def _store(shop: Shop, place: _Place, uid: int, arrival: Arrival) -> MailPlace | None:
    """One mail, the place up to which the folder is read and what is to be done on the server, or none of it."""
    from shopdesk.store import mail_fetches, mail_tidying

    with shop.writing() as connection:
        take = sent_mails.take_note if place.role == FolderRole.SENT else mail_intake.take_in
        stands = take(shop, connection, arrival)
        read = FolderState(place.validity, uid)
        mail_fetches.save_folder(connection, place.account.keychain_name, place.folder, read)
        if stands == MailPlace.TAKEN and _is_tidied(place, arrival):
            key = place.account.keychain_name
            mail_tidying.note_newest(connection, key, place.folder, place.validity, uid)
    return stands


def _is_tidied(place: _Place, arrival: Arrival) -> bool:
    """Only what came to us; the rest of a mail of which we have the beginning stands on the server alone."""
    wanted = place.account.afterwards != Afterwards.NOTHING and place.role == FolderRole.INBOX
    return wanted and not (arrival.is_cut and place.account.afterwards == Afterwards.DELETE)


def _counted(stands: MailPlace | None) -> Fetched:
    return Fetched(
        int(stands == MailPlace.TAKEN), int(stands == MailPlace.KEPT_AWAY), int(stands == MailPlace.BOUNCE)
    )


def _note_success(shop: Shop, account: MailInAccount) -> None:
    from shopdesk.store import mail_fetches
    from shopdesk.store import received_mails as stored

    now = shop.clock.now()
    with shop.writing() as connection:
        before = mail_fetches.state(connection, account.keychain_name)
        mail_fetches.save_state(connection, succeeded(replace(before, name=account.title), now))
        if before.last_success_at is None or before.last_success_at.date() != now.date():
            stored.forget_old_bytes(connection, now)


def _note_failure(shop: Shop, account: MailInAccount, problem: FetchProblem, draw: float) -> None:
    from shopdesk.store import mail_fetches

    reason = Reason(problem.code, problem.message)
    passes = not isinstance(problem, _FOR_THE_OWNER)
    with shop.writing() as connection:
        before = mail_fetches.state(connection, account.keychain_name)
        after = failed(before, reason, is_passing=passes, now=shop.clock.now(), draw=draw)
        mail_fetches.save_state(connection, replace(after, name=account.title))


def watch(shop: Shop, key: str, on_news: Callable[[], None]) -> Watch | None:
    """Be told as soon as something comes; `on_news` is called on another thread. None where nothing is fetched.

    The keychain may ask the owner to unlock it, so call this off the window's thread.
    """
    account = mail_in_settings.account(shop, key)
    if account is None or not account.is_on or shop.inbox is None:
        return None
    try:
        mail_in_settings.password_for(shop, account)
    except FetchProblem:
        return None  # the next fetch says so
    # asked anew with each connection: what Microsoft gives lasts for an hour
    return shop.inbox.watch(account, lambda: mail_in_settings.password_for(shop, account), on_news)
