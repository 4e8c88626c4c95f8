"""What a page gets from the window, and what the window expects of a page.

A page is `class CustomersPage(Page)`; it is built as `CustomersPage(shop, window)` on its first visit. Pages know this
module and nothing else of the window, so that each of them can be tested with a small stand-in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from shopdesk.domain.call_lines import LineState
    from shopdesk.domain.customers import Customer
    from shopdesk.i18n import Texts
    from shopdesk.settings import Settings
    from shopdesk.usecases.shop import Shop

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What the customer page is asked to open for a new customer: what was typed so far."""

    typed: str = ""


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """What the customer page is asked to open when a new customer turns out to be a known one, and what was typed."""

    customer_id: int
    typed: Customer


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What the document page is asked to open for a new draft of a kind ("quote", "delivery_note" …)."""

    kind: str
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """What the appointments' page is asked to begin, for a customer where one is known."""

    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPurchase:
    """What the purchase orders' page is asked to draw up: the goods of a customer's document."""

    document_id: int


@dataclass(frozen=True, slots=True)
class NewInquiry:
    """What the inquiries' page is asked to begin, over a channel where one is known ("shop", "letter" …)."""

    channel: str = ""


@dataclass(frozen=True, slots=True)
class NewStandingOrder:
    """What the page of a standing order is asked to begin: for a customer, or with the lines of a document."""

    customer_id: int | None = None
    document_id: int | None = None


class Toast(Protocol):
    """A message that stands for some seconds and can be taken back."""

    def dismiss(self) -> None:
        """Take it away now; neither `undo` nor `then` is called."""


class Shell(Protocol):
    """The window, as its pages see it."""

    @property
    def texts(self) -> Texts:
        """Words, amounts and dates in the window's language."""

    @property
    def settings(self) -> Settings:
        """What belongs to this computer (window size, language), kept in one file."""

    def change_settings(self, settings: Settings) -> None:
        """Keep the computer's settings and follow them at once (theme, text size; the language at the next start)."""

    def open_page(self, name: str, item: object = None) -> None:
        """Show the page of that name and, where an item is given, hand it to `Page.open_item`."""

    def open_customer(self, customer_id: int) -> None:
        """Show one customer's page."""

    def open_document(self, document_id: int) -> None:
        """Show one document of any kind in the editor."""

    def new_customer(self, typed: str = "") -> None:
        """Begin a new customer from what was typed in the palette: a name, a number, a pasted address."""

    def new_appointment(self, customer_id: int | None = None) -> None:
        """Begin an appointment, with a customer where one is known."""

    def new_document(self, kind: str, customer_id: int | None = None) -> None:
        """Begin a draft of the kind ("quote", "delivery_note" …), for a customer where one is known."""

    def open_palette(self, text: str = "") -> None:
        """The universal input, empty or with a text."""

    def title_changed(self) -> None:
        """Ask the page again for its title."""

    def back(self) -> None:
        """Return to the page shown before this one."""

    def toast(
        self,
        message: str,
        undo: Callable[[], None] | None = None,
        seconds: float = 8,
        then: Callable[[], None] | None = None,
    ) -> Toast:
        """Say `message` above the action bar; Ctrl+Z or its button calls `undo`.

        `then` is called when the seconds have passed and nobody took it back. When the program is closed before, it
        is not called.
        """

    def run_desk(
        self,
        function: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `function` off the window's thread (one PDF, export, backup); the answers come back on it.

        Without `on_error` a ShopError goes to `problem` and everything else to the bug dialog.
        """

    def run_post(
        self,
        function: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `function` on the lane for everything with a network; otherwise like `run_desk`."""

    def problem(self, error: BaseException) -> None:
        """Say in words what went wrong: a ShopError beside the work, anything else in the bug dialog."""

    def progress(self, text: str, cancel: Callable[[], None] | None = None) -> None:
        """Show a line of what is going on at the foot of the window; an empty text takes it away."""

    def commands_changed(self) -> None:
        """Ask the page again which of the program's keys it handles (after `Page.commands` changed)."""

    @property
    def line_state(self) -> LineState:
        """How the line to the box stands that tells who is calling."""

    def count(self, page: str, number: int) -> None:
        """Show how many things wait behind a page of the side bar; 0 shows nothing."""


class Page(QWidget):
    """One screen of the program: it holds frozen values, shows them, and calls use cases."""

    watches: ClassVar[frozenset[str]] = frozenset()
    """Names of the tables whose change makes what the page shows old, such as `frozenset({"customers"})`."""

    reads_early: ClassVar[bool] = False
    """True when `reload` imports nothing heavy: then the first paint shows real rows instead of none."""

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__()
        self.shop = shop
        self.window_shell = window
        self.texts = window.texts

    @property
    def title(self) -> str:
        """What the window's title says while the page is shown; "" lets the page table decide."""
        return ""

    @property
    def belongs_under(self) -> str:
        """Which page of the side bar is marked while this one is shown; "" lets the page table decide."""
        return ""

    def reload(self) -> None:
        """Read again what is shown: on the first visit, when a watched table changed, and with F5."""

    def reload_rest(self) -> None:
        """What a page that `reads_early` reads through heavy modules: called after `reload`, never before the paint."""

    def open_item(self, item: object) -> None:
        """Show one thing: a customer's or document's id, or what the page's own callers agreed on."""

    def focus_first(self) -> None:
        """Put the keyboard where work on this page begins."""
        self.setFocus()

    def prepare(self) -> bool:
        """Make one more part of the page while nobody waits for it; False when nothing is left to make."""
        return False

    def leaving(self) -> None:
        """Called before another page is shown or the window closes: save drafts here."""

    def go_back(self) -> bool:
        """Esc: True when the page took it itself (closed a panel, left a field), False to leave the page."""
        return False

    def action_bar(self) -> QWidget | None:
        """The bar with the page's primary button at its foot, if it has one: toasts stand above it."""
        return None

    def take_files(self, paths: list[str]) -> bool:
        """Files dropped on the window: True when the page has a use for them, such as the scan of a signed order."""
        del paths
        return False

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Which keys of `shortcuts.SHORTCUTS` the page handles, by name, such as {"issue_and_send": self.issue}.

        They come before the window's own meaning of the key, and they stand in the palette while the page is shown.
        """
        return {}
