"""A file from outside becomes a `ReceivedInvoice`. This runs in a worker process only (intake/worker.py)."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from typing import Protocol
from xml.etree.ElementTree import Element

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.plain import dumps, to_plain
from shopdesk.domain.received_invoices import EInvoiceProblem, ReceivedInvoice
from shopdesk.intake.einvoice import cii, pdf, ubl, xml
from shopdesk.intake.einvoice.values import embedded_bytes

_CII_NAMESPACES = (
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:",
    "urn:ferd:CrossIndustryDocument:",
)
# what XML from real programs is written in; loaded before the worker may open no file any more
_ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257",
    "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15", "cp437", "cp850", "mac-roman",
)  # fmt: skip


class _Syntax(Protocol):
    def read(self, root: Element) -> ReceivedInvoice: ...

    def embedded(self, root: Element) -> list[Element]: ...


def prepare(data: bytes) -> None:
    """Load what `answer` will need for this file."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    if is_pdf(data):
        pdf.preload()


def answer(data: bytes) -> str:
    """The JSON that goes back: the invoice, or the one sentence why there is none."""
    try:
        return dumps({"invoice": to_plain(read(data))})
    except EInvoiceProblem as problem:
        return refusal(problem)
    except (MemoryError, RecursionError):
        return refusal(xml.too_large())


def refusal(problem: EInvoiceProblem) -> str:
    """The JSON of a refusal."""
    message = problem.message
    return json.dumps({"problem": {"code": problem.code, "text": message.id, "values": dict(message.values)}})


def is_pdf(data: bytes) -> bool:
    """Whether the content is a PDF: readers accept the mark within the first kilobyte."""
    return b"%PDF-" in data[:1024]


def read(data: bytes) -> ReceivedInvoice:
    """The invoice in a PDF or XML file. Raises EInvoiceProblem for everything that is none."""
    if not data.strip():
        raise EInvoiceProblem(Message(N_("The file is empty.")), "empty")
    if is_pdf(data):
        found = pdf.files(data)
        chosen = pdf.invoice_file(found)
        invoice = _from_xml(chosen.data)
        others = tuple(entry.as_attachment for entry in found if entry is not chosen)
        return replace(invoice, attachments=(*invoice.attachments, *others))
    if not _looks_like_xml(data):
        raise EInvoiceProblem(Message(_FOREIGN), "foreign")
    return _from_xml(data)


_FOREIGN = N_(
    "This file is no e-invoice. shopdesk reads ZUGFeRD and Factur-X (PDF) and XRechnung (XML, both kinds)."
)


def _looks_like_xml(data: bytes) -> bool:
    start = data[:200].replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        start = start.removeprefix(mark)
    return start.lstrip().startswith(b"<")


def attachments(data: bytes) -> list[bytes | None]:
    """The bytes of each of the invoice's attachments, in the order of `ReceivedInvoice.attachments`."""
    found = pdf.files(data) if is_pdf(data) else ()
    chosen = pdf.invoice_file(found) if found else None
    syntax, root = _tree(chosen.data if chosen else data)
    inside = [embedded_bytes(node) for node in syntax.embedded(root)]
    return [*inside, *(entry.data for entry in found if entry is not chosen)]


def _from_xml(data: bytes) -> ReceivedInvoice:
    syntax, root = _tree(data)
    return syntax.read(root)


def _tree(data: bytes) -> tuple[_Syntax, Element]:
    """The reader of the syntax, and the tree it is for."""
    namespace, root = xml.parse(data)
    if root.tag in ubl.ROOTS and namespace == ubl.ROOTS[root.tag]:
        return ubl, root
    if root.tag in cii.ROOTS and namespace.startswith(_CII_NAMESPACES):
        return cii, root
    raise EInvoiceProblem(Message(_FOREIGN), "foreign")
