"""What an import is made of: the file as it was read, what its columns mean, and what becomes of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message


class ImportProblem(ShopError):
    """The whole file is refused; the message says why and what to do."""

    code = "import"


class ImportKind(StrEnum):
    """What the rows of a file are."""

    CUSTOMERS = "customers"
    ARTICLES = "articles"
    OLD_INVOICES = "old_invoices"


KIND_NAMES: dict[ImportKind, str] = {
    ImportKind.CUSTOMERS: N_("Customers"),
    ImportKind.ARTICLES: N_("Articles"),
    ImportKind.OLD_INVOICES: N_("Old invoices"),
}


class Action(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


ACTION_NAMES: dict[Action, str] = {
    Action.NEW: N_("new"),
    Action.CHANGED: N_("completed"),
    Action.UNCHANGED: N_("known"),
    Action.DOUBTFUL: N_("in doubt"),
    Action.REFUSED: N_("refused"),
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it stands in the file; `number` as people count: the line, the row of the sheet, the card."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is refused, and why."""

    number: int
    reason: Message


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file from outside as rows of text. `form`: csv, xlsx or vcard; a vCard's columns are known already."""

    form: str
    rows: tuple[ReadRow, ...]
    refused: tuple[BadRow, ...] = ()
    columns: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    left_out: tuple[str, ...] = ()
    """Of a spreadsheet with several sheets: the one that was read, and the others that hold something, too."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns mean: one field ("" leaves it out) for each column of the file."""

    kind: ImportKind
    fields: tuple[str, ...]
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class OldInvoice:
    """An invoice that another program wrote; kept to be found, never one of our own documents."""

    number: str
    day: str
    recipient: str
    customer_number: str = ""
    gross_minor: int | None = None
    currency: str = "EUR"
    text: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class KeptOldInvoice:
    """A filed one. `has_file`: its PDF is there."""

    id: int
    value: OldInvoice
    customer_id: int | None
    has_file: bool


Value = Customer | Article | OldInvoice


@dataclass(frozen=True, slots=True)
class Decision:
    """The owner's word about a doubtful row: the customer it is, or None for a new one."""

    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row. `target` is the row it completes; `may_be` are (id, name) of whom it could be."""

    number: int
    action: Action
    value: Value | None = None
    target: int | None = None
    reason: Message | None = None
    may_be: tuple[tuple[int, str], ...] = ()
    before: Value | None = field(default=None, repr=False)


class StayReason(StrEnum):
    """Why something that an import brought stays when the import is taken back."""

    USED = "used"
    CHANGED = "changed"
    MERGED = "merged"


STAYS: dict[StayReason, str] = {
    StayReason.USED: N_("{name} (has documents or notes)"),
    StayReason.CHANGED: N_("{name} (changed since)"),
    StayReason.MERGED: N_("{name} (merged with another record since)"),
}


@dataclass(frozen=True, slots=True)
class Stay:
    """Who or what stays, and why."""

    name: str
    reason: StayReason

    @property
    def message(self) -> Message:
        """For a list of them."""
        return Message(STAYS[self.reason], {"name": self.name})
