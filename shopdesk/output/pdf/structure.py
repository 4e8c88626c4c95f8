"""The logical structure of a page (ISO 32000-1, 14.7): what is a heading, a table, a cell, for those who listen.

ReportLab knows no tags; these are objects of its document model that write themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString

LibraryDocument = Any  # a PDFDocument; ReportLab's stubs know half of it


def words(text: str) -> PDFString:
    """A text for titles and descriptions; half a character pair, which no encoding knows, becomes a question mark."""
    return PDFString(text.encode("utf-8", "replace").decode("utf-8"))


def pointer(document: LibraryDocument, thing: Any) -> bytes:
    """A reference to a registered object, faster than by the library's own object for it."""
    number, version = document.idToObjectNumberAndVersion[thing.__InternalName__]
    return b"%d %d R" % (number, version)


class Written(PDFObject):
    """An object whose bytes are known but for the objects that it points to."""

    __RefOnly__ = 1  # ReportLab: inside others it stands as a reference

    def __init__(self, *parts: bytes | PDFObject) -> None:
        self._parts = parts

    def format(self, document: LibraryDocument) -> bytes:
        """Its bytes, each object as a reference to it."""
        return b"".join(
            [part if isinstance(part, bytes) else pointer(document, part) for part in self._parts]
        )


def stream(data: bytes, entries: bytes) -> Written:
    """A stream of finished bytes; the end of line behind them is not counted by /Length (ISO 19005-3, 6.1.7.1)."""
    return Written(b"<<%s/Length %d>>\nstream\n" % (entries, len(data)), data, b"\nendstream\n")


@dataclass(slots=True, eq=False)
class Element(PDFObject):
    """A structure element; `content` holds children and (page index, marked content id) pairs in reading order."""

    tag: str
    parent: PDFObject
    pages: list[PDFObject]
    alternative: str = ""
    language: str = ""
    attributes: bytes = b""
    content: list[Element | tuple[int, int]] = field(default_factory=list)

    def format(self, document: LibraryDocument) -> bytes:
        """Its dictionary (14.7.2)."""
        own_page = next((kid[0] for kid in self.content if isinstance(kid, tuple)), None)
        parts = [b"<</S/%s/P %s" % (self.tag.encode("ascii"), pointer(document, self.parent))]
        if own_page is not None:
            parts.append(b"/Pg " + pointer(document, self.pages[own_page]))
        if self.attributes:
            parts.append(b"/A" + self.attributes)
        if self.alternative:
            parts.append(b"/Alt " + words(self.alternative).format(document))
        if self.language:
            parts.append(b"/Lang " + words(self.language).format(document))
        kids = b" ".join([self._kid(document, kid, own_page) for kid in self.content])
        return b"%s/K[%s]>>" % (b"".join(parts), kids)

    def _kid(self, document: LibraryDocument, kid: Element | tuple[int, int], own_page: int | None) -> bytes:
        if isinstance(kid, Element):
            return pointer(document, kid)
        page, identifier = kid
        if page == own_page:
            return b"%d" % identifier
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (pointer(document, self.pages[page]), identifier)


class Structure(PDFObject):
    """The tree while the pages are drawn, and the object at its root afterwards."""

    def __init__(self) -> None:
        self.pages: list[PDFObject] = []
        self.root = Element("Document", self, self.pages)
        self.current = self.root
        self._elements = [self.root]
        self._owners: list[list[Element]] = []  # for each page the element of each marked content id

    def new_page(self) -> None:
        """Marked content ids count from 0 on each page."""
        self._owners.append([])

    def begin(self, tag: str, *, alternative: str = "", language: str = "", attributes: bytes = b"") -> None:
        """Open an element inside the current one."""
        element = Element(tag, self.current, self.pages, alternative, language, attributes)
        self.current.content.append(element)
        self._elements.append(element)
        self.current = element

    def end(self) -> None:
        """Close the current element."""
        assert isinstance(self.current.parent, Element)
        self.current = self.current.parent

    def mark(self) -> int:
        """The id of the next piece of content, which belongs to the current element."""
        page = len(self._owners) - 1
        identifier = len(self._owners[page])
        self._owners[page].append(self.current)
        self.current.content.append((page, identifier))
        return identifier

    def register(self, document: LibraryDocument) -> None:
        """Give all elements their numbers in the document whose pages are drawn."""
        self.pages.extend(document.Pages.pages)
        document.Reference(self)
        for element in self._elements:
            document.Reference(element)

    def format(self, document: LibraryDocument) -> bytes:
        """The structure tree's root (14.7.2) with its parent tree."""
        rows = b" ".join(
            b"%d[%s]" % (page, b" ".join([pointer(document, owner) for owner in owners]))
            for page, owners in enumerate(self._owners)
        )
        return b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            pointer(document, self.root),
            rows,
            len(self._owners),
        )
