"""Save, pause, continue, stop and delete a standing order; each can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.domain.standing_orders import StandingOrder
    from shopdesk.ui.standing_orders.page import StandingOrderPage


class StandingOrderActions:
    """What the buttons of the page's head do; `page` shows what came of it."""

    def __init__(self, page: StandingOrderPage) -> None:
        self._page = page

    def store(self) -> None:
        """Ctrl+⏎: the line that is open, else the whole."""
        page = self._page
        if page.until.isVisible():
            page.until.say_it()
            return
        if page.order is None or page.lines is None or not page.lines.commit() or not page.form.settle():
            return
        value = page.said()
        if value.by_itself and not page.order.by_itself:
            from shopdesk.ui.standing_orders.ask_by_itself import AskByItself

            AskByItself(value, page.texts, page).ask(lambda _wishes: self._keep(value))
            return
        self._keep(value)

    def _keep(self, value: StandingOrder) -> None:
        from shopdesk.usecases import standing_orders

        page, is_new = self._page, value.id is None
        done = page.told(
            lambda: (
                standing_orders.create(page.shop, value) if is_new else standing_orders.save(page.shop, value)
            )
        )
        if done is None:
            return
        words = page.texts.gettext("Standing order noted.") if is_new else page.texts.gettext("Saved.")
        page.after(done, words)
        if is_new and done[0].id is not None:
            page.window_shell.open_page("standing_order", done[0].id)
            self.make_due()

    def make_due(self) -> None:
        """What is due today is made at once, not with the next look at the clock."""
        from shopdesk.ui.standing_orders.making import make_due

        make_due(self._page.shop, self._page.window_shell)

    def ask_pause(self) -> None:
        """Until when nothing is made."""
        page = self._page
        gettext = page.texts.gettext
        page.until.ask(
            "pause",
            gettext("Pause from today; it goes on"),
            gettext("empty: when I continue it"),
            gettext("Pause"),
        )

    def ask_stop(self) -> None:
        """The last day on which something is due."""
        page = self._page
        gettext = page.texts.gettext
        page.until.ask("stop", gettext("Nothing is due after"), "", gettext("Stop"), page.shop.clock.today())

    def until_said(self, what: str, day: dt.date | None) -> None:
        """The line was answered."""
        from shopdesk.usecases import standing_orders

        page = self._page
        if page.order is None or page.order.id is None:
            return
        order_id, gettext = page.order.id, page.texts.gettext
        if what == "pause":
            words = gettext("Paused.")
            done = page.told(lambda: standing_orders.pause(page.shop, order_id, day))
        else:
            last = day or page.shop.clock.today()
            words = gettext("Nothing is due after {date} any more.").format(date=page.texts.date(last))
            done = page.told(lambda: standing_orders.stop(page.shop, order_id, last))
        if done is not None:
            page.until.hide()
            page.after(done, words)

    def continue_now(self) -> None:
        """The pause ends today."""
        from shopdesk.usecases import standing_orders

        page = self._page
        if page.order is None or page.order.id is None:
            return
        order_id = page.order.id
        done = page.told(lambda: standing_orders.go_on(page.shop, order_id))
        if done is not None:
            page.after(done, page.texts.gettext("It goes on."))
            self.make_due()

    def remove(self) -> None:
        """Out of the list; what was made stays."""
        from shopdesk.usecases import standing_orders

        page = self._page
        if page.order is None or page.order.id is None:
            return
        order_id, name = page.order.id, page.order.customer_name
        undo = page.told(lambda: standing_orders.delete(page.shop, order_id))
        if undo is None:
            return
        page.order = None
        page.window_shell.open_page("standing_orders")
        words = page.texts.gettext("Standing order of {name} deleted.").format(name=name)
        page.window_shell.toast(words, lambda: page.take_back(undo))
