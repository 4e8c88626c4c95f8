"""ReportLab's canvas as PDF/A-3b with tags (RULES.md 5).

What its document model lacks is added by subclasses and by hooks that it has; no class of the library is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    NoEncryption,
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFPage,
)
from reportlab.pdfgen.canvas import Canvas

from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.metadata import (
    PRODUCER,
    EmbeddedFile,
    Information,
    attachments,
    output_intents,
    pdf_date,
    xmp,
)
from shopdesk.output.pdf.structure import Structure, stream, words

# four bytes above 127 say that the file is not text (ISO 32000-1, 7.5.2)
_HEAD = b"%PDF-1.7\n%\223\214\213\236\n"

rl_config.useA85 = 0  # streams as bytes: a fifth smaller, and no loop in Python over each of them


class _Content(PDFObject):
    """A stream's content and the end of line behind it, which /Length does not count (ISO 19005-3, 6.1.7.1)."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data)

    def format(self, _document: PDFDocument) -> bytes:
        return self._data + b"\n"


class _LineEnds(NoEncryption):
    """ReportLab writes `endstream` right behind the content. Here it asks for the content's last form."""

    def encode(self, t: bytes) -> _Content:
        return _Content(t)


class _Catalog(PDFCatalog):
    """With embedded files and colours; ReportLab's catalog leaves out what it does not know."""

    __NoDefault__ = [*PDFCatalog.__NoDefault__, "AF", "OutputIntents"]  # noqa: RUF012 - as in ReportLab


class _Page(PDFPage):
    """A drawn page with its place in the structure's parent tree and its order for the tabulator key."""

    __NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012

    def __init__(self, drawn: PDFPage, number: int) -> None:
        super().__init__()
        self.__dict__.update(vars(drawn))
        self.Trans = self.Rotate = None  # else both are written, empty
        self.StructParents = number
        self.Tabs = PDFName("S")


class _Info(PDFInfo):
    """The information dictionary, equal to the XMP (6.6.2.3); ReportLab's has the clock's time and fills gaps."""

    def __init__(self, about: Information) -> None:
        super().__init__()
        self.title, self.author, self.subject = about.title, about.author, about.subject
        self._moment: dt.datetime = about.moment

    def format(self, document: PDFDocument) -> bytes:
        values = {"Title": self.title, "Author": self.author, "Subject": self.subject}
        values |= {"Creator": PRODUCER, "Producer": PRODUCER}
        entries: dict[str, PDFObject] = {key: words(value) for key, value in values.items() if value}
        entries["CreationDate"] = entries["ModDate"] = pdf_date(self._moment)
        return PDFDictionary(entries).format(document)


class _Document(PDFDocument):
    """ReportLab's document with these parts. Its identifier is a digest of what is put into it."""

    encrypt = _LineEnds()
    Pages: Any

    def __init__(self) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        catalog: Any = _Catalog()
        catalog.Pages, catalog.Outlines = self.Pages, self.outline
        self.Catalog = self._catalog = catalog

    def addPage(self, page: Any) -> None:  # noqa: N802 - ReportLab's name
        self.updateSignature(page.stream)
        super().addPage(_Page(page, len(self.Pages.pages)))

    def format(self) -> bytes:
        """The file's bytes (7.5): ReportLab's way without what no paper has: encryption, comments, signatures."""
        names: dict[int, str] = self.numberToId
        objects: dict[str, Any] = self.idToObject
        reference: Any = self.Reference
        trailer = {"Root": reference(self.Catalog), "Info": reference(self.info)}
        parts, size, offsets, number = [_HEAD], len(_HEAD), b"", 1
        while number in names:  # formatting makes more of them
            written = objects[names[number]].format(self)
            whole = b"%d 0 obj\n%s%sendobj\n" % (number, written, b"" if written.endswith(b"\n") else b"\n")
            parts.append(whole)
            offsets += b"%010d 00000 n \n" % size
            size += len(whole)
            number += 1
        trailer |= {"Size": number, "ID": self.ID()}
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (number, offsets))
        parts.append(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (PDFDictionary(trailer).format(self), size))
        return b"".join(parts)

    def describe(self, about: Information, files: Sequence[EmbeddedFile], structure: Structure) -> None:
        """Everything but the pages: metadata, colours, embedded files, tags."""
        self.info = _Info(about)
        packet = xmp(about, files)
        for content in (packet, *(file.data for file in files)):
            self.updateSignature(content)
        catalog: Any = self.Catalog
        catalog.Lang = words(about.language)
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = stream(packet, b"/Type/Metadata/Subtype/XML")
        catalog.OutputIntents = output_intents(self)
        if files:
            names = attachments(self, files, about.moment)
            catalog.AF = PDFArray(names[1::2])
            catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
        structure.register(self)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.StructTreeRoot = structure


class ArchiveCanvas(Canvas):
    """ReportLab's canvas whose file is PDF/A-3b. What is drawn has to be tagged or marked as decoration."""

    def __init__(self, size: tuple[float, float]) -> None:
        # The font of a page that says none would else be Helvetica, which is not embedded
        first: Any = fonts.typeface(fonts.REGULAR).fontName
        super().__init__("", pagesize=size, pageCompression=1, initialFontName=first)
        self._doc = _Document()

    def register_image(self, name: str, image: PDFObject) -> None:
        """Make a picture known, once for the document; `doForm(name)` draws it in a square of one point."""
        if not self.hasForm(name):
            self._doc.addForm(name, image)

    def shown(self, runs: Iterable[tuple[str, str]], size: str) -> str:
        """The operators that show a text, given in pieces with the names of their typefaces (9.4.3)."""
        parts = []
        for name, piece in runs:
            face = fonts.typeface(name)
            for number, codes in face.splitString(piece, self._doc):
                # hexadecimal: nothing in it needs a backslash
                parts.append(f"{face.getSubsetInternalName(number, self._doc)} {size} Tf<{codes.hex()}>Tj")
        return " ".join(parts)

    def finish(self, about: Information, files: Sequence[EmbeddedFile], structure: Structure) -> bytes:
        """The bytes of the file; the last page must be shown."""
        self._doc.describe(about, files, structure)
        return self._doc.GetPDFData(self)
