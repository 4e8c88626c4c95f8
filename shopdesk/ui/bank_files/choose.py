"""Asking for a bank file, and which dropped files are one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_SUFFIXES = frozenset(
    {".xml", ".zip", ".sta", ".mt940", ".940", ".942", ".txt", ".csv", ".c52", ".c53", ".c54", ".camt"}
)


def is_bank_file(name: str, shop: Shop) -> bool:
    """Whether it is a bank statement: only files of fitting names are looked into, and the content decides."""
    if Path(name).suffix.lower() not in _SUFFIXES:
        return False
    from shopdesk.usecases import bank_files

    return bank_files.is_bank_file(name, shop)


def may_be_a_list(name: str) -> bool:
    """Whether the name is that of a list which the owner may explain."""
    return Path(name).suffix.lower() in {".csv", ".txt"}


def choose_files(parent: QWidget, texts: Texts) -> tuple[str, ...]:
    """The chosen files, none when the dialog was closed."""
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(_SUFFIXES))
    kinds = texts.gettext("Bank files (CAMT, MT940, CSV)") + f" ({patterns})"
    names, _filter = QFileDialog.getOpenFileNames(parent, texts.gettext("Read a bank file"), "", kinds)
    return tuple(names)
