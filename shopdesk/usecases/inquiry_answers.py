"""Answering an inquiry: the quote made of it, and the reply that goes out through the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, DocumentKind, Line
from shopdesk.domain.errors import ShopError
from shopdesk.domain.inquiries import Inquiry, InquiryChannel, InquiryMessage
from shopdesk.domain.inquiry_texts import asked_text
from shopdesk.domain.mail import Mailbox, NoEmailAddress, Purpose, checked_address
from shopdesk.domain.messages import N_, P_, Message, paper
from shopdesk.domain.names import PersonName
from shopdesk.domain.timeline import Direction
from shopdesk.i18n import Texts
from shopdesk.usecases import calls, customers, documents, inquiries, inquiry_steps
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer
    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.domain.typing import Wish
    from shopdesk.usecases.calls import Catalogue
    from shopdesk.usecases.shop import Shop

REPLIES = "reply_texts"
_LONGEST_LINE = 500


class WhoIsIt(ShopError):
    """A quote needs to know for whom it is."""

    code = "inquiry-without-name"


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A text the shop answers with often; `body` stands between salutation and signature."""

    name: str
    body: str


@dataclass(frozen=True, slots=True)
class OwnReplies:
    """The owner's own texts."""

    texts: tuple[ReplyText, ...] = ()


_SHIPPED = (
    (
        N_("A quote follows"),
        paper(P_("paper", "Thank you for your inquiry. You will shortly receive a quote from us.")),
    ),
    (
        N_("A question back"),
        paper(
            P_("paper", "Thank you for your inquiry. So that we can offer you the right thing, one question:")
        ),
    ),
    (
        N_("Ask for a call"),
        paper(
            P_(
                "paper",
                "Thank you for your inquiry. This is settled fastest in a short call: when and at which number may we "
                "reach you?",
            )
        ),
    ),
)


def asked(messages: tuple[InquiryMessage, ...], known: Catalogue) -> str:
    """What the customer asks for: his newest message that names goods, a size or an amount, else the newest of all."""
    texts = [
        asked_text(each.text) for each in messages if each.direction == Direction.IN and not each.automatic
    ]
    newest = [text for text in reversed(texts) if text]
    return next((text for text in newest if recognised(text, known)), next(iter(newest), ""))


def recognised(text: str, known: Catalogue) -> tuple[Wish, ...]:
    """The wishes in a text that name an article, a size or an amount; any other words may be anything."""
    found = calls.understood(text, known) if text else ()
    return tuple(wish for wish in found if wish.article_code or wish.size or wish.quantity is not None)


# The quote


def quote(shop: Shop, inquiry_id: int) -> Document:
    """A draft with the goods, sizes and amounts that were recognised; what is unknown is a free line, word for word.

    Whoever was unknown becomes a customer, out of what he wrote. Raises WhoIsIt where not even a name is known.
    """
    from shopdesk.store import inquiries as stored

    inquiry = inquiries.get(shop, inquiry_id)
    text = asked(inquiries.messages(shop, inquiry_id), calls.catalogue(shop)) or inquiry.subject
    customer_id = inquiry.customer_id or _new_customer(shop, inquiry)
    draft = documents.start(shop, DocumentKind.QUOTE, customer_id)
    country = draft.recipient.goods_address.country
    lines = calls.lines_for(shop, text, draft.prices, draft.default_rate, country) or _verbatim(text)
    draft = documents.save_draft(shop, replace(draft, lines=lines))
    assert draft.id is not None
    with shop.writing() as connection:
        stored.link_document(connection, inquiry_id, draft.id)
    return draft


def _verbatim(text: str) -> tuple[Line, ...]:
    words = " ".join(text.split())[:_LONGEST_LINE]
    return (Line(text=words, quantity=Decimal(1)),) if words else ()


def _new_customer(shop: Shop, inquiry: Inquiry) -> int:
    """Whoever asks becomes a customer, unless somebody of this name and address is one already."""
    assert inquiry.id is not None
    made = customer_of(shop, inquiry)
    if not made.name:
        text = N_("Who is it for? Please choose or enter the customer first.")
        raise WhoIsIt(Message(text), field="customer")
    with shop.reading() as connection:
        known = customers.match(connection, made)
    customer = known or customers.create(shop, made)
    assert customer.id is not None
    if inquiries.get(shop, inquiry.id).customer_id is None:  # the address alone did not tell
        inquiry_steps.assign(shop, inquiry.id, customer.id)
    return customer.id


def customer_of(shop: Shop, inquiry: Inquiry) -> Customer:
    """Who asks, out of the sender and of the signature below his message; to be looked at before it is stored."""
    from shopdesk.domain.customers import Phone
    from shopdesk.domain.typing import parse_person
    from shopdesk.usecases.shop_settings import profile

    home = profile(shop)
    texts = [m.text for m in inquiries.messages(shop, inquiry.id or 0) if m.direction == Direction.IN]
    found = calls.contact(texts[0] if texts else "", home.country, home.area_code)
    made = calls.customer_of(found, home.country)
    is_number = _is_number(inquiry)
    if inquiry.sender_name and not is_number:
        made = replace(made, person=parse_person(inquiry.sender_name) or made.person)
    if inquiry.sender_address and inquiry.sender_address not in made.emails:
        made = replace(made, emails=(inquiry.sender_address, *made.emails))
    if inquiry.sender_phone and not made.phones:
        made = replace(made, phones=(Phone(inquiry.sender_name if is_number else inquiry.sender_phone),))
    return made


def typed_customer(shop: Shop, inquiry: Inquiry) -> str:
    """What a new customer begins with: his message's signature, or sender and address."""
    written = [m.text for m in inquiries.messages(shop, inquiry.id or 0) if m.direction == Direction.IN]
    found = customer_of(shop, inquiry)
    parts = (
        found.company,
        found.person.full,
        *found.address.lines,
        f"{found.address.postal_code} {found.address.city}".strip(),
        *(phone.number for phone in found.phones),
        *found.emails,
    )
    return "\n".join(part for part in parts if part) or "\n".join(written)


def documents_of(shop: Shop, inquiry_id: int) -> tuple[Document, ...]:
    """The documents an inquiry led to, the oldest first."""
    from shopdesk.store import documents as stored
    from shopdesk.store import inquiries as rows

    with shop.reading() as connection:
        return tuple(stored.load(connection, each) for each in rows.documents_of(connection, inquiry_id))


# The reply


def reply_texts(shop: Shop, inquiry: Inquiry) -> tuple[ReplyText, ...]:
    """The shipped texts in the customer's language, then the owner's own; the names are message ids or his words."""
    with shop.reading() as connection:
        own = _own(connection).texts
        texts = Texts(_language(connection, inquiry, _profile(connection)))
    return (*(ReplyText(name, texts.say(body)) for name, body in _SHIPPED), *own)


def keep_reply_text(shop: Shop, value: ReplyText) -> Undo:
    """A text of the owner's own, offered from now on; one of the same name is replaced."""
    with shop.reading() as connection:
        before = _own(connection)
    kept = [each for each in before.texts if each.name != value.name]
    _save_own(shop, OwnReplies((*kept, value)))
    return Undo(lambda s: _save_own(s, before))


def drop_reply_text(shop: Shop, name: str) -> Undo:
    """Offer a text no longer."""
    with shop.reading() as connection:
        before = _own(connection)
    _save_own(shop, OwnReplies(tuple(each for each in before.texts if each.name != name)))
    return Undo(lambda s: _save_own(s, before))


def own_reply_names(shop: Shop) -> tuple[str, ...]:
    """The names of the owner's own texts."""
    with shop.reading() as connection:
        return tuple(each.name for each in _own(connection).texts)


def _own(connection: Connection) -> OwnReplies:
    from shopdesk.store import settings

    return settings.load(connection, REPLIES, OwnReplies, OwnReplies())


def _save_own(shop: Shop, value: OwnReplies) -> None:
    from shopdesk.store import settings

    with shop.writing() as connection:
        settings.save(connection, REPLIES, value)
        shop.record(connection, "save", "setting", REPLIES, new={"name": [each.name for each in value.texts]})


def begun_reply(shop: Shop, inquiry: Inquiry, body: str = "") -> str:
    """A reply to be written on: salutation, the text, closing words and who writes, all in the customer's language."""
    with shop.reading() as connection:
        profile = _profile(connection)
        texts = Texts(_language(connection, inquiry, profile))
        greeting = texts.say(_person(connection, inquiry).greeting())
    closing = texts.pgettext("paper", "Kind regards")
    return f"{greeting}\n\n{body}\n\n{closing}\n{profile.seller.owner or profile.seller.name}"


def kept_reply(shop: Shop, inquiry_id: int) -> str:
    """What the owner had begun to write, before he looked at something else or the program ended; "" for nothing."""
    from shopdesk.store import begun_replies

    with shop.reading() as connection:
        return begun_replies.load(connection, inquiry_id)


def keep_reply(shop: Shop, inquiry_id: int, text: str) -> None:
    """Keep what is being written; "" when it is sent or as empty as at the beginning."""
    from shopdesk.store import begun_replies

    with shop.writing() as connection:
        begun_replies.save(connection, inquiry_id, text)


def reply_address(shop: Shop, inquiry: Inquiry) -> str:
    """Where a mail to whoever asks goes; "" while no address is known."""
    if inquiry.sender_address or inquiry.customer_id is None:
        return inquiry.sender_address
    return next(iter(customers.get(shop, inquiry.customer_id).emails), "")


def reply(shop: Shop, inquiry_id: int, body: str) -> int:
    """Put the reply into the outbox and give the mail's id; the clock stops when it has gone.

    What it answers is quoted below, and the shop's legal details stand at its end. Raises NoEmailAddress, WrongAddress.
    """
    from shopdesk.store import begun_replies
    from shopdesk.store import inquiries as stored
    from shopdesk.usecases import mail_intake, mail_texts, outbox

    inquiry = inquiries.get(shop, inquiry_id)
    address = reply_address(shop, inquiry)
    if not address:
        raise NoEmailAddress(inquiry.who)
    asked_last = _last(inquiries.messages(shop, inquiry_id))
    with shop.writing() as connection:
        profile = _profile(connection)
        texts = Texts(_language(connection, inquiry, profile))
        composed = mail_texts.ComposedMail(
            sender=mail_texts.sender_of(connection, profile.seller),
            recipient=Mailbox(
                checked_address(address, "customer.email"), inquiry.customer_name or inquiry.sender_name
            ),
            subject=_reply_subject(inquiry.subject, texts, profile),
            body=_whole(
                body, mail_texts.imprint(profile.seller, texts), _quoted(shop, asked_last, inquiry, texts)
            ),
            attachments=(),
            files=(),
            warnings=(),
            purpose=Purpose.SERVICE,
            customer_id=inquiry.customer_id,
        )
        thread = mail_intake.conversation(connection, inquiry_id)
        mail_id = outbox.queue(connection, shop, composed, thread, can_be_taken_back=True)
        message = InquiryMessage(Direction.OUT, InquiryChannel.MAIL, None, body.strip(), outbox_id=mail_id)
        stored.add_message(connection, inquiry_id, message)
        begun_replies.save(connection, inquiry_id, "")
    return mail_id


def call_reply_back(shop: Shop, mail_id: int) -> None:
    """The reply is not to go after all; raises NotInThisState when it has gone already."""
    from shopdesk.usecases import outbox

    outbox.cancel(shop, mail_id)


def _whole(body: str, imprint: str, quoted: str) -> str:
    return "\n\n".join(part for part in (body.strip(), imprint, quoted) if part)


def _last(messages: tuple[InquiryMessage, ...]) -> InquiryMessage | None:
    written = [each for each in messages if each.direction == Direction.IN and each.channel in _WRITTEN]
    return written[-1] if written else None


_WRITTEN = frozenset({InquiryChannel.MAIL, InquiryChannel.WEB_FORM})


def _quoted(shop: Shop, message: InquiryMessage | None, inquiry: Inquiry, texts: Texts) -> str:
    if message is None or message.at is None or not message.text.strip():
        return ""
    local = message.at.astimezone(shop.clock.zone)
    head = paper(
        P_("paper", "On {date} at {time}, {name} wrote:"), date=texts.date(local.date()), time=f"{local:%H:%M}",
        name=inquiry.sender_name or inquiry.customer_name or inquiry.sender_address,
    )  # fmt: skip
    return "\n".join((texts.say(head), *(f"> {line}".rstrip() for line in message.text.strip().splitlines())))


def _reply_subject(subject: str, texts: Texts, profile: ShopProfile) -> str:
    if not subject:
        return texts.say(paper(P_("paper", "Your inquiry at {shop}"), shop=profile.seller.name))
    return subject if subject.lower().startswith(("re:", "aw:")) else f"Re: {subject}"


def _profile(connection: Connection) -> ShopProfile:
    from shopdesk.usecases.shop_settings import load_profile

    return load_profile(connection)


def _language(connection: Connection, inquiry: Inquiry, profile: ShopProfile) -> str:
    from shopdesk.store import customers as stored

    if inquiry.customer_id is None:
        return profile.language
    return stored.load(connection, inquiry.customer_id).language or profile.language


def _person(connection: Connection, inquiry: Inquiry) -> PersonName:
    from shopdesk.domain.typing import parse_person
    from shopdesk.store import customers as stored

    if inquiry.customer_id is not None:
        return stored.load(connection, inquiry.customer_id).person
    if inquiry.sender_name and not _is_number(inquiry):
        return parse_person(inquiry.sender_name) or PersonName()
    return PersonName()


def _is_number(inquiry: Inquiry) -> bool:
    """Whether nothing but a telephone number is known of who asks."""
    return bool(inquiry.sender_phone) and not any(sign.isalpha() for sign in inquiry.sender_name)
