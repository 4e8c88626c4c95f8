from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, DocumentState, Line, Recipient, Seller
from shopdesk.domain.errors import NotFound
from shopdesk.domain.mail import (
    MailAccount,
    MailPostponed,
    MailRefused,
    MailState,
    MailUnclear,
    NoEmailAddress,
    Security,
    WrongAddress,
)
from shopdesk.domain.mail_templates import Audience, GapIsEmpty, MailTemplate, TemplateProblem
from shopdesk.domain.messages import Message
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.outbox import HOLD, NotInThisState
from shopdesk.domain.standard_attachments import AttachmentRole, StandardAttachment
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import PASSWORD_VARIABLE, SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram, NoMailProgram
from shopdesk.store import customers as customer_rows
from shopdesk.store import documents as document_rows
from shopdesk.store import outbox as outbox_rows
from shopdesk.usecases import mail_settings, mail_texts, opening, outbox
from shopdesk.usecases.shop import Shop

PDF = b"%PDF-1.7 Rechnung"
ACCOUNT = MailAccount(
    "mail.example.org", 587, Security.STARTTLS, "lindner", "info@schlafgut-lindner.de", "Schlafgut Lindner"
)
SELLER = Seller(
    name="Schlafgut Lindner",
    owner="Jens Lindner",
    address=Address(("Marktstraße 9",), "37073", "Göttingen"),
    email="info@schlafgut-lindner.de",
    phone="0551 412200",
    iban="DE02120300000000202051",
)


@dataclass
class Desk:
    """A shop on a real file, with a post and a mail program that keep what they get."""

    shop: Shop
    post: FakePost
    clock: FixedClock
    mail_program: FakeMailProgram
    customer_id: int = 0

    def with_account(self) -> Desk:
        mail_settings.save_account(self.shop, ACCOUNT, "geheim")
        return self

    def invoice(self, number: str = "R-2026-0001", **changes: object) -> Document:
        """An issued invoice, stored with its bytes."""
        now = self.clock.now()
        person = PersonName(Salutation.MRS, "", "Desislava", "Ivanova")
        recipient = Recipient(
            person=person,
            address=Address(("ul. Hristo Botev 14",), "5300", "Gabrovo", "BG"),
            email="d.ivanova@example.org",
        )
        line = Line(text="Rollmatratze 80 × 190 cm", quantity=Decimal(2), unit_price=Decimal("123.03"))
        draft = Document(
            kind=DocumentKind.INVOICE, request_key=number, date=self.clock.today(), customer_id=self.customer_id,
            seller=SELLER, recipient=recipient, lines=(line,), due=self.clock.today() + dt.timedelta(7),
        )  # fmt: skip
        draft = replace(draft, **changes)  # type: ignore[arg-type]
        with self.shop.writing() as connection:
            draft = document_rows.load(connection, document_rows.create(connection, draft, now))
            files = ((f"{number}.pdf", "application/pdf", PDF),)
            document_rows.freeze(connection, replace(draft, number=number), files, now, "0")
            assert draft.id is not None
            issued = document_rows.load(connection, draft.id)
        assert issued.state == DocumentState.ISSUED
        return issued

    def queued(self, **changes: object) -> int:
        document = self.invoice(f"R-2026-{len(outbox.page(self.shop, tuple(MailState))):04}", **changes)
        assert document.id is not None
        return outbox.queue_document(self.shop, document.id)

    def state(self, mail_id: int) -> MailState:
        return outbox.entry(self.shop, mail_id).state

    def timeline(self) -> list[str]:
        from shopdesk.store import timeline

        with self.shop.reading() as connection:
            return [entry.title for entry in timeline.page(connection, self.customer_id, None, 10)]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    clock, post, program = (
        FixedClock(dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)),
        FakePost(),
        FakeMailProgram(),
    )
    shop = Shop(tmp_path / "shop.sqlite", clock, post, SessionKeychain(), program, "lindner")
    desk = Desk(shop, post, clock, program)
    with shop.writing() as connection:
        customer = Customer(
            number="K-1",
            person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
            emails=("d.ivanova@example.org",),
        )
        desk.customer_id = customer_rows.create(connection, customer, clock.now())
    yield desk
    shop.close()


def parsed(message: bytes) -> EmailMessage:
    found = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def problem(
    kind: type[MailRefused | MailPostponed | MailUnclear],
) -> MailRefused | MailPostponed | MailUnclear:
    return kind(Message("The server said no."))


def test_a_queued_mail_goes_once_and_stands_on_the_timeline(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    assert desk.state(mail_id) == MailState.QUEUED
    sent = outbox.send_next(desk.shop)
    assert sent is not None
    assert (sent.id, sent.state, sent.sent_at) == (mail_id, MailState.SENT, desk.clock.now())
    assert outbox.send_next(desk.shop) is None
    delivered = desk.post.sent
    assert [(one.sender, one.recipients) for one in delivered] == [
        ("info@schlafgut-lindner.de", ("d.ivanova@example.org",))
    ]
    message = parsed(delivered[0].message)
    assert message["Message-ID"] == sent.message_id
    assert message["From"] == "Schlafgut Lindner <info@schlafgut-lindner.de>"
    assert [part.get_filename() for part in message.iter_attachments()] == ["R-2026-0000.pdf"]
    assert desk.timeline() == [sent.subject]


def test_the_kept_bytes_are_the_sent_bytes(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    outbox.send(desk.shop, mail_id)
    with desk.shop.reading() as connection:
        assert outbox_rows.message(connection, mail_id) == desk.post.sent[0].message
    (attached,) = outbox.entry(desk.shop, mail_id).attachments
    assert attached.document_file_id is not None
    assert len(attached.sha256) == 64


@pytest.mark.parametrize(
    ("kind", "state"),
    [(MailRefused, MailState.FAILED), (MailPostponed, MailState.FAILED), (MailUnclear, MailState.UNCLEAR)],
)
def test_what_the_post_says_becomes_the_state_with_its_reason(
    desk: Desk, kind: type[MailRefused | MailPostponed | MailUnclear], state: MailState
) -> None:
    mail_id = desk.with_account().queued()
    desk.post.problems = [problem(kind)]
    entry = outbox.send(desk.shop, mail_id)
    assert entry.state == state
    assert entry.reason is not None
    assert (entry.reason.code, entry.reason.message) == (kind.code, Message("The server said no."))
    assert desk.timeline() == []
    assert outbox.send_next(desk.shop) is None


def test_a_postponed_mail_is_tried_again_after_a_while_and_a_refused_one_is_not(desk: Desk) -> None:
    desk.with_account()
    postponed, refused = desk.queued(), desk.queued()
    desk.post.problems = [problem(MailPostponed), problem(MailRefused)]
    outbox.send_next(desk.shop)
    outbox.send_next(desk.shop)
    assert outbox.send_next(desk.shop) is None
    desk.clock.advance(dt.timedelta(seconds=61))
    sent = outbox.send_next(desk.shop)
    assert sent is not None
    assert (sent.id, sent.state) == (postponed, MailState.SENT)
    desk.clock.advance(dt.timedelta(days=1))
    assert outbox.send_next(desk.shop) is None
    assert desk.state(refused) == MailState.FAILED


def test_a_mail_that_was_being_sent_when_the_program_died_is_never_sent_again_by_itself(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    with desk.shop.writing() as connection:
        assert outbox_rows.begin_sending(
            connection, mail_id, "info@schlafgut-lindner.de", b"x", desk.clock.now()
        )
    (asked,) = outbox.recover(desk.shop)
    assert (asked.id, asked.state) == (mail_id, MailState.UNCLEAR)
    assert asked.reason is not None
    assert asked.reason.code == "stopped"
    assert outbox.send_next(desk.shop) is None
    assert outbox.recover(desk.shop) == ()
    assert outbox.mark_sent(desk.shop, mail_id).state == MailState.SENT
    assert desk.post.sent == []


def test_the_owner_may_send_an_unclear_mail_again_under_the_same_message_id(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    desk.post.problems = [problem(MailUnclear)]
    first = outbox.send(desk.shop, mail_id)
    outbox.retry(desk.shop, mail_id)
    again = outbox.send_next(desk.shop)
    assert again is not None
    assert (again.state, again.message_id) == (MailState.SENT, first.message_id)


def test_a_bug_while_sending_leaves_the_mail_unclear(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_id = desk.with_account().queued()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.post, "deliver", broken)
    with pytest.raises(ZeroDivisionError):
        outbox.send(desk.shop, mail_id)
    assert desk.state(mail_id) == MailState.UNCLEAR


def test_two_windows_never_send_the_same_mail(desk: Desk) -> None:
    mail_ids = [desk.with_account().queued() for _ in range(6)]
    with ThreadPoolExecutor(4) as windows:
        list(windows.map(lambda _: [None for _ in iter(lambda: outbox.send_next(desk.shop), None)], range(4)))
    assert len(desk.post.sent) == len(mail_ids)
    assert {desk.state(mail_id) for mail_id in mail_ids} == {MailState.SENT}


def test_a_mail_that_another_start_called_unclear_is_sent_when_the_server_has_accepted_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = desk.with_account().queued()
    monkeypatch.setattr(desk.post, "deliver", lambda *_: outbox.recover(desk.shop))
    assert outbox.send(desk.shop, mail_id).state == MailState.SENT


def test_every_step_of_a_mail_stands_in_the_journal(desk: Desk) -> None:
    from sqlalchemy import select

    from shopdesk.store.tables import journal

    outbox.send(desk.shop, desk.with_account().queued())
    with desk.shop.reading() as connection:
        rows = connection.execute(select(journal.c.new).where(journal.c.subject == "outbox")).scalars().all()
    assert rows == ['{"reason":"","state":"sent"}']


def test_a_refused_address_is_corrected_and_the_old_mail_never_goes(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    desk.post.problems = [problem(MailRefused)]
    outbox.send(desk.shop, mail_id)
    with pytest.raises(WrongAddress):
        outbox.readdress(desk.shop, mail_id, "d.ivanova@example.org, evil@example.org")
    assert desk.state(mail_id) == MailState.FAILED
    new = outbox.readdress(desk.shop, mail_id, "desi@example.org")
    sent = outbox.send_next(desk.shop)
    assert sent is not None
    assert (sent.id, sent.recipient, sent.state) == (new.id, "desi@example.org", MailState.SENT)
    assert desk.state(mail_id) == MailState.CANCELLED
    assert [mail.id for mail in outbox.of_document(desk.shop, new.document_id or 0)] == [new.id, mail_id]


def test_the_owners_text_for_this_once_keeps_its_gaps(desk: Desk) -> None:
    document = desk.with_account().invoice()
    text = replace(
        mail_texts.template_for(desk.shop, document), body="{{ greeting }}\n\nbis Freitag! {{ number }}"
    )
    assert document.id is not None
    outbox.send(desk.shop, outbox.queue_document(desk.shop, document.id, text))
    body = parsed(desk.post.sent[0].message).get_body(("plain",))
    assert body is not None
    assert "bis Freitag! R-2026-0001" in body.get_content()


def test_without_an_account_the_mail_waits_with_its_reason(desk: Desk) -> None:
    mail_id = desk.queued()
    assert outbox.send_next(desk.shop) is None
    entry = outbox.entry(desk.shop, mail_id)
    assert entry.reason is not None
    assert (entry.state, entry.reason.code) == (MailState.QUEUED, "no-account")
    cancelled = outbox.cancel(desk.shop, desk.queued())
    assert outbox.send(desk.shop, cancelled.id) == cancelled
    desk.with_account()
    assert outbox.send(desk.shop, mail_id).state == MailState.SENT


def test_without_a_password_the_mail_waits_until_it_is_given(desk: Desk) -> None:
    mail_settings.save_account(desk.shop, ACCOUNT)
    mail_id = desk.queued()
    entry = outbox.send(desk.shop, mail_id)
    assert entry.reason is not None
    assert (entry.state, entry.reason.code) == (MailState.QUEUED, "password-needed")
    assert not mail_settings.give_password(desk.shop, "geheim")  # no keychain: for this session
    assert outbox.send(desk.shop, mail_id).state == MailState.SENT


def test_the_password_is_not_in_the_database(desk: Desk, tmp_path: Path) -> None:
    mail_settings.save_account(desk.shop, ACCOUNT, "gänzlich-geheim-4711")
    desk.shop.close()
    for file in tmp_path.iterdir():
        assert b"geheim-4711" not in file.read_bytes()


def test_a_sent_mail_can_neither_be_sent_nor_called_back(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    outbox.send(desk.shop, mail_id)
    assert outbox.send(desk.shop, mail_id).state == MailState.SENT
    for act in (outbox.retry, outbox.cancel, outbox.mark_sent, outbox.hand_to_mail_program):
        with pytest.raises(NotInThisState):
            act(desk.shop, mail_id)
    assert len(desk.post.sent) == 1
    with pytest.raises(NotFound):
        outbox.entry(desk.shop, 4711)


def test_a_cancelled_mail_does_not_go_and_can_come_back(desk: Desk) -> None:
    mail_id = desk.with_account().queued()
    outbox.cancel(desk.shop, mail_id)
    assert outbox.send_next(desk.shop) is None
    outbox.retry(desk.shop, mail_id)
    sent = outbox.send_next(desk.shop)
    assert sent is not None
    assert sent.state == MailState.SENT


@pytest.mark.parametrize(("went", "state"), [(True, MailState.SENT), (False, MailState.QUEUED)])
def test_the_mail_program_gets_the_finished_mail_and_the_owner_is_asked(
    desk: Desk, went: bool, state: MailState
) -> None:
    mail_id = desk.queued()
    assert outbox.hand_to_mail_program(desk.shop, mail_id).state == MailState.HANDED_OVER
    message = parsed(desk.mail_program.opened[0])
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Desislava Ivanova <d.ivanova@example.org>"
    assert outbox.send_next(desk.shop) is None
    assert outbox.answer_handed_over(desk.shop, mail_id, went).state == state


def test_without_a_mail_program_the_mail_waits_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_id = desk.queued()

    def none_there(*_: object) -> Path:
        raise NoMailProgram(Message("none"))

    monkeypatch.setattr(desk.mail_program, "open", none_there)
    with pytest.raises(NoMailProgram):
        outbox.hand_to_mail_program(desk.shop, mail_id)
    assert desk.state(mail_id) == MailState.QUEUED


def test_an_empty_gap_refuses_and_queues_nothing(desk: Desk) -> None:
    mail_texts.save_template(
        desk.shop,
        MailTemplate(DocumentKind.INVOICE, Audience.ANY, "de", "Rechnung", "Gültig bis {{ valid_until }}"),
    )
    with pytest.raises(GapIsEmpty) as refused:
        desk.queued()
    assert refused.value.gap == "valid_until"
    assert outbox.page(desk.shop) == ()


@pytest.mark.parametrize(
    "body",
    [
        "{{ nubmer }}",
        "{{ number",
        "{% for i in number %}{% endfor %}",
        "{{ number.__class__ }}",
        "{{ number|upper }}",
        " ",
    ],
)
def test_a_text_that_cannot_work_is_refused_when_it_is_saved(desk: Desk, body: str) -> None:
    with pytest.raises(TemplateProblem) as refused:
        mail_texts.save_template(
            desk.shop, MailTemplate(DocumentKind.INVOICE, Audience.ANY, "de", "Rechnung", body)
        )
    assert refused.value.field == "mail_template.body"


def test_the_owners_text_comes_before_the_shipped_one(desk: Desk) -> None:
    own = MailTemplate(
        DocumentKind.INVOICE, Audience.PRIVATE, "de", "Rechnung {{ number }}", "{{ greeting }} Danke!"
    )
    stored = mail_texts.save_template(desk.shop, own)
    document = desk.invoice()
    assert mail_texts.preview(desk.shop, document).subject == "Rechnung R-2026-0001"
    changed = mail_texts.save_template(desk.shop, replace(stored, subject="R {{ number }}"))
    assert mail_texts.preview(desk.shop, document).subject == "R R-2026-0001"
    assert len([t for t in mail_texts.all_templates(desk.shop) if t.id]) == 1
    assert changed.id is not None
    mail_texts.reset_template(desk.shop, changed.id)
    assert (
        mail_texts.preview(desk.shop, document).subject == "Ihre Rechnung R-2026-0001 von Schlafgut Lindner"
    )


def test_an_invoice_mail_warns_of_changed_bank_details(desk: Desk) -> None:
    body = mail_texts.preview(desk.shop, desk.invoice()).body
    assert "Unsere Bankverbindung ändert sich nie per Mail" in body
    assert "Ivanova" in body.splitlines()[0]
    assert "246,06" in body
    assert "30.11.2026" in body


def test_a_mail_to_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(NoEmailAddress):
        desk.queued(recipient=Recipient(company="Gästehaus Weserblick"))


def test_standard_attachments_go_with_a_distance_sale_or_their_absence_is_said(desk: Desk) -> None:
    document = desk.invoice()
    (warning,) = mail_texts.warnings(desk.shop, document)
    assert warning.code == "missing-attachments"
    words = Texts("de").say(warning.message)
    assert all(name in words for name in ("Widerrufsbelehrung", "Muster-Widerrufsformular", "AGB"))
    for role in AttachmentRole:
        for language in ("de", "en"):
            name = f"{role.value}-{language}.pdf"
            attachment = StandardAttachment(name, role, audience=Audience.PRIVATE, language=language)
            mail_texts.add_standard_attachment(desk.shop, attachment, b"%PDF-" + name.encode())
    assert mail_texts.warnings(desk.shop, document) == ()
    names = [file.name for file in mail_texts.preview(desk.shop, document).files]
    assert names == [
        "R-2026-0001.pdf",
        "withdrawal_notice-de.pdf",
        "withdrawal_form-de.pdf",
        "terms-de.pdf",
        "other-de.pdf",
    ]
    business = replace(document, recipient=replace(document.recipient, company="Gästehaus Weserblick"))
    assert len(mail_texts.preview(desk.shop, business).files) == 1
    assert mail_texts.warnings(desk.shop, business) == ()


def test_an_address_of_another_customer_is_warned_about(desk: Desk) -> None:
    with desk.shop.writing() as connection:
        other = Customer(number="K-2", company="Gästehaus Weserblick", emails=("d.ivanova@example.org",))
        customer_rows.create(connection, other, desk.clock.now())
    found = [w for w in mail_texts.warnings(desk.shop, desk.invoice()) if w.code == "address-of-other"]
    assert [w.message.values["name"] for w in found] == ["Gästehaus Weserblick"]


def test_the_outbox_is_paged_newest_first(desk: Desk) -> None:
    ids = [desk.queued() for _ in range(5)]
    first = outbox.page(desk.shop, limit=3)
    rest = outbox.page(desk.shop, after=first[-1], limit=3)
    assert [entry.id for entry in (*first, *rest)] == ids[::-1]


def test_the_settings_page_tests_the_line_before_anything_is_stored(desk: Desk) -> None:
    mail_settings.try_connection(desk.shop, ACCOUNT, "geheim")
    assert desk.post.tested == [ACCOUNT]
    assert mail_settings.account(desk.shop) is None


def held(desk: Desk) -> int:
    document = desk.invoice("R-2026-0900")
    with desk.shop.writing() as connection:
        composed = mail_texts.compose_in(connection, document, None)
        return outbox.queue(connection, desk.shop, composed, can_be_taken_back=True)


def test_a_mail_that_can_be_taken_back_is_left_alone_and_then_goes_by_itself(desk: Desk) -> None:
    desk.with_account()
    mail_id = held(desk)
    assert opening.send_waiting(desk.shop) == HOLD.total_seconds()
    assert desk.state(mail_id) == MailState.QUEUED
    desk.clock.advance(HOLD - dt.timedelta(seconds=1))
    assert opening.recover(desk.shop) == 1, "a new start neither sends it early nor forgets it"
    assert desk.state(mail_id) == MailState.QUEUED
    desk.clock.advance(dt.timedelta(seconds=1))
    assert opening.send_waiting(desk.shop) is None
    assert desk.state(mail_id) == MailState.SENT


def test_what_waits_behind_a_held_mail_goes_at_once(desk: Desk) -> None:
    desk.with_account()
    mail_id, other = held(desk), desk.queued()
    assert outbox.send_next(desk.shop) is not None
    assert (desk.state(mail_id), desk.state(other)) == (MailState.QUEUED, MailState.SENT)


def test_the_window_sends_a_held_mail_when_its_seconds_are_over(desk: Desk) -> None:
    desk.with_account()
    assert outbox.send(desk.shop, held(desk)).state == MailState.SENT


def test_a_clock_that_was_put_back_holds_no_mail_for_ever(desk: Desk) -> None:
    desk.with_account()
    mail_id = held(desk)
    desk.clock.advance(dt.timedelta(days=-1))
    opening.send_waiting(desk.shop)
    assert desk.state(mail_id) == MailState.SENT
