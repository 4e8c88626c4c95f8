"""What a PDF says about itself: PDF/A-3b, title, author, language, embedded files (ISO 19005-3, Factur-X 1.0)."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape  # the same for XML; xml.sax loads half of the network library

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from shopdesk import paths
from shopdesk.output.pdf.structure import LibraryDocument, stream, words

PRODUCER = "shopdesk"
FACTUR_X = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_FIELDS = (
    ("DocumentFileName", "name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE"),
    ("Version", "The actual version of the Factur-X XML schema"),
    ("ConformanceLevel", "The selected Factur-X profile completeness"),
)


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside the PDF. `profile` ("EN 16931") makes it the Factur-X invoice and is named in the metadata."""

    name: str
    data: bytes
    mime: str = "text/xml"
    relationship: str = "Alternative"  # ISO 19005-3, 6.8: Source, Data, Alternative, Supplement, Unspecified
    description: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Information:
    """Title and author of the paper; `moment` is the document's own time, never the clock's."""

    title: str
    author: str
    subject: str
    language: str
    moment: dt.datetime


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return zlib.compress((paths.resources() / "icc" / "sRGB.icc").read_bytes(), 9)


def output_intents(document: LibraryDocument) -> PDFArray:
    """The colours are meant as sRGB (ISO 19005-3, 6.2.3)."""
    profile = stream(_profile(), b"/N 3/Filter/FlateDecode")
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
        "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(profile),
    }
    return PDFArray([PDFDictionary(intent)])


def pdf_date(moment: dt.datetime) -> PDFString:
    """A moment in UTC."""
    return PDFString(moment.strftime("D:%Y%m%d%H%M%S+00'00'"))


def attachments(
    document: LibraryDocument, files: Sequence[EmbeddedFile], moment: dt.datetime
) -> list[PDFObject]:
    """Embed the files: their names and file specifications in turn, in the order of names (7.9.6)."""
    found: list[PDFObject] = []
    for file in sorted(files, key=lambda file: file.name):
        digest = hashlib.md5(file.data, usedforsecurity=False).digest()  # asked for by 7.11.4
        parameters = {
            "Size": len(file.data),
            "ModDate": pdf_date(moment),
            "CheckSum": PDFString(digest, enc="raw"),
        }
        entries = {
            "Type": PDFName("EmbeddedFile"),
            "Subtype": "/" + file.mime.replace("/", "#2F"),
            "Params": PDFDictionary(parameters),
        }
        stream = document.Reference(PDFStream(PDFDictionary(entries), file.data, [PDFZCompress]))
        specification = {
            "Type": PDFName("Filespec"),
            "F": words(file.name),
            "UF": words(file.name),
            "AFRelationship": PDFName(file.relationship),
            "Desc": words(file.description or file.name),
            "EF": PDFDictionary({"F": stream, "UF": stream}),
        }
        found += [words(file.name), document.Reference(PDFDictionary(specification))]
    return found


def xmp(about: Information, files: Sequence[EmbeddedFile]) -> bytes:
    """The metadata packet."""
    invoice = next((file for file in files if file.profile), None)
    date = about.moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    parts = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n',
        _description("pdfaid", "http://www.aiim.org/pdfa/ns/id/", part="3", conformance="B"),
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "<dc:format>application/pdf</dc:format>",
        _alternative("title", about.title),
        f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
        if about.author
        else "",
        _alternative("description", about.subject),
        f"<dc:language><rdf:Bag><rdf:li>{about.language}</rdf:li></rdf:Bag></dc:language></rdf:Description>\n",
        _description("pdf", "http://ns.adobe.com/pdf/1.3/", Producer=PRODUCER),
        _description(
            "xmp",
            "http://ns.adobe.com/xap/1.0/",
            CreatorTool=PRODUCER,
            CreateDate=date,
            ModifyDate=date,
            MetadataDate=date,
        ),
        _factur_x(invoice) if invoice else "",
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>',
    ]
    return "".join(parts).encode("utf-8", "replace")


def _description(prefix: str, space: str, **values: str) -> str:
    attributes = "".join(f' {prefix}:{key}="{escape(value)}"' for key, value in values.items())
    return f'<rdf:Description rdf:about="" xmlns:{prefix}="{space}"{attributes}/>\n'


def _alternative(name: str, text: str) -> str:
    return f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></dc:{name}>'


def _factur_x(file: EmbeddedFile) -> str:
    """The Factur-X properties and the extension schema that declares them (ISO 19005-3, 6.6.2.3.3)."""
    values = {
        "DocumentType": "INVOICE",
        "DocumentFileName": file.name,
        "Version": "1.0",
        "ConformanceLevel": file.profile,
    }
    fields = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for name, words in _FIELDS
    )
    return (
        _description("fx", FACTUR_X, **values)
        + '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
        'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
        'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{FACTUR_X}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{fields}</rdf:Seq></pdfaSchema:property></rdf:li>"
        "</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
    )
