"""Mails dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.domain.received_mails import StoredMail
    from shopdesk.ui.shell.main_window import MainWindow

_ENDINGS = (".eml", ".msg")


def is_mail(path: str) -> bool:
    """Whether a file is a mail by its name."""
    return path.lower().endswith(_ENDINGS)


def take(window: MainWindow, paths: Sequence[str]) -> None:
    """Take them in and show the last one, Outlook's own files (.msg), too."""
    mails = [Path(path) for path in paths]

    def work() -> tuple[StoredMail, ...]:
        from shopdesk.usecases import received_mails

        return tuple(received_mails.take_path(window.shop, path) for path in mails)

    def show(found: tuple[StoredMail, ...]) -> None:
        window.open_page("received_mails", found[-1].id)

    window.run_desk(work, show)
