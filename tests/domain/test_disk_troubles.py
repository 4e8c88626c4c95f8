"""What the system says about a file, in the owner's language."""

from __future__ import annotations

import errno
import os

import pytest

from shopdesk.domain import disk_troubles
from shopdesk.i18n import Texts

USUAL = (
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.ENOSPC,
    errno.EROFS,
    errno.EIO,
)


def said(number: int, language: str = "de") -> str:
    return Texts(language).say(disk_troubles.why(OSError(number, os.strerror(number))))


@pytest.mark.parametrize("number", USUAL, ids=errno.errorcode.__getitem__)
def test_usual_troubles_are_said_in_german(number: int) -> None:
    assert said(number) not in {"", os.strerror(number), said(number, "en")}


def test_the_words_fit_into_a_sentence() -> None:
    assert (said(errno.ENOENT), said(errno.ENOSPC)) == ("nicht vorhanden", "der Datenträger ist voll")
    assert disk_troubles.missing() == disk_troubles.why(FileNotFoundError(errno.ENOENT, "x"))


def test_a_trouble_without_words_keeps_those_of_the_system() -> None:
    assert said(errno.EPROTO) == os.strerror(errno.EPROTO)
    assert Texts("de").say(disk_troubles.why(OSError("{odd}"))) == "OSError"


def test_a_file_in_use_on_windows_is_not_called_forbidden() -> None:
    error = OSError(errno.EACCES, "used by another process")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert Texts("de").say(disk_troubles.why(error)) == "ein anderes Programm benutzt sie gerade"
