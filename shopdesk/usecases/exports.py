"""Everything of the shop in files that other programs read: the owner's data are the owner's."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from shopdesk import __version__
from shopdesk.domain import disk_troubles
from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.shipping_services import Shape
from shopdesk.i18n import Texts
from shopdesk.usecases.export_customers import customer_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

FORMAT = 1
_FOLDERS = {
    "document_file": "documents",
    "received_invoice": "received",
    "scan": "scans",
    "customer_file": "customer-files",
    "outbox": "mails",
    "standard_attachment": "attachments",
    "old_invoice": "old-invoices",
    "purchase_order_file": "purchase-orders",
}


class ExportRefused(ShopError):
    """The folder cannot take the export."""

    code = "folder"


@dataclass(frozen=True, slots=True)
class Exported:
    """Where it is, how many rows each table has, and how many files lie beside the tables."""

    folder: Path
    tables: dict[str, int]
    files: int


@dataclass(slots=True)
class _Files:
    """The files of an export, each under a name of its own."""

    root: Path
    names: set[str] = field(default_factory=set)

    def put(self, folder: str, name: str, data: bytes) -> str:
        """Write a file and give its path within the export."""
        safe = safe_file_name(name)
        stem, dot, ending = safe.rpartition(".")
        path, number = f"{folder}/{safe}", 2
        while path.casefold() in self.names:
            path = f"{folder}/{stem or ending}-{number}{dot}{ending if stem else ''}"
            number += 1
        self.names.add(path.casefold())
        place = self.root / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
        return path


def export_all(shop: Shop, folder: Path, work: LongWork = LongWork()) -> Exported:  # noqa: B008 - frozen
    """Write everything into a new or empty folder: tables, papers, mails, scans.

    It is put in its place when it is whole. Raises ExportRefused or Stopped, and then nothing is left.
    """
    _refuse_full(folder)
    spare = folder.with_name(f".{folder.name}.{uuid.uuid4().hex}")
    try:
        spare.mkdir(parents=True)
        exported = _write(shop, spare, work)
        if folder.exists():
            folder.rmdir()
        spare.rename(folder)
    except OSError as error:
        text = N_("Nothing can be written to {path}: {why}.")
        raise ExportRefused(
            Message(text, {"path": str(folder), "why": disk_troubles.why(error)}), field="out"
        ) from error
    finally:
        shutil.rmtree(spare, ignore_errors=True)
    return Exported(folder, exported.tables, exported.files)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        text = N_("{path} is not empty. Please name a new folder, so that nothing is mixed or overwritten.")
        raise ExportRefused(Message(text, {"path": str(folder)}), "file-exists", "out")


def _write(shop: Shop, root: Path, work: LongWork) -> Exported:
    from shopdesk.store import articles
    from shopdesk.store import exports as stored
    from shopdesk.usecases.shop_settings import load_profile

    files = _Files(root)
    with shop.reading() as connection:
        counts = {table: stored.count(connection, table) for table in stored.table_names()}
        texts = Texts(load_profile(connection).language)
        customers = list(stored.all_customers(connection))
        _people(root, customers, texts, shop.clock.today())
        _articles(root, tuple(articles.all_of(connection)), texts)
        with (root / "everything.json").open("w", encoding="utf-8") as stream:
            _everything(connection, stream, files, shop.clock.now(), counts, work)
    return Exported(root, counts, len(files.names))


def _everything(
    connection: Connection,
    stream: TextIO,
    files: _Files,
    now: dt.datetime,
    counts: dict[str, int],
    work: LongWork,
) -> None:
    """One JSON object, written row by row: a shop may be larger than the memory."""
    from shopdesk.store import exports as stored

    done, of = 0, sum(counts.values())
    head = {"format": FORMAT, "program": f"shopdesk {__version__}", "exported_at": now.isoformat()}
    stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": {')
    for at, table in enumerate(counts):
        stream.write(f'{"," if at else ""}\n"{table}": [')
        for number, row in enumerate(stored.rows(connection, table)):
            work.step(done, of)
            done += 1
            plain = _plain(table, row, files)
            stream.write(f"{',' if number else ''}\n{json.dumps(plain, ensure_ascii=False)}")
        stream.write("]")
    stream.write("}}\n")


def _plain(table: str, row: dict[str, Any], files: _Files) -> dict[str, Any]:
    """The row with its files written beside it."""
    from shopdesk.store import exports as stored

    plain = dict(row)
    for name in stored.columns_of_bytes(table):
        if row[name] is None:  # an old invoice whose PDF was not at hand
            continue
        data = bytes(row[name])
        path = files.put(_FOLDERS.get(table, table), _file_name(table, row), data)
        plain[name] = {"file": path, "sha256": stored.digest(data), "size": len(data)}
    return plain


def _file_name(table: str, row: dict[str, Any]) -> str:
    if table == "outbox":
        return f"{row['id']}.eml"
    return str(row.get("name") or row.get("file_name") or row["id"])


def _people(root: Path, customers: list[Customer], texts: Texts, day: dt.date) -> None:
    from shopdesk.output.spreadsheets.csv_table import csv_bytes
    from shopdesk.output.spreadsheets.workbook import Column, Sheet, workbook
    from shopdesk.output.vcards import vcards

    gettext = texts.gettext
    heads, rows = customer_table(customers, texts)
    (root / "customers.csv").write_bytes(csv_bytes(heads, rows))
    (root / "customers.vcf").write_bytes(vcards(customers))
    columns = tuple(Column(head, width=18) for head in heads)
    sheet = Sheet(gettext("Customers"), (), columns, [tuple(row) for row in rows])
    page = gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    (root / "customers.xlsx").write_bytes(
        workbook(
            [sheet],
            title=gettext("Customers"),
            author="shopdesk",
            day=day,
            language=texts.language,
            page=page,
        )
    )


_ARTICLE_HEADS = (
    N_("Article code"), N_("Kind"), N_("Name"), N_("Description"), N_("Unit"), N_("Unit price"), N_("Prices"),
    N_("VAT rate"), N_("Weight in g"), N_("Width (cm)"), N_("Length (cm)"), N_("Height (cm)"), N_("Packed size"),
    N_("Packaging (article code)"), N_("Several may share a parcel"), N_("Tariff number"), N_("Country of origin"),
)  # fmt: skip


def _articles(root: Path, articles: tuple[Article, ...], texts: Texts) -> None:
    from shopdesk.output.spreadsheets.csv_table import csv_bytes

    rows = [
        [
            article.code, article.kind.value, article.name, article.description, article.unit,
            "" if article.unit_price is None else texts.number(article.unit_price),
            article.prices.value, "" if article.vat_rate is None else texts.number(article.vat_rate),
            str(article.weight_grams or ""), *_measures(article, texts),
        ]
        for article in articles
    ]  # fmt: skip
    (root / "articles.csv").write_bytes(csv_bytes([texts.gettext(head) for head in _ARTICLE_HEADS], rows))


def _measures(article: Article, texts: Texts) -> list[str]:
    """Sizes in centimetres, how it is packed, and what customs want to know."""
    sides = (article.width_mm, article.length_mm, article.height_mm)
    packed = article.packed
    # two numbers are a roll, as an import reads them
    shown = packed.sides[:2] if packed.shape == Shape.ROLL else packed.sides
    size = " x ".join(texts.number(Decimal(side) / 10) for side in shown) if packed.is_known else ""
    return [
        *(texts.number(Decimal(side) / 10) if side else "" for side in sides),
        size, article.packaging_code, texts.gettext("yes") if packed.together else "", article.hs_code, article.origin,
    ]  # fmt: skip


def files_in(folder: Path) -> Iterator[Path]:
    """All files of an export."""
    return (path for path in folder.rglob("*") if path.is_file())
