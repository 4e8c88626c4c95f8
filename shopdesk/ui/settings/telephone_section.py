"""The telephone: whether a FRITZ!Box tells who is calling, where it stands, how the line stands, trying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit

from shopdesk.domain.call_lines import PORT, CallMonitorSettings, LineState, line_words
from shopdesk.domain.errors import ShopError
from shopdesk.ui.settings.fields import ExplainedField, Outcome, form_grid, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.labels import Caption
from shopdesk.usecases import call_lines

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_LAST_PORT = 65535
_LOOK_EVERY_MS = 500
_GOOD = frozenset({LineState.CONNECTED, LineState.CONNECTING, LineState.OFF})


class TelephoneSection(FormSection[CallMonitorSettings]):
    """Off until the owner switches it on."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Telephone"),
            gettext(
                "A FRITZ!Box in your network can tell who is calling: greeting, last purchase and what was agreed "
                "stand in the window before you pick up. Nothing leaves your network, and shopdesk dials nothing."
            ),
            gettext("call phone FRITZ!Box call monitor caller number missed calls ringing"),
        )
        self.is_on = QCheckBox(gettext("Show who is calling"))
        self.host = QLineEdit()
        self.port = whole_number_edit(self.texts, gettext("Port"), 1, _LAST_PORT)
        self.host_field = ExplainedField(
            gettext("Address of the box"),
            self.host,
            gettext("Mostly fritz.box, else its number such as 192.168.178.1."),
        )
        port = ExplainedField(
            gettext("Port"), self.port, gettext("The call monitor has {port}.").format(port=PORT)
        )
        self.state = Outcome()
        self.result = Outcome()
        self.body.addWidget(self.is_on)
        self.body.addLayout(form_grid([[(self.host_field, 4), (port, 2)]]))
        self.body.addWidget(
            Caption(
                gettext(
                    "Once only: dial #96*5* on a telephone that is connected to the box, and hang up after the tone. "
                    "#96*4* switches it off again."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(self.state)
        self.body.addWidget(self.result)
        self.test_button = Button(gettext("Try it"), self.test, icon_name="refresh-cw")
        self.foot.insertWidget(0, self.test_button)
        self.host.textEdited.connect(lambda _text: self.result.say("", ok=True))
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._show_state)
        self.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """While it is seen it says how the line stands."""
        super().showEvent(event)
        self._show_state()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._look.stop()

    def _show_state(self) -> None:
        state = self.shell.line_state
        host = self._shown.host if self._shown is not None else ""
        words = "" if state == LineState.OFF else self.texts.say(line_words(state, host))
        if words != self.state.words.text():
            self.state.say(words, ok=state in _GOOD)

    # The stored value

    def _stored(self) -> CallMonitorSettings:
        return call_lines.settings(self.shop)

    def _show(self, value: CallMonitorSettings) -> None:
        self.is_on.setChecked(value.is_on)
        self.host.setText(value.host)
        self.port.set_value(value.port)

    def _typed(self) -> CallMonitorSettings:
        return CallMonitorSettings(self.is_on.isChecked(), self.host.text().strip(), self.port.value or 0)

    def _store(self, value: CallMonitorSettings) -> None:
        call_lines.save_settings(self.shop, value)

    def _say(self, field: str, problem: str) -> bool:
        self.host_field.say(problem if field == "calls.host" else "")
        if field == "calls.host":
            self.host_field.setFocus()
        return field == "calls.host"

    # Trying it out

    def test(self) -> None:
        """Connect as the fields stand and say what is wrong."""
        self._say("", "")
        self.result.say("", ok=True)
        if not self._all_read():
            return
        value = self._typed()
        if self.test_button.hasFocus():
            self.host.setFocus()  # a disabled button would hand it on
        self.test_button.setEnabled(False)
        self.shell.progress(self.texts.gettext("Testing the connection to {host} …").format(host=value.host))
        self.shell.run_post(
            lambda: call_lines.try_out(value), lambda state: self._tested(value, state), self._test_failed
        )

    def _tested(self, value: CallMonitorSettings, state: LineState) -> None:
        self._test_over()
        gettext = self.texts.gettext
        if state == LineState.CONNECTED:
            words = gettext("The box answers. Call your shop with a mobile phone: the number must show here.")
            if not value.is_on:
                words = gettext("The box answers. Now switch on “Show who is calling” and save.")
        elif state == LineState.CLOSED:
            words = gettext("{host} answers and hangs up at once. Please check address and port.")
            words = words.format(host=value.host)
        else:
            words = self.texts.say(line_words(state, value.host))
        self.result.say(words, ok=state == LineState.CONNECTED)

    def _test_failed(self, error: Exception) -> None:
        self._test_over()
        if not isinstance(error, ShopError) or not self._say(error.field, self.texts.say(error.message)):
            self.shell.problem(error)

    def _test_over(self) -> None:
        self.test_button.setEnabled(True)
        self.shell.progress("")
