"""One letter to many: right words for each, nobody who objected, all in one file, noted and taken back together."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.domain.letters import LetterDraft, LetterPurpose, LetterText, WhyNot
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.mail_templates import TemplateProblem
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.timeline import Direction, EntryKind
from shopdesk.i18n import Texts
from shopdesk.store.tables import consent_use, journal
from shopdesk.usecases import consents, customers, letters, timeline
from shopdesk.usecases.shop import Shop

HERE = Address(("Weg 1",), "37073", "Göttingen")
PLAIN = LetterDraft(texts=(LetterText("de", "Ferien", "Wir haben vom 23.12. an Ferien, {{ customer }}."),))
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def ids(open_shop: Shop) -> dict[str, int]:
    """Frau Petrova, a hotel, Monsieur Moreau (French), and Herr Weber without an address."""
    people = {
        "Petrova": Customer(person=PersonName(Salutation.MRS, "", "Maria", "Petrova"), address=HERE),
        "Hotel": Customer(company="Hotel Stadtblick", address=HERE),
        "Moreau": Customer(
            person=PersonName(Salutation.MR, "", "Pierre", "Moreau"),
            address=Address(("12 rue des Lilas",), "67000", "Strasbourg", "FR"),
            language="fr",
        ),
        "Weber": Customer(person=PersonName(Salutation.MR, "", "Thomas", "Weber"), emails=("t@example.org",)),
    }
    return {name: customers.create(open_shop, value).id or 0 for name, value in people.items()}


def purpose(value: LetterDraft, wanted: LetterPurpose) -> LetterDraft:
    return LetterDraft(wanted, value.texts)


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


def objects(shop: Shop, customer_id: int, channel: Channel = Channel.LETTER) -> None:
    consents.note(
        shop,
        Consent(
            customer_id,
            channel,
            Purpose.ADVERTISING,
            withdrawn_on=dt.date(2026, 11, 3),
            withdrawn_source="phone",
        ),
    )


def test_each_gets_his_own_words_in_his_language(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path
) -> None:
    french = LetterText("fr", "Vacances", "Nous sommes fermés.")
    done = letters.write(open_shop, tuple(ids.values()), PLAIN.with_text(french), tmp_path / "b.pdf")
    told = pages(done.path)
    assert (done.letters, done.pages, len(told)) == (3, 3, 3)
    assert "Guten Tag, Frau Petrova," in told[0]
    assert "Ferien, Maria Petrova." in told[0]
    assert "Ferien, Hotel Stadtblick." in told[1]
    assert "Nous sommes fermés." in told[2]
    assert "STRASBOURG" in told[2]
    assert "FRANKREICH" in told[2]
    assert all("Jens Lindner" in page for page in told)


def test_who_has_no_address_is_named(open_shop: Shop, ids: dict[str, int]) -> None:
    plan = letters.look_over(open_shop, tuple(ids.values()), PLAIN)
    assert [(one.name, one.why) for one in plan.left_out] == [("Thomas Weber", WhyNot.NO_ADDRESS)]
    assert plan.ready == (ids["Petrova"], ids["Hotel"], ids["Moreau"])


@pytest.mark.parametrize(
    ("wanted", "gets_it"),
    [
        (LetterPurpose.ADVERTISING, False),
        (LetterPurpose.SATISFACTION, False),
        (LetterPurpose.SERVICE, True),
        (LetterPurpose.ORDER, True),
    ],
)
def test_an_objection_ends_advertising_and_nothing_else(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path, wanted: LetterPurpose, gets_it: bool
) -> None:
    objects(open_shop, ids["Petrova"])
    done = letters.write(
        open_shop, (ids["Petrova"], ids["Hotel"]), purpose(PLAIN, wanted), tmp_path / "b.pdf"
    )
    text = "".join(pages(done.path))
    assert ("Petrova" in text) is gets_it
    assert bool(timeline.page(open_shop, ids["Petrova"])) is gets_it
    if not gets_it:
        (left,) = done.left_out
        assert (left.name, left.why) == ("Maria Petrova", WhyNot.OBJECTION)
        assert "03.11.2026" in Texts("de").say(left.reason)


def test_a_letter_needs_no_consent_and_an_objection_to_mail_is_none_to_letters(
    open_shop: Shop, ids: dict[str, int]
) -> None:
    objects(open_shop, ids["Petrova"], Channel.MAIL)
    plan = letters.look_over(open_shop, (ids["Petrova"],), purpose(PLAIN, LetterPurpose.ADVERTISING))
    assert plan.ready == (ids["Petrova"],)


def test_who_objects_to_questions_alone_still_gets_offers(open_shop: Shop, ids: dict[str, int]) -> None:
    day = dt.date(2026, 11, 3)
    no = Consent(
        ids["Petrova"], Channel.LETTER, Purpose.SATISFACTION, withdrawn_on=day, withdrawn_source="phone"
    )
    consents.note(open_shop, no)
    plans = {
        wanted: letters.look_over(open_shop, (ids["Petrova"],), purpose(PLAIN, wanted)).ready
        for wanted in (LetterPurpose.ADVERTISING, LetterPurpose.SATISFACTION)
    }
    assert plans == {LetterPurpose.ADVERTISING: (ids["Petrova"],), LetterPurpose.SATISFACTION: ()}


def test_who_says_yes_again_gets_it_and_the_use_of_the_consent_is_noted(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path
) -> None:
    objects(open_shop, ids["Petrova"])
    consents.note(
        open_shop,
        Consent(
            ids["Petrova"], Channel.LETTER, Purpose.ADVERTISING, given_on=dt.date(2026, 11, 20), source="shop"
        ),
    )
    both = (ids["Petrova"], ids["Hotel"])
    done = letters.write(open_shop, both, purpose(PLAIN, LetterPurpose.ADVERTISING), tmp_path / "b.pdf")
    assert done.letters == 2
    with open_shop.reading() as connection:
        uses = connection.execute(select(consent_use)).all()
    assert [(use.what, use.channel) for use in uses] == [("Ferien", "letter")]


@pytest.mark.parametrize("language", ["de", "fr", "bg", "en"])
def test_advertising_says_how_to_object(open_shop: Shop, tmp_path: Path, language: str) -> None:
    one = customers.create(open_shop, Customer(company="Ivanova", address=HERE, language=language)).id or 0
    words = {"de": "widersprechen", "fr": "opposer", "bg": "възразите", "en": "object"}[language]
    for wanted in LetterPurpose:
        done = letters.write(open_shop, (one,), purpose(PLAIN, wanted), tmp_path / f"{wanted}.pdf")
        is_advertising = wanted in {LetterPurpose.ADVERTISING, LetterPurpose.SATISFACTION}
        assert (words in pages(done.path)[0]) is is_advertising


def test_an_empty_gap_refuses_with_the_name(open_shop: Shop, ids: dict[str, int]) -> None:
    text = LetterText("de", "Ferien", "Guten Tag {{ company }}")
    plan = letters.look_over(open_shop, (ids["Petrova"], ids["Hotel"]), LetterDraft(texts=(text,)))
    assert plan.ready == (ids["Hotel"],)
    (left,) = plan.left_out
    assert (left.name, left.why) == ("Maria Petrova", WhyNot.EMPTY_GAP)
    assert Texts("de").say(left.reason) == "die Lücke „company“ bliebe leer (die Firma des Kunden)"


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [("", "x", "subject"), ("x", "", "body"), ("x", "{{ number }}", "body"), ("{% for", "x", "subject")],
)
def test_a_text_that_cannot_be_filled_is_refused_at_its_field(
    open_shop: Shop, ids: dict[str, int], subject: str, body: str, field: str
) -> None:
    with pytest.raises(TemplateProblem) as refused:
        letters.look_over(open_shop, (ids["Hotel"],), LetterDraft(texts=(LetterText("de", subject, body),)))
    assert refused.value.field.endswith(field)


def test_a_text_with_a_salutation_of_its_own_has_one_only(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path
) -> None:
    text = LetterText("de", "Ferien", "{{ greeting }} liebe Nachbarn,\n\nwir haben zu.")
    done = letters.write(open_shop, (ids["Petrova"],), LetterDraft(texts=(text,)), tmp_path / "b.pdf")
    assert pages(done.path)[0].count("Frau Petrova,") == 1


def test_it_is_noted_on_every_timeline_and_taken_back_with_one_undo(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path
) -> None:
    done = letters.write(open_shop, (ids["Petrova"], ids["Hotel"]), PLAIN, tmp_path / "b.pdf")
    (entry,) = timeline.page(open_shop, ids["Petrova"])
    assert (entry.kind, entry.direction, entry.title) == (EntryKind.LETTER, Direction.OUT, "Ferien")
    assert entry.text == "Wir haben vom 23.12. an Ferien, Maria Petrova."
    done.undo.run(open_shop)
    assert timeline.page(open_shop, ids["Petrova"]) == timeline.page(open_shop, ids["Hotel"]) == ()
    with open_shop.reading() as connection:
        told = connection.execute(select(journal).where(journal.c.subject == "letter")).all()
    assert [row.action for row in told] == ["write", "take-back"]


@pytest.mark.parametrize("stop_at", [0, 2, 4])
def test_cancelled_nothing_is_written_and_nothing_noted(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path, stop_at: int
) -> None:
    steps = iter(range(100))
    work = LongWork(cancelled=lambda: next(steps) >= stop_at)
    with pytest.raises(Stopped):
        letters.write(open_shop, (ids["Petrova"], ids["Hotel"]), PLAIN, tmp_path / "b.pdf", work)
    assert not list(tmp_path.glob("*.pdf*"))
    assert timeline.page(open_shop, ids["Petrova"]) == ()


def test_a_file_that_cannot_be_written_notes_nothing(
    open_shop: Shop, ids: dict[str, int], tmp_path: Path
) -> None:
    with pytest.raises(OSError, match=r"b\.pdf"):
        letters.write(open_shop, (ids["Petrova"],), PLAIN, tmp_path / "gone" / "b.pdf")
    assert timeline.page(open_shop, ids["Petrova"]) == ()


def test_nobody_left_is_refused(open_shop: Shop, ids: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(ShopError) as refused:
        letters.write(open_shop, (ids["Weber"],), PLAIN, tmp_path / "b.pdf")
    assert refused.value.code == "no-letters"


def test_a_long_letter_has_pages_of_its_own(open_shop: Shop, ids: dict[str, int], tmp_path: Path) -> None:
    text = LetterText("de", "Ferien", "\n\n".join(f"Absatz {n}: " + "viele Wörter " * 40 for n in range(20)))
    done = letters.write(
        open_shop, (ids["Petrova"], ids["Hotel"]), LetterDraft(texts=(text,)), tmp_path / "b.pdf"
    )
    told = pages(done.path)
    each = len(told) // 2
    assert each > 1
    assert f"Seite 1 von {each}" in told[0]
    assert f"Seite 1 von {each}" in told[each]
    assert "Absatz 19" in told[each - 1]
    assert "Ferien" in told[1]


def test_the_words_are_there_again_the_next_time(open_shop: Shop) -> None:
    letters.keep_draft(open_shop, purpose(PLAIN, LetterPurpose.ADVERTISING))
    assert letters.draft(open_shop) == PLAIN
