"""Which folders of a mailbox are read, and what happens on the server afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shopdesk.domain.mail_in import Afterwards
from shopdesk.i18n import Texts
from shopdesk.ui.settings.fields import ExplainedField, Outcome
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import shortened
from shopdesk.ui.widgets.showing import show_if

INBOX = "INBOX"


def folder_words(texts: Texts, name: str) -> str:
    """How a folder is shown."""
    return texts.gettext("Inbox") if name.upper() == INBOX else name


class FolderBoxes(QWidget):
    """A box to tick for each folder that is known; the ticked ones are read."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.boxes: dict[str, QCheckBox] = {}
        self._flow = FlowLayout(self)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The folders to read, the inbox first."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def offer(self, names: Iterable[str], ticked: Iterable[str]) -> None:
        """All folders that there are, with those that are read."""
        wanted = tuple(ticked)
        self._flow.clear()
        self.boxes = {}
        for name in dict.fromkeys((INBOX, *wanted, *names)):
            words = folder_words(self._texts, name)
            self.boxes[name] = box = QCheckBox(shortened(words).replace("&", "&&"))
            box.setAccessibleName(words)
            box.setChecked(name in wanted)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._flow.addWidget(box)
            box.show()
        self.updateGeometry()


class AfterwardsFields(QWidget):
    """What becomes of a mail on the server once it is stored here; deleting says plainly what it means.

    The `fields` stand in the form, the warning below them.
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        gettext = texts.gettext
        self.choice = Choice(
            [
                (gettext("nothing: leave it as it is"), Afterwards.NOTHING.value),
                (gettext("mark it as read"), Afterwards.READ.value),
                (gettext("move it to a folder"), Afterwards.MOVE.value),
                (gettext("delete it there"), Afterwards.DELETE.value),
            ]
        )
        self.target = Choice([(gettext("choose one …"), "")])
        self.fields = {
            "afterwards": ExplainedField(
                gettext("On the server afterwards"),
                self.choice,
                gettext(
                    "Only for mails that come in from now on and are not kept away, and only once they are stored here."
                ),
            ),
            "move_to": ExplainedField(
                gettext("Move to"), self.target, gettext("After the test all folders are offered.")
            ),
        }
        self.warning = Outcome()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.warning)
        self.choice.currentIndexChanged.connect(self._follow)
        self._follow()

    @property
    def value(self) -> tuple[Afterwards, str]:
        """What is chosen, with the folder."""
        afterwards = Afterwards(self.choice.value)
        return afterwards, self.target.value if afterwards == Afterwards.MOVE else ""

    def set_value(self, afterwards: Afterwards, target: str) -> None:
        """Choose it."""
        self.choice.set_value(afterwards.value)
        if target and self.target.findData(target) < 0:
            self.target.addItem(folder_words(self._texts, target), target)
        self.target.set_value(target)

    def offer(self, names: Iterable[str]) -> None:
        """All folders that there are; what was chosen stays."""
        chosen = self.target.value
        with QSignalBlocker(self.target):
            self.target.clear()
            self.target.addItem(self._texts.gettext("choose one …"), "")
            for name in dict.fromkeys((*filter(None, (chosen,)), *names)):
                self.target.addItem(folder_words(self._texts, name), name)
            self.target.set_value(chosen)

    def _follow(self) -> None:
        afterwards = self.value[0]
        show_if(self.fields["move_to"], afterwards == Afterwards.MOVE)
        words = self._texts.gettext(
            "The mail is then gone from your telephone and every other mail program, too, for good. It stands in "
            "shopdesk alone: think of the backup. shopdesk deletes only what is safely stored in your shop's file."
        )
        self.warning.say(words if afterwards == Afterwards.DELETE else "", ok=False)
