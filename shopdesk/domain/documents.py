"""Documents: what the owner offers and bills, as frozen values. Sums are in `totals`, tax cases in `tax_cases`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.addresses import Address
from shopdesk.domain.default_interest import InterestPiece
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.sales import ORDINARY, Sale


class DocumentKind(StrEnum):
    """The kinds of the order file; what they have in common stands in `document_kinds`."""

    QUOTE = "quote"
    ORDER_CONFIRMATION = "order_confirmation"
    DELIVERY_NOTE = "delivery_note"
    INVOICE = "invoice"
    DEPOSIT_INVOICE = "deposit_invoice"
    FINAL_INVOICE = "final_invoice"
    CANCELLATION = "cancellation"
    CREDIT_NOTE = "credit_note"
    PAYMENT_REMINDER = "payment_reminder"


class DocumentState(StrEnum):
    """A draft can be edited, an issued document never changes."""

    DRAFT = "draft"
    ISSUED = "issued"


class LineKind(StrEnum):
    """What a line is; postage, packaging and discount follow the goods' VAT (RULES.md 2)."""

    GOODS = "goods"
    SERVICE = "service"
    POSTAGE = "postage"
    PACKAGING = "packaging"
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    NOTE = "note"
    SUBTOTAL = "subtotal"


ANCILLARY = frozenset({LineKind.POSTAGE, LineKind.PACKAGING, LineKind.DISCOUNT})
WITHOUT_AMOUNT = frozenset({LineKind.NOTE, LineKind.SUBTOTAL})


class Prices(StrEnum):
    """Whether unit prices hold VAT; this fixes the arithmetic (RULES.md 1)."""

    GROSS = "gross"
    NET = "net"


class Fulfilment(StrEnum):
    """How the goods reach the buyer; it decides the tax case, not the invoice address."""

    SHIP = "ship"
    DELIVER = "deliver"
    PICKUP = "pickup"
    SERVICE = "service"


class TaxCase(StrEnum):
    """The tax cases of RULES.md 2."""

    AUTO = "auto"
    DOMESTIC = "domestic"
    SMALL_BUSINESS = "small_business"
    REVERSE_CHARGE = "reverse_charge"
    INTRA_COMMUNITY = "intra_community"
    OSS = "oss"
    EXPORT = "export"
    MARGIN_SCHEME = "margin_scheme"
    EXEMPT = "exempt"


class MarginGoods(StrEnum):
    """What is sold under the margin scheme; the wording and the code of the e-invoice depend on it (§ 14a (6) UStG)."""

    USED = "used"
    ART = "art"
    COLLECTORS = "collectors"


@dataclass(frozen=True, slots=True)
class Seller:
    """The shop as it stands on the paper (BG-4), copied into each document."""

    name: str = ""
    owner: str = ""
    address: Address = Address()
    email: str = ""
    phone: str = ""
    website: str = ""
    tax_number: str = ""  # BT-32
    vat_id: str = ""  # BT-31
    iban: str = ""  # BT-84
    bic: str = ""  # BT-86
    bank: str = ""
    account_holder: str = ""  # BT-85
    legal_form: str = ""
    managing_directors: str = ""
    register_court: str = ""
    register_number: str = ""
    small_business: bool = False
    vat_accounting: str = "agreed"

    @property
    def payee(self) -> str:
        """The account holder as the bank knows it (Verification of Payee)."""
        return self.account_holder or self.name


@dataclass(frozen=True, slots=True)
class Recipient:
    """The buyer as printed (BG-7), copied into each document."""

    company: str = ""
    person: PersonName = PersonName()
    address: Address = Address()
    delivery_address: Address | None = None
    email: str = ""
    vat_id: str = ""  # BT-48
    buyer_reference: str = ""  # BT-10
    customer_number: str = ""
    language: str = "de"
    electronic_address: str = ""  # BT-49; empty: the mail address
    electronic_scheme: str = ""  # its code of the EAS list; empty: EM, mail
    xrechnung: bool = False  # wants its invoices as XRechnung

    @property
    def is_business(self) -> bool:
        """A company name or a VAT id makes the buyer a business."""
        return bool(self.company or self.vat_id)

    @property
    def name(self) -> str:
        """One name for lists and sentences."""
        return self.company or self.person.full

    @property
    def goods_address(self) -> Address:
        """Where the goods go."""
        return self.delivery_address or self.address


class LineOption(StrEnum):
    """Whether a line of a quote counts: an optional or alternative position is offered and not summed up."""

    NONE = ""
    OPTIONAL = "optional"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Quantities and prices are decimals; `vat_rate` None means: as the document's goods."""

    kind: LineKind = LineKind.GOODS
    text: str = ""  # BT-153
    description: str = ""  # BT-154
    article_code: str = ""  # BT-155
    quantity: Decimal = Decimal(1)  # BT-129
    unit: str = "C62"  # BT-130, UN/ECE Rec 20
    unit_price: Decimal | None = None  # BT-146 when net
    discount_percent: Decimal = Decimal(0)
    vat_rate: Decimal | None = None  # BT-152, percent
    tax_case: TaxCase | None = None  # margin_scheme or exempt for one line
    weight_grams: int = 0
    option: LineOption = LineOption.NONE


@dataclass(frozen=True, slots=True)
class Discount:
    """On the whole document: a percentage or an amount in the document's kind of prices (BG-20, code 95)."""

    percent: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CashDiscount:
    """Skonto: `percent` off when paid within `days` of the date (BT-20)."""

    percent: Decimal
    days: int


class Means(StrEnum):
    """How something was paid on the spot (UNTDID 4461, and two of our own)."""

    CARD = "48"
    TRANSFER = "58"
    ONLINE = "68"
    VOUCHER = "voucher"
    EXTERNAL_TILL = "external_till"


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Paid before or with the document (BT-113). Cash only with the slip number of the external till."""

    amount: Decimal
    means: Means
    date: dt.date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that another one follows or corrects (BG-3), as it was when it was named."""

    number: str
    kind: DocumentKind | None = None
    date: dt.date | None = None  # BT-26
    id: int | None = None


@dataclass(frozen=True, slots=True)
class VatTotal:
    """One row of the VAT breakdown (BG-23)."""

    rate: Decimal
    category: str
    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit invoice that a final invoice deducts, with its VAT (§ 14 (5) sentence 2 UStG)."""

    reference: Reference
    vat: tuple[VatTotal, ...]

    @property
    def net(self) -> Money:
        """What was billed without VAT."""
        return sum((row.base for row in self.vat), Money(0, self.vat[0].base.currency))

    @property
    def gross(self) -> Money:
        """What was billed with VAT."""
        return sum((row.amount for row in self.vat), self.net)


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill that a payment reminder asks for."""

    reference: Reference
    due: dt.date | None
    gross: Money
    open: Money
    interest: tuple[InterestPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a payment reminder is about; `level` 1 is the friendly one, 3 the last.

    `fee` is that of this reminder, `earlier_fees` those of the ones before that are still open, `flat_fee` the 40 € of
    § 288 (5) BGB, all in smallest units of the document's currency. `is_free`: the owner asks for none of them.
    """

    level: int
    bills: tuple[OpenBill, ...]
    fee: int = 0
    earlier_fees: int = 0
    flat_fee: int = 0
    is_free: bool = False

    @property
    def charges(self) -> int:
        """Fees and interest: what is asked for beyond the bills, without VAT."""
        interest = sum(piece.amount.minor for bill in self.bills for piece in bill.interest)
        return self.fee + self.earlier_fees + self.flat_fee + interest


@dataclass(frozen=True, slots=True)
class Document:
    """Any kind of document, draft or issued.

    `delivery_date` is BT-72 (a single day), `service_period` BG-14, `delivery_month` a month ("2026-11") where the
    day is not known yet (§ 14 (4) No. 6 UStG: the month suffices). `due` is BT-9; on a quote it is the day it is
    valid until. `prepay` marks payment in advance. `show` says whether the paper shows gross or net amounts.

    The lines of a cancellation are those of the document it cancels; its sums are negative because of its kind. Those
    of a credit note are positive. A final invoice holds the lines of the whole job, and `deposits` are deducted.
    """

    kind: DocumentKind = DocumentKind.INVOICE
    id: int | None = None
    version: int = 0
    state: DocumentState = DocumentState.DRAFT
    number: str = ""
    request_key: str = ""
    date: dt.date | None = None
    customer_id: int | None = None
    seller: Seller = Seller()
    recipient: Recipient = Recipient()
    lines: tuple[Line, ...] = ()
    prices: Prices = Prices.GROSS
    show: Prices | None = None
    currency: str = "EUR"
    fulfilment: Fulfilment = Fulfilment.SHIP
    tax_case: TaxCase = TaxCase.AUTO
    tax_reason: str = ""
    tax_note: str = ""
    default_rate: Decimal = Decimal(19)
    delivery_date: dt.date | None = None
    delivery_month: str = ""
    service_period: tuple[dt.date, dt.date] | None = None
    due: dt.date | None = None
    discount: Discount | None = None
    cash_discount: CashDiscount | None = None
    prepaid: tuple[Prepayment, ...] = ()
    prepay: bool = False
    intro: str | None = None  # None: the shop's text of the kind and language
    closing: str | None = None
    follows_id: int | None = None
    refers_to: tuple[Reference, ...] = ()
    deposits: tuple[Deposit, ...] = ()  # of a final invoice
    reminder: Reminder | None = None
    reason: str = ""  # why something is cancelled or corrected, in the owner's words
    order_reference: str = ""  # BT-13, the customer's order number
    contract_reference: str = ""  # BT-12
    sale: Sale = ORDINARY
    margin_goods: MarginGoods = MarginGoods.USED
    vat_id_reason: str = ""  # why it is issued although nobody confirmed the customer's VAT id
    issued_at: dt.datetime | None = None
    sending: bool = False  # the owner said "issue and send"; a draft that still says so stands in Heute

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the documents it refers to."""
        return tuple(reference.number for reference in self.refers_to)

    def as_reference(self) -> Reference:
        """How others refer to this document."""
        return Reference(self.number, self.kind, self.date, self.id)

    @property
    def is_issued(self) -> bool:
        """Whether the document has its number and can no longer change."""
        return self.state == DocumentState.ISSUED

    @property
    def shown(self) -> Prices:
        """What the paper shows: private customers gross, businesses net, unless set."""
        return self.show or (Prices.NET if self.recipient.is_business else Prices.GROSS)

    @property
    def language(self) -> str:
        """The language of the paper."""
        return self.recipient.language


class Fate(StrEnum):
    """What later documents made of an issued one."""

    NONE = ""
    ACCEPTED = "accepted"  # a quote that became an order, a deposit or an invoice
    BILLED = "billed"  # an order or delivery with its invoice
    DEDUCTED = "deducted"  # a deposit on its final invoice
    CORRECTED = "corrected"
    CANCELLED = "cancelled"
    REPLACED = "replaced"  # a cancellation with the new invoice


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One row of a list of documents."""

    id: int
    kind: DocumentKind
    state: DocumentState
    number: str
    date: dt.date | None
    due: dt.date | None
    customer_id: int | None
    recipient: str
    city: str
    title: str
    gross: Money
    mail_state: str  # "", queued, sending, sent, failed, unclear
    updated_at: dt.datetime
    sort_key: str
    payable: Money | None = None
    fate: Fate = Fate.NONE
