"""A customer asks what is stored about him: one file, complete, and nobody else in it (Art. 15 GDPR)."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest

from shopdesk.domain.errors import NotFound
from shopdesk.usecases import customers, documents, privacy, received_mails, sample_shop
from shopdesk.usecases.shop import Shop
from tests.mailbox.mails import mail


@pytest.fixture
def full_shop(empty_shop: Shop) -> Shop:
    sample_shop.fill(empty_shop)
    return empty_shop


def asked(shop: Shop, name: str, tmp_path: Path) -> tuple[zipfile.ZipFile, dict[str, Any], str]:
    found = next(each for each in customers.page(shop) if name in each.name)
    done = privacy.answer(shop, found.id, tmp_path / "auskunft.zip")
    archive = zipfile.ZipFile(done.place)
    value = json.loads(archive.read("auskunft.json"))
    pages = pypdf.PdfReader(io.BytesIO(archive.read("auskunft.pdf"))).pages
    assert done.entries == sum(len(rows) for rows in value["tables"].values())
    return archive, value, " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_answer_tells_documents_timeline_and_master_data(full_shop: Shop, tmp_path: Path) -> None:
    archive, value, text = asked(full_shop, "Krug", tmp_path)
    (bill,) = value["tables"]["document"]
    assert bill["number"] in text
    assert "Bestellt vier Winterreifen" in text
    assert "Autohaus Krug GmbH" in text
    assert "Art. 15 DSGVO" in text
    papers = [row["data"] for row in value["tables"]["document_file"]]
    stored = documents.stored_files(full_shop, bill["id"])
    assert [archive.read(paper) for paper in papers] == [file.data for file in stored]


def test_nobody_else_stands_in_it(full_shop: Shop, tmp_path: Path) -> None:
    _archive, value, text = asked(full_shop, "Krug", tmp_path)
    told = json.dumps(value, ensure_ascii=False) + text
    others = [each.name for each in customers.page(full_shop) if "Krug" not in each.name]
    assert others
    assert [name for name in others if name in told] == []


def test_the_answer_is_noted_in_the_journal_and_told_next_time(full_shop: Shop, tmp_path: Path) -> None:
    asked(full_shop, "Krug", tmp_path)
    _archive, value, _text = asked(full_shop, "Krug", tmp_path)
    assert [row["action"] for row in value["tables"]["journal"] if row["subject"] == "customer"].count(
        "answer"
    ) == 1


def test_an_unknown_customer_leaves_no_file(full_shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        privacy.answer(full_shop, 4711, tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_the_mails_he_wrote_are_in_it_as_they_came(full_shop: Shop, tmp_path: Path) -> None:
    found = next(each for each in customers.page(full_shop) if "Krug" in each.name)
    address = customers.get(full_shop, found.id).emails[0]
    data = mail("Frage zur Lieferung", sender=address, text="Wann kommen die Reifen?")
    received_mails.take_file(full_shop, data)
    received_mails.take_file(full_shop, mail("Von jemand anderem"))
    archive, value, text = asked(full_shop, "Krug", tmp_path)
    (told,) = value["tables"]["received_mail"]
    assert archive.read(told["data"]) == data
    assert "Frage zur Lieferung" in text
