"""Asking for a list to import, and which dropped files are one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.i18n import Texts

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".vcf", ".vcard"})


def is_list(name: str) -> bool:
    """Whether a file with this name is for the import page."""
    return Path(name).suffix.lower() in SUFFIXES


def choose_list(parent: QWidget, texts: Texts) -> str:
    """The chosen file, "" without one."""
    patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(SUFFIXES))
    kinds = texts.gettext("Lists and address books (CSV, Excel, vCard)") + f" ({patterns})"
    name, _filter = QFileDialog.getOpenFileName(parent, texts.gettext("Import a file"), "", kinds)
    return name
