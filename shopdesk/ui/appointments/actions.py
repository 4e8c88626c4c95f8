"""What is done with an appointment from the window, each with its way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.domain.errors import ChangedElsewhere, ShopError
from shopdesk.domain.mail import NoEmailAddress
from shopdesk.ui.appointments.words import span_words
from shopdesk.ui.documents import paper
from shopdesk.ui.outbox import going
from shopdesk.ui.widgets.labels import shortened
from shopdesk.usecases import appointments

if TYPE_CHECKING:
    from shopdesk.ui.appointments.page import AppointmentsPage
    from shopdesk.usecases.undo import Undo


class AppointmentActions:
    """Saved, moved, called off, ready, done, invited to, printed."""

    seconds = 8.0

    def __init__(self, page: AppointmentsPage) -> None:
        self._page, self._shop = page, page.shop
        self._texts, self._window = page.texts, page.window_shell

    def offers(self, value: Appointment) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What the menu of a row offers, in words."""
        gettext = self._texts.gettext
        found = [(gettext("Open"), lambda: self._page.show_appointment(value))]
        if value.is_open:
            if value.customer_id is not None and value.state != AppointmentState.READY:
                found.append((f"{gettext('Ready, tell the customer')}\tR", lambda: self.ready(value)))
            found.append((f"{gettext('Took place')}\tE", lambda: self.done(value)))
            found.append((f"{gettext('Move …')}\tS", lambda: self.later(value)))
            found.append((gettext("Call off"), lambda: self.cancel(value)))
        if value.customer_id is not None:
            customer_id = value.customer_id
            found.append((gettext("Open the customer"), lambda: self._window.open_customer(customer_id)))
        found.append((gettext("Job slip"), lambda: self.slip(value)))
        found.append((f"{gettext('Delete')}\t{gettext('Del')}", lambda: self.delete(value)))
        return tuple(found)

    # ---- the fields

    def save_by_key(self) -> None:
        """Store the fields and go on in the list."""
        if not self._page.card.isHidden() and self.save():
            self._page.list.setFocus()

    def save(self) -> bool:
        """Store the fields; what is wrong is said at its field."""
        form = self._page.card.form
        value = form.appointment()
        if value is None:
            return False
        try:
            if value.id is None:
                stored, undo = appointments.create(self._shop, value)
            else:
                undo = appointments.save(self._shop, value)
                stored = appointments.get(self._shop, value.id)
        except ChangedElsewhere as error:
            self._window.problem(error)
            return False
        except ShopError as error:
            if not form.say(error.field, self._texts.say(error.message)):
                self._window.problem(error)
            return False
        self._page.card.show_appointment(stored, self)
        self._page.reload()
        self._page.rows.select(stored.id)
        words = self._texts.gettext("{name}: saved.").format(name=shortened(stored.subject))
        if stored.invited and stored.sequence:
            words = self._texts.gettext(
                "{name}: saved. The customer does not know the change yet: invite again."
            )
            words = words.format(name=shortened(stored.subject))
        self._told(words, undo)
        return True

    # ---- states

    def done(self, value: Appointment) -> None:
        """It took place."""
        self._act(
            lambda: appointments.done(self._shop, value), self._texts.gettext("{name}: took place."), value
        )

    def cancel(self, value: Appointment) -> None:
        """It does not take place."""
        words = self._texts.gettext("{name}: called off.")
        if value.invited:
            words = self._texts.gettext("{name}: called off. The customer does not know yet: invite again.")
        self._act(lambda: appointments.cancel(self._shop, value), words, value)

    def delete(self, value: Appointment) -> None:
        """Away; it can be taken back."""
        if value.id is not None:
            appointment_id = value.id
            self._page.card.hide()
            words = self._texts.gettext("{name}: deleted.")
            self._act(lambda: appointments.delete(self._shop, appointment_id), words, value)

    def later(self, value: Appointment) -> None:
        """Its fields, with the keyboard where the time is."""
        self._page.show_appointment(value)
        self._page.card.form.when.setFocus()
        self._page.card.form.when.selectAll()

    def move_to(self, appointment_id: int, starts: dt.datetime) -> None:
        """The block was dragged there."""
        value = appointments.get(self._shop, appointment_id)
        begin = starts.astimezone(self._shop.clock.zone).replace(tzinfo=None)
        when = span_words(begin, begin + value.length, self._texts)
        words = self._texts.gettext("{name}: moved to {when}.")
        if value.invited:
            words = self._texts.gettext(
                "{name}: moved to {when}. The customer does not know yet: invite again."
            )
        words = words.replace("{when}", when)
        self._act(lambda: appointments.move(self._shop, value, starts), words, value)

    def ready(self, value: Appointment) -> None:
        """The customer is told by mail; without an address his number is shown."""
        if value.customer_id is None or not value.is_open:
            return
        try:
            mail_id, undo = appointments.ready(self._shop, value)
        except NoEmailAddress:
            self._without_mail(value)
            return
        except ShopError as error:
            self._window.problem(error)
            return
        words = self._texts.gettext("{name}: ready. The mail to {customer} is on its way.")
        said = words.format(name=shortened(value.subject), customer=shortened(value.customer_name))
        self._goes(mail_id, said, undo)
        self._page.reload()

    def _without_mail(self, value: Appointment) -> None:
        from shopdesk.usecases import customers

        assert value.customer_id is not None
        phones = customers.get(self._shop, value.customer_id).phones
        words = self._texts.gettext(
            "{name}: ready. There is no mail address: please tell the customer yourself."
        )
        if phones:
            words = self._texts.gettext("{name}: ready. There is no mail address, the number is {phone}.")
            words = words.replace("{phone}", phones[0].number)
        changed = replace(value, state=AppointmentState.READY)
        self._act(lambda: appointments.save(self._shop, changed), words, value)

    # ---- the card's buttons

    @property
    def _shown(self) -> Appointment | None:
        """The stored appointment on the card, with what was typed stored first."""
        if self._page.card.isHidden() or not self._page.keep():
            return None
        value = self._page.card.form.shown
        return appointments.get(self._shop, value.id) if value.id is not None else None

    def ready_shown(self) -> None:
        """The card's button."""
        if (value := self._shown) is not None:
            self.ready(value)

    def cancel_shown(self) -> None:
        """The card's button."""
        if (value := self._shown) is not None:
            self.cancel(value)

    def slip_shown(self) -> None:
        """The card's button."""
        if (value := self._shown) is not None:
            self.slip(value)

    def invite(self) -> None:
        """The invitation, its change or its end, through the outbox."""
        value = self._shown
        if value is None or value.id is None:
            return
        try:
            mail_id, undo = appointments.invite(self._shop, value.id)
        except ShopError as error:
            self._window.problem(error)
            return
        self._page.reload()
        words = self._texts.gettext("The invitation to {customer} is on its way.")
        self._goes(mail_id, words.format(customer=shortened(value.customer_name)), undo)

    def slip(self, value: Appointment) -> None:
        """The job slip, opened in the program that shows and prints PDFs."""
        if value.id is None:
            return
        appointment_id = value.id
        name = f"{self._texts.gettext('job-slip')}-{value.starts:%Y-%m-%d}.pdf"
        self._window.run_desk(
            lambda: appointments.job_slip(self._shop, appointment_id), lambda pdf: paper.open_file(pdf, name)
        )

    def take(self, path: Path) -> None:
        """Take a calendar file over."""
        try:
            taken, undo = appointments.take(self._shop, path.read_bytes())
        except (OSError, ShopError) as error:
            self._window.problem(error)
            return
        self._page.reload()
        words = self._texts.gettext("{name}: {new} new, {changed} changed, {known} known already.")
        self._told(
            words.format(name=path.name, new=taken.new, changed=taken.changed, known=taken.known), undo
        )

    def _act(self, act: Callable[[], Undo], words: str, value: Appointment) -> None:
        try:
            undo = act()
        except ShopError as error:
            self._window.problem(error)
            return
        self._page.reload()
        self._told(words.format(name=shortened(value.subject)), undo)

    def _goes(self, mail_id: int, words: str, undo: Undo) -> None:
        """The mail is sent when the seconds to take it back are over."""
        self._window.toast(
            words,
            lambda: self._page.undo(undo.run),
            self.seconds,
            then=lambda: going.send(self._shop, self._window, mail_id),
        )

    def _told(self, words: str, undo: Undo) -> None:
        self._window.toast(words, lambda: self._page.undo(undo.run))
