"""Who is calling: follows the line to the box, asks the shop who it is, and leads from the banner to the card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.domain.call_lines import CallMonitorSettings, LineState
from shopdesk.domain.phone_calls import CallBook, CallEvent, CallState, PhoneCall

if TYPE_CHECKING:
    from shopdesk.domain.callers import Caller
    from shopdesk.ui.calls.banner import CallBanner
    from shopdesk.ui.calls.banners import Banners
    from shopdesk.ui.customers.customer_page import CustomerPage
    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.call_lines import Line

_ASKED = "asked:"


class Calls(QObject):
    """One per window. Everything about a call goes through the lane `calls`, so that its order is kept."""

    state_changed = Signal()
    _heard = Signal(int, object)
    _told = Signal(int, object)
    _setting_changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._book = window, CallBook()
        self._settings = CallMonitorSettings()
        self._line: Line | None = None
        self._banners: Banners | None = None
        self._turn = 0  # what an earlier line still tells is not listened to
        self._taken: dict[str, int] = {}
        self.state = LineState.OFF
        self._heard.connect(self._hear)
        self._told.connect(self._tell)
        self._setting_changed.connect(self._read_settings)

    # The line

    def start(self) -> None:
        """Listen as the settings say, and follow them when they change."""
        self._window.shop.on_change(
            lambda tables: self._setting_changed.emit() if "setting" in tables else None
        )
        self._read_settings()

    def stop(self) -> None:
        """The window closes."""
        self._turn += 1
        if self._line is not None:
            self._line.stop()
            self._line = None

    def _read_settings(self) -> None:
        from shopdesk.usecases import call_lines

        self._run(lambda: call_lines.settings(self._window.shop), self._follow_settings)

    def _follow_settings(self, settings: CallMonitorSettings) -> None:
        from shopdesk.usecases import call_lines, phone_calls

        if settings == self._settings:
            return
        self.stop()
        self._settings = settings
        self._tell(self._turn, LineState.CONNECTING if settings.is_on else LineState.OFF)
        if settings.is_on:
            turn = self._turn
            self._line = call_lines.listen(
                settings, partial(self._heard.emit, turn), partial(self._told.emit, turn)
            )
            self._run(lambda: phone_calls.warm_up(self._window.shop), self._warm_up)

    def _warm_up(self, caller: Caller) -> None:
        """The first ring must not wait for imports, icons and fonts."""
        from shopdesk.ui.calls.banner import BannerState, CallBanner

        self._built()
        banner = CallBanner(self._window.texts, caller, "", BannerState.RINGING)
        banner.setParent(self._window)
        banner.fit(self._window.width())
        banner.grab()
        banner.deleteLater()

    def _tell(self, turn: int, state: LineState) -> None:
        if turn != self._turn:
            return
        self.state = state
        if state not in {LineState.CONNECTED, LineState.CONNECTING}:
            self._forget()
        self.state_changed.emit()

    def _forget(self) -> None:
        """The line is lost: how the calls went on nobody knows."""
        self._book.forget()
        for banner in self._shown():
            if not banner.key.startswith(_ASKED) and banner.is_open:
                self._built().remove(banner)

    def _hear(self, turn: int, event: CallEvent) -> None:
        if turn == self._turn:
            self.follow(event)

    # Calls

    def follow(self, event: CallEvent) -> None:
        """One event of the box."""
        from shopdesk.usecases import phone_calls

        call = self._book.follow(event)
        if call is None or call.is_internal:
            return
        shop = self._window.shop
        if call.state == CallState.RINGING:
            self._run(lambda: phone_calls.recognise(shop, call.number), partial(self._ring, call.connection))
        elif call.state in {CallState.TALKING, CallState.MISSED}:
            self._run(lambda: phone_calls.note(shop, call), lambda _nothing: self._went_on(call))
        else:
            self._run(lambda: None, lambda _nothing: self._went_on(call))

    def show_number(self, number: str) -> None:
        """Somebody else says who is calling: a softphone, a link, the command line."""
        from shopdesk.domain.phones import looks_like_phone
        from shopdesk.usecases import phone_calls

        if not looks_like_phone(number):
            self._window.open_palette(number)
            return
        self._run(
            lambda: phone_calls.recognise(self._window.shop, number), partial(self._ring, f"{_ASKED}{number}")
        )

    def _ring(self, key: str, caller: Caller) -> None:
        from shopdesk.ui.calls.banner import BannerState, CallBanner

        self._remove(key)
        asked = key.startswith(_ASKED)
        if asked and any(one.is_open and one.caller.number == caller.number for one in self._shown()):
            return  # the box said so already
        self._taken.pop(key, None)
        for one in self._shown():  # who calls again is not two callers
            if caller.number and one.caller.number == caller.number and not one.is_open:
                self._built().remove(one)
        banner = CallBanner(
            self._window.texts, caller, key, BannerState.ASKED if asked else BannerState.RINGING
        )
        banner.wanted.connect(lambda: self._open(banner))
        banner.customer_wanted.connect(lambda customer_id: self._open_card(banner, customer_id))
        banner.closed.connect(lambda: self._built().remove(banner))
        self._built().show(banner)

    def _went_on(self, call: PhoneCall) -> None:
        from shopdesk.ui.calls.banner import BannerState

        banner = next((one for one in self._shown() if one.key == call.connection), None)
        if call.state == CallState.OVER:
            self._remove(call.connection)
        elif banner is not None:
            banner.become(BannerState(call.state.value))
            self._built().place()
        page = self._card()
        if call.state == CallState.TALKING and not call.incoming:
            self._offer_note(call)
        elif page is not None and call.state == CallState.TALKING:
            if self._taken.get(call.connection) == page.existing.customer.id:
                page.take_call(0)
        elif call.state in {CallState.OVER, CallState.MISSED} and call.connection in self._taken:
            del self._taken[call.connection]
            if page is not None:
                page.call_over()

    def _offer_note(self, call: PhoneCall) -> None:
        """Our own call: where the customer's card stands open, its note counts the minutes; nothing else happens."""
        from shopdesk.usecases import phone_calls

        def offer(caller: Caller) -> None:
            page, known = self._card(), caller.known
            if page is not None and known is not None and page.existing.customer.id == known.customer_id:
                self._taken[call.connection] = known.customer_id
                page.take_call(0)

        if self._card() is not None:
            self._run(lambda: phone_calls.recognise(self._window.shop, call.number), offer)

    # From the banner to the card

    def open_current(self) -> bool:
        """Take the call that is shown; False when there is none."""
        banner = self._banners.current() if self._banners is not None else None
        if banner is None:
            return False
        self._open(banner)
        return True

    def dismiss(self) -> bool:
        """Esc takes the newest banner away; False when there is none."""
        for banner in self._shown()[:1]:
            self._built().remove(banner)
            return True
        return False

    def _open(self, banner: CallBanner) -> None:
        caller = banner.caller
        if caller.known is not None:
            self._open_card(banner, caller.known.customer_id)
            return
        self._leave(banner)
        if caller.maybe:
            self._window.open_palette(caller.heard)
        else:
            self._window.new_customer(caller.number)
            self._taken[banner.key] = 0

    def _open_card(self, banner: CallBanner, customer_id: int) -> None:
        from shopdesk.ui.calls.banner import BannerState

        self._leave(banner)
        self._taken[banner.key] = customer_id
        self._window.open_customer(customer_id)
        page = self._card()
        has_begun = banner.state in {BannerState.TALKING, BannerState.ASKED}
        if page is not None and has_begun and page.existing.customer.id == customer_id:
            page.take_call(banner.talked())

    def _leave(self, banner: CallBanner) -> None:
        if banner.isWindow():
            self._window.come_forward()
        self._built().remove(banner)

    # Parts

    def _card(self) -> CustomerPage | None:
        from shopdesk.ui.customers.customer_page import CustomerPage

        page = self._window.navigation.page
        return page if isinstance(page, CustomerPage) else None

    def _shown(self) -> list[CallBanner]:
        return list(self._banners.shown) if self._banners is not None else []

    def _remove(self, key: str) -> None:
        for banner in self._shown():
            if banner.key == key:
                self._built().remove(banner)

    def _built(self) -> Banners:
        if self._banners is None:
            from shopdesk.ui.calls.banners import Banners

            window = self._window
            self._banners = Banners(
                window, window.navigation, lambda: QTimer.singleShot(0, self, self.open_current)
            )
        return self._banners

    def _run(self, work: Callable[[], object], on_done: Callable[..., None]) -> None:
        self._window.lanes.calls.run(work, on_done, self._window.problem)
