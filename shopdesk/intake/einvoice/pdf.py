"""The files inside a PDF, by PDFium: the library of the preview, so that nothing new comes in (docs/decisions/0013)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import Attachment, EInvoiceProblem

if TYPE_CHECKING:
    from pypdfium2 import PdfAttachment

MOST_FILES = 200
# the newest standard first: a PDF may carry ZUGFeRD 1 and Factur-X side by side
_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class Embedded:
    """One file in the PDF."""

    name: str
    data: bytes

    @property
    def as_attachment(self) -> Attachment:
        """What the owner sees of it."""
        return Attachment(file_name=self.name, size=len(self.data), is_in_pdf=True)


def files(pdf: bytes) -> tuple[Embedded, ...]:
    """The PDF's embedded files in their order. Raises EInvoiceProblem."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(pdf)
        found = [document.get_attachment(at) for at in range(min(document.count_attachments(), MOST_FILES))]
        return tuple(Embedded(entry.get_name()[:200], _content(entry)) for entry in found)
    except PdfiumError as error:
        raise _problem(error) from None


def _content(entry: PdfAttachment) -> bytes:
    """The file's bytes; a damaged photo beside the invoice is empty and does not spoil it."""
    from pypdfium2 import PdfiumError

    try:
        return bytes(entry.get_data())
    except PdfiumError:
        return b""


def _problem(error: Exception) -> EInvoiceProblem:
    if getattr(error, "err_code", None) == _PASSWORD:
        text = N_("The PDF is locked with a password. Please ask the sender for one without.")
        return EInvoiceProblem(Message(text), "password")
    text = N_("The PDF is damaged. Please ask the sender to send it again.")
    return EInvoiceProblem(Message(text), "broken-pdf")


def invoice_file(found: tuple[Embedded, ...]) -> Embedded:
    """The embedded file that is the invoice. Raises EInvoiceProblem when there is none."""
    for name in _NAMES:
        for entry in found:
            if entry.name.casefold() == name:
                return entry
    other = next((entry for entry in found if entry.name.casefold().endswith(".xml")), None)
    if other is not None:
        return other
    text = N_(
        "This PDF is no e-invoice: there are no invoice data in it. You can pay it like one on paper; "
        "a business in Germany may ask the sender for an e-invoice."
    )
    raise EInvoiceProblem(Message(text), "no-invoice-in-pdf")


def preload() -> None:
    """Load the library now: later no file can be opened any more."""
    import pypdfium2  # noqa: F401
