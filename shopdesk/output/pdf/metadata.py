"""What a PDF says about itself: PDF/A-3b, title, author, language, embedded files (ISO 19005-3, Factur-X 1.0)."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from shopdesk import paths
from shopdesk.output.pdf.objects import PdfObjects, reference, text_string

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


def output_intent(objects: PdfObjects) -> bytes:
    """The colours are meant as sRGB (ISO 19005-3, 6.2.3)."""
    profile = objects.stream(b"/N 3/Filter/FlateDecode", _profile(), compress=False)
    return (
        b"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %s>>]" % reference(profile)
    )


def pdf_date(moment: dt.datetime) -> bytes:
    """A moment in UTC as a PDF string."""
    return moment.strftime("(D:%Y%m%d%H%M%S+00'00')").encode("ascii")


def information(objects: PdfObjects, about: Information) -> int:
    """The document information dictionary, equal to the XMP (6.6.2.3)."""
    rows = [(b"Title", about.title), (b"Author", about.author), (b"Subject", about.subject)]
    rows += [(b"Creator", PRODUCER), (b"Producer", PRODUCER)]
    texts = b"".join(b"/%s %s" % (key, text_string(value)) for key, value in rows if value)
    date = pdf_date(about.moment)
    return objects.add(b"<<%s/CreationDate %s/ModDate %s>>" % (texts, date, date))


def attach(objects: PdfObjects, files: tuple[EmbeddedFile, ...], moment: dt.datetime) -> bytes:
    """Embed the files; the entries of the catalog that name them."""
    if not files:
        return b""
    pointers, names = [], []
    for file in sorted(files, key=lambda f: f.name):
        digest = (
            hashlib.md5(file.data, usedforsecurity=False).hexdigest().encode("ascii")
        )  # asked for by 7.11.4
        stream = objects.stream(
            b"/Type/EmbeddedFile/Subtype/%s/Params<</Size %d/ModDate %s/CheckSum<%s>>>"
            % (file.mime.replace("/", "#2F").encode("ascii"), len(file.data), pdf_date(moment), digest),
            file.data,
        )
        name = text_string(file.name)
        entries = (name, name, file.relationship.encode("ascii"), text_string(file.description or file.name))
        body = b"<</Type/Filespec/F %s/UF %s/AFRelationship/%s/Desc %s" % entries
        pointer = reference(
            objects.add(body + b"/EF<</F %s/UF %s>>>>" % (reference(stream), reference(stream)))
        )
        pointers.append(pointer)
        names.append(name + b" " + pointer)
    return b"/AF[%s]/Names<</EmbeddedFiles<</Names[%s]>>>>" % (b" ".join(pointers), b" ".join(names))


def xmp(about: Information, files: tuple[EmbeddedFile, ...]) -> bytes:
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
    attributes = "".join(f" {prefix}:{key}={quoteattr(value)}" for key, value in values.items())
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
