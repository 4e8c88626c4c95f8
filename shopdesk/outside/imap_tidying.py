"""What the owner wants to become of mails on the server once they are stored: read, moved (RFC 6851), deleted."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from dataclasses import dataclass

from imap_tools import BaseMailBox
from imap_tools.errors import MailboxFolderSelectError
from imap_tools.utils import encode_folder

from shopdesk.domain.mail_in import Afterwards, FetchRefused
from shopdesk.domain.messages import N_, Message

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Tidying:
    """Which mails of a folder, and what is done with them."""

    folder: str
    validity: int
    uids: tuple[int, ...]
    afterwards: Afterwards
    target: str = ""


def tidy(box: BaseMailBox, host: str, what: Tidying) -> None:
    """Do it; a folder that is gone or numbered anew is left alone. Raises FetchRefused and what imaplib raises."""
    try:
        box.folder.set(what.folder)
    except MailboxFolderSelectError:
        return
    except imaplib.IMAP4.readonly as error:
        message = Message(
            N_(
                "{host} lets shopdesk only read the folder “{folder}”, so mails stay there as they are. Please choose "
                "“nothing” in the settings, under “On the server afterwards”."
            ),
            {"host": host, "folder": what.folder},
        )
        raise FetchRefused(message, "mail-in-readonly", "mail_in.afterwards") from error
    _kind, told = box.client.response("UIDVALIDITY")
    if not told or int(told[0] or 0) != what.validity:
        return  # other mails have these numbers now
    offers = _offers(box)
    for uids in _some(what.uids):
        if what.afterwards == Afterwards.READ:
            _said(box, "STORE", uids, "+FLAGS.SILENT", "(\\Seen)")
        elif what.afterwards == Afterwards.MOVE:
            _move(box, host, uids, what.target, offers)
        elif what.afterwards == Afterwards.DELETE:
            _delete(box, uids, offers)


def _some(uids: tuple[int, ...]) -> Iterator[str]:
    for first in range(0, len(uids), _AT_ONCE):
        yield ",".join(str(uid) for uid in uids[first : first + _AT_ONCE])


def _offers(box: BaseMailBox) -> frozenset[bytes]:
    """Many servers offer more once one is logged in."""
    _kind, told = box.client.capability()
    return frozenset(word for line in told if line for word in line.upper().split())


def _move(box: BaseMailBox, host: str, uids: str, target: str, offers: frozenset[bytes]) -> None:
    command = "MOVE" if b"MOVE" in offers else "COPY"
    kind, data = box.client.uid(command, uids, encode_folder(target))  # type: ignore[arg-type]
    if kind != "OK":
        if any(b"TRYCREATE" in line or b"NONEXISTENT" in line for line in data if line):
            message = Message(
                N_(
                    "There is no folder “{folder}” on {host} to move mails to. Please choose another one in the "
                    "settings; the mails are stored here and wait where they are."
                ),
                {"folder": target, "host": host},
            )
            raise FetchRefused(message, "mail-in-move", "mail_in.move_to")
        raise imaplib.IMAP4.error(str(data))
    if command == "COPY":
        _delete(box, uids, offers)


def _delete(box: BaseMailBox, uids: str, offers: frozenset[bytes]) -> None:
    """Without UIDPLUS only marked: EXPUNGE alone would throw away what other programs have marked, too."""
    _said(box, "STORE", uids, "+FLAGS.SILENT", "(\\Deleted)")
    if b"UIDPLUS" in offers:
        _said(box, "EXPUNGE", uids)


def _said(box: BaseMailBox, command: str, *arguments: str) -> None:
    kind, data = box.client.uid(command, *arguments)
    if kind != "OK":
        raise imaplib.IMAP4.error(str(data))
