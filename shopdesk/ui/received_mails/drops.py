"""Mails dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.received_mails import MailUnreadable, StoredMail

if TYPE_CHECKING:
    from shopdesk.ui.shell.main_window import MainWindow

_ENDINGS = (".eml", ".msg")


def is_mail(path: str) -> bool:
    """Whether a file is a mail by its name."""
    return path.lower().endswith(_ENDINGS)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What came of the files; each problem says which file it was."""

    mails: list[StoredMail] = field(default_factory=list)
    problems: list[ShopError] = field(default_factory=list)


def take(window: MainWindow, paths: Sequence[str]) -> None:
    """Take them in and show the last one, Outlook's own files (.msg), too; a broken one stops no other."""

    def work() -> _Taken:
        from shopdesk.usecases import received_mails

        taken = _Taken()
        for path in paths:
            try:
                taken.mails.append(received_mails.take_path(window.shop, Path(path)))
            except MailUnreadable as problem:
                taken.problems.append(problem)
        return taken

    def show(taken: _Taken) -> None:
        if taken.mails:
            window.open_page("received_mails", taken.mails[-1].id)
        for problem in taken.problems:
            window.problem(problem)

    window.run_desk(work, show)
