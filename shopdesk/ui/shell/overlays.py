"""What lies over the pages for a moment: the palette, the sheet of keys, and who is calling."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.domain.call_lines import LineState
    from shopdesk.domain.search import FoundType
    from shopdesk.ui.calls.calls import Calls
    from shopdesk.ui.shell.commands import Command
    from shopdesk.ui.shell.keys_sheet import KeysSheet
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.ui.shell.offers import Find, Offers
    from shopdesk.ui.shell.page_table import PageSpec
    from shopdesk.ui.shell.palette import Palette


class Overlays:
    """Opens and closes them over their window; `available` names the commands that work where the owner is."""

    def __init__(
        self,
        window: MainWindow,
        find: Find,
        available: Callable[[], list[Command]],
        pages: tuple[PageSpec, ...],
    ) -> None:
        self._window, self.find, self._available, self._pages = window, find, available, pages
        self.palette: Palette | None = None
        self.keys: KeysSheet | None = None
        self._offers: Offers | None = None
        self._calls: Calls | None = None

    def search_or_call(self) -> None:
        """F9: take the call that is shown, else the universal input."""
        if self._calls is None or not self._calls.open_current():
            self.open_palette()

    @property
    def calls(self) -> Calls:
        """Who is calling; made after the first paint."""
        if self._calls is None:
            from shopdesk.ui.calls.calls import Calls

            self._calls = Calls(self._window)
        return self._calls

    @property
    def line_state(self) -> LineState:
        """How the line to the box stands."""
        from shopdesk.domain.call_lines import LineState

        return LineState.OFF if self._calls is None else self._calls.state

    def dismiss_call(self) -> bool:
        """Take the newest banner away; False when there is none."""
        return self._calls is not None and self._calls.dismiss()

    def hang_up(self) -> None:
        """The window closes: nobody tells any more who is calling."""
        if self._calls is not None:
            self._calls.stop()

    def open_palette(self, text: str = "") -> None:
        """The universal input, empty or with a text (a caller's number)."""
        if self.palette is None:
            from shopdesk.ui.shell.palette import Palette

            self.palette = Palette(self._window, self._window.texts, self._built_offers().all)
        self.palette.open(text)

    def open_keys(self) -> None:
        """The sheet of keys."""
        if self.keys is None:
            from shopdesk.ui.shell.keys_sheet import KeysSheet

            self.keys = KeysSheet(self._window, self._window.texts, self._pages)
        self.keys.open()

    def close(self) -> bool:
        """Close what is open; False when nothing was."""
        shown = [one for one in (self.palette, self.keys) if one is not None and not one.isHidden()]
        for overlay in shown:
            overlay.finish()
        return bool(shown)

    def remember(self, name: str, item: int, title: str) -> None:
        """The palette offers what was opened last."""
        from shopdesk.domain.search import Found

        kind: FoundType = "customer" if name == "customer" else "document"
        customer_id = item if kind == "customer" else None
        self._built_offers().remember(Found(kind, item, "", title, "", "", 0, customer_id))

    def _built_offers(self) -> Offers:
        if self._offers is None:
            from shopdesk.ui.packing.offers import ShipmentOffers
            from shopdesk.ui.payments.offers import PaymentOffers
            from shopdesk.ui.shell.offers import Offers

            pay = PaymentOffers(self._window.shop, self._window)
            ship = ShipmentOffers(self._window.shop, self._window)
            self._offers = Offers(
                self._window,
                self.find,
                self._available,
                self._pages,
                lambda text, hits: [*ship(text, hits), *pay(text, hits)],
            )
        return self._offers
