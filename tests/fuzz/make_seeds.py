"""Writes the seeds that no editor writes: spreadsheets, e-invoices and PDFs (python -m tests.fuzz.make_seeds).

The others are plain text and lie in seeds/ as they are. What is there already stays.
"""

from __future__ import annotations

import io

import xlsxwriter

from tests.fuzz.loop import SEEDS
from tests.intake.einvoice import samples
from tests.mailbox import outlook

# an example that Microsoft publishes with the format (MS-OXRTFCP, 3.1.1)
_PACKED_RTF = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def _workbook(name: str) -> bytes:
    """The list of this name in seeds/csv as a spreadsheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate((SEEDS / "csv" / name).read_text("utf-8").split("\r\n")):
            for column, cell in enumerate(line.split(";")):
                sheet.write(row, column, float(cell) if cell.isdecimal() else cell)
    return stream.getvalue()


def all_seeds() -> dict[str, dict[str, bytes]]:
    """Reader → name → bytes."""
    xml = {
        "cii": samples.cii(),
        "ubl": samples.ubl(),
        "credit-note": samples.ubl("CreditNote"),
        "zugferd-1": samples.zugferd_1(),
    }
    cii, old = xml["cii"].encode(), xml["zugferd-1"].encode()
    return {
        "xlsx": {"contacts": _workbook("german"), "articles": _workbook("articles")},
        "msg": {
            "inquiry": outlook.msg(outlook.inquiry()),
            "cyrillic": outlook.msg(
                outlook.Inside({0x001A: "IPM.Note", 0x0037: "Матрак", 0x1000: "Здравейте"}, code_page=1251)
            ),
            "rtf": outlook.msg(outlook.Inside({0x001A: "IPM.Note"}, {0x1009: _PACKED_RTF})),
            "contact": outlook.msg(outlook.Inside({0x001A: "IPM.Contact", 0x0037: "Desi"})),
        },
        "einvoice-xml": {name: text.encode() for name, text in xml.items()},
        "einvoice-pdf": {
            "factur-x": samples.pdf(("factur-x.xml", cii)),
            "two": samples.pdf(("ZUGFeRD-invoice.xml", old), ("bild.png", b"\x89PNG")),
            "none": samples.pdf(),
            "by-hand": samples.pdf_of(
                b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"
            ),
        },
    }


def main() -> None:
    """Write those that are not there."""
    for reader, files in all_seeds().items():
        folder = SEEDS / reader
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            if not (folder / name).exists():
                (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
