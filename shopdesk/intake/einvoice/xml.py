"""XML from strangers as a tree: no DOCTYPE, no entities, nothing fetched, and a limit on everything (RELIABILITY.md).

Expat is used directly, since ElementTree's own parser cannot refuse a DOCTYPE before it is expanded.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import EInvoiceProblem

LARGEST = 32 << 20
"""Bytes; the largest invoices of the official test suite have 0.4 MB."""
DEEPEST = 40
MOST_ELEMENTS = 1_000_000
MOST_ATTRIBUTES = 64
LONGEST_NAME = 200
_CHUNK = 1 << 16
_SEPARATOR = "\n"  # no namespace holds one


def parse(xml: bytes) -> tuple[str, Element]:
    """The namespace of the root and the tree with local names only. Raises EInvoiceProblem."""
    if len(xml) > LARGEST:
        raise too_large()
    try:
        return _Tree().read(xml)
    except expat.ExpatError as error:
        raise _broken(error) from None
    except (LookupError, ValueError, OSError) as error:
        # an encoding that Python does not know, one that is no character set, or one that would have to be loaded
        raise EInvoiceProblem(Message(_ENCODING), "encoding") from error


_ENCODING = N_(
    "The invoice data name a character encoding that cannot be read. Please ask the sender for a correct file."
)


def too_large() -> EInvoiceProblem:
    """The one sentence for every limit."""
    text = N_(
        "The file is larger or more deeply nested than any real invoice; it was not read. "
        "Please ask the sender for a correct file."
    )
    return EInvoiceProblem(Message(text), "too-large")


def _broken(error: expat.ExpatError) -> EInvoiceProblem:
    if error.code in {18, 19}:  # unknown encoding, wrong encoding
        return EInvoiceProblem(Message(_ENCODING), "encoding")
    text = N_(
        "The invoice data are damaged (line {line}): they stop being XML there. "
        "Please ask the sender to send the file again."
    )
    return EInvoiceProblem(Message(text, {"line": error.lineno}), "broken-xml")


class _Tree:
    """One parse. Expat calls the methods; each limit ends it."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._namespace = ""
        self._depth = self._elements = 0
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.UnparsedEntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        self._parser = parser

    def read(self, xml: bytes) -> tuple[str, Element]:
        for begin in range(0, len(xml), _CHUNK):
            self._parser.Parse(xml[begin : begin + _CHUNK], False)  # noqa: FBT003 - expat's own signature
        self._parser.Parse(b"", True)  # noqa: FBT003
        return self._namespace, self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if (
            self._depth > DEEPEST
            or self._elements > MOST_ELEMENTS
            or len(attributes) > MOST_ATTRIBUTES
            or len(name) > LONGEST_NAME
        ):
            raise too_large()
        namespace, _, local = name.rpartition(_SEPARATOR)
        if self._depth == 1:
            self._namespace = namespace
        self._builder.start(local, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(name.rpartition(_SEPARATOR)[2])


def _refuse(*_told: object) -> NoReturn:
    text = N_(
        "The file contains a document type definition. No e-invoice needs one and attacks use it, so it was not read."
    )
    raise EInvoiceProblem(Message(text), "doctype")
