"""An invoice that came in, in the terms of EN 16931 (BT and BG numbers stand beside the fields), and how it is kept.

Everything is as the sender wrote it: amounts and rates are `Decimal`, what is missing is None or empty text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

KEPT_YEARS = 8  # § 147 (3) AO, § 14b (1) UStG


@dataclass(frozen=True, slots=True)
class Identifier:
    """An id and the list it is from (`scheme`, as in BT-29-1)."""

    text: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """BG-5, BG-8, BG-12, BG-15; `country` is the two-letter code."""

    lines: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""
    subdivision: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Seller (BG-4), buyer (BG-7), payee (BG-10) or tax representative (BG-11)."""

    name: str = ""
    trading_name: str = ""
    ids: tuple[Identifier, ...] = ()
    legal_id: str = ""
    vat_id: str = ""
    tax_number: str = ""
    legal_form: str = ""
    address: PostalAddress | None = None
    contact: str = ""
    phone: str = ""
    email: str = ""
    electronic_address: Identifier | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """BG-14 and BG-26, both days included."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """A discount or charge on the document (BG-20, BG-21) or on a line (BG-27, BG-28)."""

    is_charge: bool
    amount: Decimal | None = None
    base: Decimal | None = None
    percent: Decimal | None = None
    reason: str = ""
    reason_code: str = ""
    category: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VatBreakdown:
    """BG-23: one VAT category and rate."""

    base: Decimal | None = None
    amount: Decimal | None = None
    category: str = ""
    rate: Decimal | None = None
    reason: str = ""
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """BG-25. A line that only explains another one (`is_part`) does not count in the sums."""

    id: str = ""
    name: str = ""
    description: str = ""
    note: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    price_quantity: Decimal | None = None
    gross_price: Decimal | None = None
    net: Decimal | None = None
    category: str = ""
    rate: Decimal | None = None
    seller_article: str = ""
    buyer_article: str = ""
    standard_article: Identifier | None = None
    order_line: str = ""
    period: Period | None = None
    allowances: tuple[AllowanceCharge, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class PaymentMeans:
    """BG-16 to BG-19: one way to pay. `code` is UNTDID 4461 (30 and 58 transfer, 59 SEPA debit)."""

    code: str = ""
    text: str = ""
    account: str = ""
    account_name: str = ""
    bic: str = ""
    card: str = ""
    debited_account: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """BG-24 or a further file in the PDF: what it is called and how large it is (None: not embedded)."""

    reference: str = ""
    description: str = ""
    file_name: str = ""
    media_type: str = ""
    size: int | None = None
    place: str = ""
    is_in_pdf: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """BG-22. None: the sender did not say."""

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    vat_in_accounting_currency: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    payable: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A number or day that is none, and where it stood."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class ReceivedInvoice:
    """The whole invoice. `syntax` is "CII", "UBL" or "ZUGFeRD 1"; `profile` is BT-24."""

    syntax: str
    profile: str = ""
    number: str = ""
    issued: dt.date | None = None
    type_code: str = ""
    currency: str = ""
    vat_currency: str = ""
    due: dt.date | None = None
    terms: str = ""
    tax_point: dt.date | None = None
    tax_point_code: str = ""
    notes: tuple[str, ...] = ()
    buyer_reference: str = ""
    order: str = ""
    contract: str = ""
    project: str = ""
    delivery_note: str = ""
    preceding: tuple[str, ...] = ()
    seller: Party = Party()
    buyer: Party = Party()
    payee: Party | None = None
    representative: Party | None = None
    ship_to: Party | None = None
    delivered: dt.date | None = None
    period: Period | None = None
    payment_reference: str = ""
    creditor_id: str = ""
    mandate: str = ""
    means: tuple[PaymentMeans, ...] = ()
    allowances: tuple[AllowanceCharge, ...] = ()
    vat: tuple[VatBreakdown, ...] = ()
    totals: Totals = Totals()
    lines: tuple[InvoiceLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptInvoice:
    """What the list shows of a filed invoice; the bytes come from the store, everything else is read out of them.

    `payable` is in units of `currency`; `kept_until` is the last day on which nobody may remove it.
    """

    id: int
    file_name: str
    media_type: str
    sha256: str
    size: int
    number: str
    seller: str
    issued: dt.date | None
    due: dt.date | None
    currency: str
    payable: Decimal | None
    received_at: dt.datetime
    kept_until: dt.date
    customer_id: int | None = None
    supplier: str = ""
    version: int = 1


class EInvoiceProblem(ShopError):
    """The file cannot be read as an e-invoice; the message says why, in one sentence with a next step."""

    code = "e-invoice"

    @property
    def is_about_another_file(self) -> bool:
        """Whether the file is no e-invoice at all, or nobody can tell: it may be a scan or a plan."""
        return self.code in _NO_INVOICE


_NO_INVOICE = frozenset(
    {"no-invoice-in-pdf", "foreign", "empty", "password", "broken-pdf", "too-large", "too-slow", "unreadable"}
)


class StillKept(ShopError):
    """The law wants the invoice kept for longer."""

    code = "still-kept"

    def __init__(self, until: dt.date) -> None:
        text = N_("This invoice must be kept until {date}; it can be removed after that day.")
        super().__init__(Message(text, {"date": until}))


def kept_until(issued: dt.date | None, received: dt.date) -> dt.date:
    """The end of the eighth year after that of the invoice or of its arrival, whichever is later (§ 147 (4) AO)."""
    year = max(received.year, issued.year if issued else 0)
    return dt.date(min(year + KEPT_YEARS, dt.MAXYEAR), 12, 31)


KINDS = {
    "326": N_("Part invoice"),
    "380": N_("Invoice"),
    "381": N_("Credit note"),
    "384": N_("Corrected invoice"),
    "386": N_("Prepayment invoice"),
    "389": N_("Self-billed invoice"),
    "875": N_("Part invoice for building work"),
    "876": N_("Partial final invoice for building work"),
    "877": N_("Final invoice for building work"),
}


def kind_of(invoice: ReceivedInvoice) -> Message:
    """What kind of document it is, in one word (BT-3)."""
    return Message(KINDS.get(invoice.type_code, KINDS["380"]))


_PROFILES = (
    ("xrechnung:cvd", "XRechnung CVD"),
    ("extension:xrechnung", "XRechnung Extension"),
    ("kosit:xrechnung", "XRechnung"),
    ("peppol", "Peppol BIS"),
    ("extended", "EXTENDED"),
    ("basicwl", "BASIC WL"),
    ("basic", "BASIC"),
    ("comfort", "COMFORT"),
    ("minimum", "MINIMUM"),
    ("urn:cen.eu:en16931:2017", "EN 16931"),
)


def profile_name(invoice: ReceivedInvoice) -> str:
    """How people call the profile: "XRechnung", "BASIC WL", "EN 16931"; the id itself where it has no name."""
    wanted = invoice.profile.casefold().replace(" ", "")
    return next((name for part, name in _PROFILES if part in wanted), invoice.profile or invoice.syntax)


def has_lines_by_profile(invoice: ReceivedInvoice) -> bool:
    """MINIMUM and BASIC WL carry no lines by design: they are no invoices under German law."""
    return profile_name(invoice) not in {"MINIMUM", "BASIC WL"}
