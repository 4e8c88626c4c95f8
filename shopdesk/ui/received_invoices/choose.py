"""Asking for a file with an e-invoice, and for the place of a copy."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.i18n import Texts


def choose_file(parent: QWidget, texts: Texts) -> str:
    """The chosen file, "" without one."""
    kinds = texts.gettext("E-invoices (PDF, XML)") + " (*.pdf *.xml *.PDF *.XML)"
    name, _filter = QFileDialog.getOpenFileName(parent, texts.gettext("Open an e-invoice"), "", kinds)
    return name


def choose_place(parent: QWidget, texts: Texts, name: str) -> str:
    """Where the original is to be saved, "" when the owner thinks better of it."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, texts.gettext("Save as"), name)
    return chosen
