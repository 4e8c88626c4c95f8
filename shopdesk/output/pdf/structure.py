"""The logical structure of a page (ISO 32000-1, 14.7): what is a heading, a table, a cell, for those who listen."""

from __future__ import annotations

from dataclasses import dataclass, field

from shopdesk.output.pdf.objects import PdfObjects, reference, text_string


@dataclass(slots=True)
class Element:
    """A structure element; `content` holds children and (page index, marked content id) pairs in reading order."""

    tag: str
    parent: Element | None = None
    alternative: str = ""
    language: str = ""
    attributes: bytes = b""
    content: list[Element | tuple[int, int]] = field(default_factory=list)
    number: int = 0


class Structure:
    """The tree while the pages are drawn, and its objects afterwards."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.current = self.root
        self._owners: list[list[Element]] = []  # for each page the element of each marked content id

    def new_page(self) -> None:
        """Marked content ids count from 0 on each page."""
        self._owners.append([])

    def begin(self, tag: str, *, alternative: str = "", language: str = "", attributes: bytes = b"") -> None:
        """Open an element inside the current one."""
        element = Element(tag, self.current, alternative, language, attributes)
        self.current.content.append(element)
        self.current = element

    def end(self) -> None:
        """Close the current element."""
        assert self.current.parent is not None
        self.current = self.current.parent

    def mark(self) -> int:
        """The id of the next piece of content, which belongs to the current element."""
        page = len(self._owners) - 1
        identifier = len(self._owners[page])
        self._owners[page].append(self.current)
        self.current.content.append((page, identifier))
        return identifier

    def write(self, objects: PdfObjects, pages: list[int]) -> int:
        """Add all elements and the parent tree; the number of the structure tree's root."""
        root = objects.reserve()
        elements = self._numbered(objects)
        for element in elements:
            objects.put(element.number, _body(element, root, pages))
        rows = b" ".join(
            b"%d[%s]" % (page, b" ".join(reference(owner.number) for owner in owners))
            for page, owners in enumerate(self._owners)
        )
        parents = objects.add(b"<</Nums[%s]>>" % rows)
        return objects.put(
            root,
            b"<</Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d>>"
            % (reference(self.root.number), reference(parents), len(self._owners)),
        )

    def _numbered(self, objects: PdfObjects) -> list[Element]:
        found, waiting = [], [self.root]
        while waiting:
            element = waiting.pop()
            element.number = objects.reserve()
            found.append(element)
            waiting.extend(kid for kid in reversed(element.content) if isinstance(kid, Element))
        return found


def _body(element: Element, root: int, pages: list[int]) -> bytes:
    own_page = next((kid[0] for kid in element.content if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.content:
        if isinstance(kid, Element):
            kids.append(reference(kid.number))
        elif kid[0] == own_page:
            kids.append(b"%d" % kid[1])
        else:
            kids.append(b"<</Type/MCR/Pg %s/MCID %d>>" % (reference(pages[kid[0]]), kid[1]))
    parent = element.parent.number if element.parent else root
    parts = [b"<</S/%s/P %s" % (element.tag.encode("ascii"), reference(parent))]
    if own_page is not None:
        parts.append(b"/Pg " + reference(pages[own_page]))
    if element.attributes:
        parts.append(b"/A" + element.attributes)
    if element.alternative:
        parts.append(b"/Alt " + text_string(element.alternative))
    if element.language:
        parts.append(b"/Lang " + text_string(element.language))
    return b"".join(parts) + b"/K[" + b" ".join(kids) + b"]>>"
