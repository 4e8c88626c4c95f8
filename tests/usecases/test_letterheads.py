"""The shop's letterhead: stored, journalled, printed on what is issued next and on nothing before."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from shopdesk.domain.errors import ShopError
from shopdesk.domain.journal import JournalFilter
from shopdesk.domain.letterheads import Design, FooterBlock, FooterColumn, Letterhead
from shopdesk.i18n import Texts
from shopdesk.store import plain
from shopdesk.usecases import documents, journal, journal_words, shop_settings
from shopdesk.usecases.shop import Shop
from tests.usecases.test_issuing import draft, issued

OWN = Letterhead(
    accent="#7A2E2E",
    footer=(FooterColumn((FooterBlock.REGISTER, FooterBlock.TEXT), "Montag bis Samstag"),),
)


def fonts_of(pdf: bytes) -> set[str]:
    resources = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in resources["/Font"].values()}  # type: ignore[index]


def test_the_next_document_is_printed_in_the_design_and_earlier_ones_stay(open_shop: Shop) -> None:
    before = issued(open_shop, draft(open_shop))
    shop_settings.save_letterhead(open_shop, OWN.with_design(Design.CLASSIC))
    after = issued(open_shop, draft(open_shop))
    assert "ShopdeskSans-Regular" in fonts_of(before.pdf)
    assert fonts_of(after.pdf) == {"ShopdeskSerif-Regular", "ShopdeskSerif-Bold"}
    assert "Montag bis Samstag" in PdfReader(io.BytesIO(after.pdf)).pages[0].extract_text()
    assert before.document.id is not None
    assert documents.stored_files(open_shop, before.document.id)[0].data == before.pdf


@pytest.mark.parametrize("design", list(Design))
def test_a_letterhead_comes_out_as_it_was_stored(open_shop: Shop, design: Design) -> None:
    value = OWN.with_design(design)
    shop_settings.save_letterhead(open_shop, value)
    assert shop_settings.letterhead(open_shop) == value


def test_a_letterhead_of_an_earlier_version_has_the_design_it_had() -> None:
    stored = '{"accent":"#123456","footer":[],"giro_code":true,"logo":"","sender_line":"","texts":[]}'
    letterhead = plain.loads(Letterhead, stored)
    assert letterhead == Letterhead(accent="#123456")
    assert letterhead.design == Design.CALM


def test_a_footer_without_the_tax_number_is_not_stored(open_shop: Shop) -> None:
    with pytest.raises(ShopError) as refused:
        shop_settings.save_letterhead(open_shop, Letterhead(footer=(FooterColumn((FooterBlock.BANK,)),)))
    assert refused.value.field == "footer"
    assert shop_settings.letterhead(open_shop) == Letterhead()


def test_the_journal_names_the_parts_in_words(open_shop: Shop) -> None:
    shop_settings.save_letterhead(open_shop, OWN.with_design(Design.STRONG))
    entry = journal.page(open_shop, JournalFilter()).entries[0]
    told = {change.field: change.new for change in journal_words.changes(entry, Texts("de"), dt.UTC)}
    assert told["Kopf des Briefs"] == "Farbband"
    assert told["Tabelle"] == "Farbiger Kopf, gestreift"
