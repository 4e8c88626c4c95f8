"""Customers: who they are, how they are reached, what was agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import Channel
from shopdesk.domain.documents import CashDiscount, Recipient
from shopdesk.domain.messages import Message
from shopdesk.domain.names import PersonName, Salutation


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number as shown and, where it could be read, in E.164 ("+359887123456")."""

    number: str
    e164: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """A person at a company, with a role and ways of their own."""

    person: PersonName
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """The whole customer record. `facts` is "Vereinbart": what was agreed and must be seen on every call."""

    id: int | None = None
    version: int = 0
    number: str = ""
    company: str = ""
    person: PersonName = PersonName()
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    address: Address = Address()
    delivery_address: Address | None = None
    contact_persons: tuple[ContactPerson, ...] = ()
    language: str = "de"
    vat_id: str = ""
    buyer_reference: str = ""
    note: str = ""
    facts: tuple[str, ...] = ()
    created_at: dt.datetime | None = None
    electronic_address: str = ""  # BT-49; empty: the mail address
    electronic_scheme: str = ""  # its code of the EAS list; empty: EM, mail
    xrechnung: bool = False  # wants its invoices as XRechnung
    preferred_channel: Channel | None = None  # for orders, and for all where nothing else is said
    service_channel: Channel | None = None
    advertising_channel: Channel | None = None
    birthday: dt.date | None = None
    recommended_by: str = ""  # in the owner's words, or the name of the customer `recommended_by_id`
    recommended_by_id: int | None = None
    payment_days: int | None = None  # None: the shop's own
    cash_discount: CashDiscount | None = None
    discount_percent: Decimal | None = None
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """One name for lists and sentences: the company, else the person."""
        return self.company or self.person.full

    @property
    def email(self) -> str:
        """The first mail address, where documents go."""
        return self.emails[0] if self.emails else ""

    @property
    def is_business(self) -> bool:
        """A company name or a VAT id makes a business."""
        return bool(self.company or self.vat_id)

    @property
    def is_empty(self) -> bool:
        """Whether nothing that identifies anybody is known."""
        return not (self.name or self.phones or self.emails)

    def greeting(self) -> Message:
        """The salutation line."""
        return self.person.greeting()

    def as_recipient(self) -> Recipient:
        """The copy that stands on a document and no longer changes with the customer."""
        return Recipient(
            company=self.company,
            person=self.person,
            address=self.address,
            delivery_address=self.delivery_address,
            email=self.email,
            vat_id=self.vat_id,
            buyer_reference=self.buyer_reference,
            customer_number=self.number,
            language=self.language,
            electronic_address=self.electronic_address,
            electronic_scheme=self.electronic_scheme,
            xrechnung=self.xrechnung,
        )

    def renamed(self, **parts: str) -> Customer:
        """The same customer with other parts of the name."""
        salutation = parts.pop("salutation", None)
        person = replace(self.person, **parts)  # type: ignore[arg-type]
        if salutation is not None:
            person = replace(person, salutation=Salutation(salutation))
        return replace(self, person=person)


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """One row of a list of customers."""

    id: int
    number: str
    name: str
    company: str
    city: str
    country: str
    phone: str
    email: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class Glance:
    """At a glance (Auf einen Blick): what this customer means to the shop, computed.

    Purchases, turnover and the last purchase count the invoices of the program before, too;
    `old_purchases` and `old_turnover_minor` say how much of it these are.
    """

    purchases: int
    turnover_minor: int
    open_quotes: int
    last_purchase: dt.date | None
    last_contact: dt.date | None
    old_purchases: int = 0
    old_turnover_minor: int = 0
    currency: str = "EUR"
    open_minor: int = 0  # in bills; negative: to be paid back
    overdue_minor: int = 0
    credit_minor: int = 0  # paid, but for no bill yet
