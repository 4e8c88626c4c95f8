"""How fetching stands: the account's successes and failures, each folder's last uid, the owner's word on senders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from shopdesk.domain.mail_in import FetchState, FolderState
from shopdesk.domain.outbox import Reason
from shopdesk.domain.received_mails import SenderRule
from shopdesk.store import moments, plain
from shopdesk.store.tables import mail_fetch, mail_folder, mail_sender_rule


def state(connection: Connection, account: str) -> FetchState:
    """How fetching from the account stands."""
    row = connection.execute(select(mail_fetch).where(mail_fetch.c.account == account)).one_or_none()
    if row is None:
        return FetchState(account)
    return FetchState(
        account,
        _moment(row.last_success_at),
        _moment(row.failing_since),
        row.failures,
        _moment(row.next_try_at),
        plain.loads(Reason, row.reason) if row.reason else None,
        _moment(row.alarm_at),
        row.name,
    )


def save_state(connection: Connection, value: FetchState) -> None:
    """Store how fetching from an account stands."""
    columns: dict[str, Any] = {
        "last_success_at": _text(value.last_success_at),
        "failing_since": _text(value.failing_since),
        "failures": value.failures,
        "next_try_at": _text(value.next_try_at),
        "reason": plain.dumps(value.reason) if value.reason else "",
        "alarm_at": _text(value.alarm_at),
        "name": value.name,
    }
    stored = update(mail_fetch).where(mail_fetch.c.account == value.account)
    if connection.execute(stored.values(columns)).rowcount == 0:
        connection.execute(insert(mail_fetch).values(account=value.account, **columns))


def forget_state(connection: Connection, account: str) -> None:
    """As if nothing had ever been fetched from the account."""
    connection.execute(delete(mail_fetch).where(mail_fetch.c.account == account))


def folder(connection: Connection, account: str, name: str) -> FolderState:
    """Up to where a folder was read."""
    wanted = select(mail_folder.c.uid_validity, mail_folder.c.last_uid).where(
        mail_folder.c.account == account, mail_folder.c.folder == name
    )
    row = connection.execute(wanted).one_or_none()
    return FolderState() if row is None else FolderState(row.uid_validity, row.last_uid)


def save_folder(connection: Connection, account: str, name: str, value: FolderState) -> None:
    """Store up to where a folder was read."""
    columns = {"uid_validity": value.uid_validity, "last_uid": value.last_uid}
    stored = update(mail_folder).where(mail_folder.c.account == account, mail_folder.c.folder == name)
    if connection.execute(stored.values(columns)).rowcount == 0:
        connection.execute(insert(mail_folder).values(account=account, folder=name, **columns))


def forget_folders(connection: Connection, account: str) -> None:
    """Read an account's folders anew: mails that are there already are recognised."""
    connection.execute(delete(mail_folder).where(mail_folder.c.account == account))


def rule(connection: Connection, address: str) -> SenderRule | None:
    """What the owner decided about an address."""
    statement = select(mail_sender_rule.c.rule).where(mail_sender_rule.c.address == address.lower())
    found = connection.scalar(statement)
    return SenderRule(found) if found else None


def set_rule(connection: Connection, address: str, value: SenderRule | None, now: dt.datetime) -> None:
    """Store the owner's word; None: he takes it back."""
    connection.execute(delete(mail_sender_rule).where(mail_sender_rule.c.address == address.lower()))
    if value is not None:
        row = {"address": address.lower(), "rule": value.value, "at": moments.to_text(now)}
        connection.execute(insert(mail_sender_rule).values(row))


def _text(moment: dt.datetime | None) -> str | None:
    return moments.to_text(moment) if moment else None


def _moment(text: str | None) -> dt.datetime | None:
    return moments.from_text(text) if text else None
