"""Mails dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.domain.received_mails import StoredMail
    from shopdesk.ui.shell.main_window import MainWindow

_OUTLOOK = ".msg"
_ENDINGS = (".eml", _OUTLOOK)


def is_mail(path: str) -> bool:
    """Whether a file is a mail by its name."""
    return path.lower().endswith(_ENDINGS)


def take(window: MainWindow, paths: Sequence[str]) -> None:
    """Take them in and show the last one; Outlook's own files are explained."""
    gettext = window.texts.gettext
    if any(path.lower().endswith(_OUTLOOK) for path in paths):
        window.toast(
            gettext(
                "Outlook's own files (.msg) cannot be read here. Please open the mail in Outlook and save it as .eml, "
                "or forward it to the mailbox that shopdesk reads."
            ),
            seconds=12,
        )
    mails = [Path(path) for path in paths if not path.lower().endswith(_OUTLOOK)]
    if not mails:
        return

    def work() -> tuple[StoredMail, ...]:
        from shopdesk.usecases import received_mails

        return tuple(received_mails.take_path(window.shop, path) for path in mails)

    def show(found: tuple[StoredMail, ...]) -> None:
        window.open_page("received_mails", found[-1].id)

    window.run_desk(work, show)
