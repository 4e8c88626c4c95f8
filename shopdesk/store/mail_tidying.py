"""What is still to be done on the server with mails that were taken in: noted with the mail, gone when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from shopdesk.domain.received_mails import MailPlace
from shopdesk.store.tables import mail_tidying, received_mail


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """Mails of one folder that are stored and wait to be tidied away on the server."""

    folder: str
    uid_validity: int
    uids: tuple[int, ...]


def note_newest(connection: Connection, account: str, folder: str, uid_validity: int, uid: int) -> None:
    """The mail that was stored last in this transaction is to be tidied away afterwards."""
    newest = connection.scalar(select(func.max(received_mail.c.id)))
    row = {"account": account, "folder": folder, "uid_validity": uid_validity, "uid": uid, "mail_id": newest}
    connection.execute(insert(mail_tidying).values(row))


def waiting(connection: Connection, account: str) -> tuple[OpenFolder, ...]:
    """What is to be done, for mails only that stand in the shop's file with all their bytes."""
    stored = select(mail_tidying).join(received_mail, received_mail.c.id == mail_tidying.c.mail_id)
    wanted = stored.where(
        mail_tidying.c.account == account,
        received_mail.c.place == MailPlace.TAKEN.value,
        func.length(received_mail.c.data) > 0,
    )
    found: dict[tuple[str, int], list[int]] = {}
    for row in connection.execute(wanted.order_by(mail_tidying.c.folder, mail_tidying.c.uid)):
        found.setdefault((row.folder, row.uid_validity), []).append(row.uid)
    return tuple(OpenFolder(folder, validity, tuple(uids)) for (folder, validity), uids in found.items())


def done(connection: Connection, account: str, folder: str, uid_validity: int, uids: Sequence[int]) -> None:
    """It is done, or has no meaning any more."""
    for uid in uids:
        connection.execute(
            delete(mail_tidying).where(
                mail_tidying.c.account == account, mail_tidying.c.folder == folder,
                mail_tidying.c.uid_validity == uid_validity, mail_tidying.c.uid == uid,
            )
        )  # fmt: skip


def forget(connection: Connection, account: str) -> None:
    """The owner wants it otherwise: nothing is to be done any more."""
    connection.execute(delete(mail_tidying).where(mail_tidying.c.account == account))
