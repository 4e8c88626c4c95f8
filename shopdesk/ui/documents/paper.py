"""A document's PDF outside the editor: saved as a file, opened, printed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from shopdesk.domain import disk_troubles
from shopdesk.domain.documents import Document
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.xrechnung_rules import goes_as_xrechnung
from shopdesk.i18n import Texts
from shopdesk.ui.documents import kinds

if TYPE_CHECKING:
    from shopdesk.ui.documents.preview import Drawn

PRINTED_WIDTH = 2480
"""Pixels of a page's width on paper: A4 at 300 dpi."""


class FileNotWritten(ShopError):
    """The chosen place refuses the file."""

    code = "file"


def file_name(document: Document, texts: Texts) -> str:
    """How the file is called: by its number, a draft by its kind and customer."""
    kind = kinds.name(document.kind, texts)
    stem = document.number or " ".join(
        part for part in (texts.gettext("Draft"), kind, document.recipient.name) if part
    )
    return "".join(sign if sign.isalnum() or sign in "-_. " else "-" for sign in stem).strip() + ".pdf"


def mailed_files(document: Document, texts: Texts) -> tuple[str, ...]:
    """The document's own files in its mail: an XRechnung goes beside the PDF."""
    name = file_name(document, texts)
    return (name, beside(name)) if goes_as_xrechnung(document) else (name,)


def beside(pdf: str) -> str:
    """The name of the XRechnung that goes with a PDF of this name."""
    path = Path(pdf)
    return str(path.with_name(f"{path.stem}-xrechnung.xml"))


def ask_where(parent: QWidget, name: str, texts: Texts) -> str:
    """Where the file is to be saved; "" when the owner thinks better of it."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, texts.gettext("Save PDF"), name, "PDF (*.pdf)")
    return chosen


def write(place: str, pdf: bytes) -> None:
    """Write the file; raises FileNotWritten in words."""
    try:
        Path(place).write_bytes(pdf)
    except OSError as error:
        text = N_("The file {name} could not be written: {reason}. Please choose another place.")
        raise FileNotWritten(
            Message(text, {"name": Path(place).name, "reason": disk_troubles.why(error)})
        ) from error


def open_file(pdf: bytes, name: str) -> None:
    """Show the PDF in the system's own program."""
    file = Path(tempfile.mkdtemp(prefix="shopdesk-")) / name
    file.write_bytes(pdf)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def print_pages(parent: QWidget, drawn: Drawn, title: str) -> None:
    """Ask for the printer with the system's dialog and print the pages as they are."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(drawn.pages))

    dialog.accepted.connect(lambda: paint_pages(printer, drawn))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # QPrintDialog's own wants a receiver and hides this one


def paint_pages(printer: object, drawn: Drawn) -> None:
    """Each page fills a sheet."""
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(printer, QPrinter)
    painter = QPainter(printer)
    for number, page in enumerate(drawn.pages):
        if number:
            printer.newPage()
        painter.drawImage(QRectF(painter.viewport()), page)
    painter.end()
