"""A letter to the marked customers: purpose, words in each language, who gets it, the letter as it will be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.letters import GAPS, PURPOSE_NAMES, LetterDraft, LetterPurpose, LetterText, WhyNot
from shopdesk.domain.long_work import LongWork
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.letters.pdf_pane import PdfPane
from shopdesk.ui.letters.people import LeftOutCard, Person
from shopdesk.ui.letters.saving import ask_place, open_file, tell_failure
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, ExplainedField, Outcome, text_box
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, IconButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.showing import show_if
from shopdesk.ui.widgets.work_bar import WorkBar

if TYPE_CHECKING:
    from shopdesk.usecases.letters import LetterPlan, LettersWritten
    from shopdesk.usecases.shop import Shop

_LINES = 8
_PAUSE = 300


class LettersPage(Page):
    """What is typed is kept; nothing is noted before the file is written."""

    watches: ClassVar[frozenset[str]] = frozenset({"customer", "customer_address", "consent"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.ids: tuple[int, ...] = ()
        self.draft = LetterDraft()
        self._plan: LetterPlan | None = None
        self._seen = 0
        self._saved: Path | None = None
        self._stale = self._is_looking = False
        self.save_button = PrimaryButton(gettext("Write letters …"), self.choose, icon_name="save")
        self.labels_button = Button(
            gettext("Labels …"), lambda: window.open_page("labels", self.ids), icon_name="printer"
        )
        self.header = PageHeader(gettext("Letter to several"), " ", self.labels_button, self.save_button)
        self.purpose = Choice((gettext(name), purpose.value) for purpose, name in PURPOSE_NAMES.items())
        self.language = Choice((LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES)
        self.subject = QLineEdit()
        self.text = text_box(gettext("Text of the letter"), _LINES)
        self._last: QLineEdit | QPlainTextEdit = self.text
        self.left_out = LeftOutCard(window)
        self.work = WorkBar(window)
        self.outcome = Outcome()
        self.open_button = GhostButton(gettext("Open"), self._open, icon_name="external-link")
        self.open_button.hide()
        self.pane = PdfPane(window, f"{gettext('Letter')}.pdf")
        self.whose = Caption("")
        self.before = IconButton(gettext("Letter before"), "arrow-left", lambda: self.turn(-1))
        self.after = IconButton(gettext("Next letter"), "arrow-right", lambda: self.turn(1))
        self.before.hide()
        self.after.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._look)
        self._place()
        self._connect()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.language_field = ExplainedField(
            gettext("Language"),
            self.language,
            gettext("Each customer gets the text in his language; without one the German one."),
        )
        self.subject_field = Field(gettext("Subject"), self.subject)
        self.text_field = Field(gettext("Text"), self.text)
        fields = Card(
            Field(gettext("Purpose"), self.purpose), self.language_field, self.subject_field, self.text_field
        )
        words = gettext("Salutation and regards stand there by themselves. Gaps: a click puts one in.")
        fields.body.addWidget(Caption(words, wrap=True))
        self.gaps = ChipRow()
        self.gaps.show_chips([self._chip(name) for name in GAPS])
        fields.body.addWidget(self.gaps)
        left = ScrollPage()
        for widget in (fields, self.left_out, self.work, self.outcome, self.open_button):
            left.body.addWidget(widget)
        left.body.setAlignment(self.open_button, Qt.AlignmentFlag.AlignLeft)
        left.body.addStretch(1)
        turning = QHBoxLayout()
        turning.setSpacing(px(SMALL))
        for widget in (self.before, self.after):
            turning.addWidget(widget)
        turning.addWidget(self.whose, 1)
        right = QVBoxLayout()
        right.setSpacing(px(SMALL))
        right.addLayout(turning)
        right.addWidget(self.pane, 1)
        line = QHBoxLayout()
        line.setSpacing(px(NORMAL))
        line.addWidget(left, 1)
        line.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(line, 1)

    def _connect(self) -> None:
        self.purpose.chosen.connect(self._typed)
        self.language.chosen.connect(self._show_text)
        self.subject.textEdited.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _chip(self, name: str) -> ChipButton:
        chip = ChipButton(self.texts.say(GAPS[name]), partial(self.insert_gap, name))
        chip.setToolTip(f"{{{{ {name} }}}}")
        return chip

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is self.subject:
            self._last = self.subject
        elif now is self.text:
            self._last = self.text

    def insert_gap(self, name: str) -> None:
        """Put a gap where the cursor last stood, in the subject or the text."""
        words = f"{{{{ {name} }}}}"
        if isinstance(self._last, QLineEdit):
            self._last.insert(words)
            self._typed()
        else:
            self._last.insertPlainText(words)
        self._last.setFocus()

    # The page's life

    def open_item(self, item: object) -> None:
        """The ids of the marked customers."""
        if not isinstance(item, tuple) or self.work.is_running:
            return
        from shopdesk.usecases import letters

        self.ids, self._seen, self._plan = item, 0, None
        self._show_letter()
        self.draft = letters.draft(self.shop)
        self.purpose.set_value(self.draft.purpose.value)
        self.language.set_value(self.draft.texts[0].language)
        self._show_text()
        self.outcome.say("", ok=True)
        self.open_button.hide()

    def reload(self) -> None:
        """A card was changed meanwhile."""
        if not self.work.is_running:
            self._look()

    def focus_first(self) -> None:
        """See Page."""
        self.purpose.setFocus()

    def leaving(self) -> None:
        """What was written is there again the next time."""
        from shopdesk.usecases import letters

        if self.ids:
            letters.keep_draft(self.shop, self._typed_draft())

    # Words

    def _show_text(self) -> None:
        """The words in the chosen language."""
        language = self.language.value
        known = (text for text in self.draft.texts if text.language == language)
        text = next(known, LetterText(language))
        self.subject.setText(text.subject)
        self.text.blockSignals(True)  # noqa: FBT003 - Qt has no other way
        self.text.setPlainText(text.body)
        self.text.blockSignals(False)  # noqa: FBT003
        self._look()

    def _typed_draft(self) -> LetterDraft:
        text = LetterText(self.language.value, self.subject.text().strip(), self.text.toPlainText().rstrip())
        return replace(self.draft.with_text(text), purpose=LetterPurpose(self.purpose.value))

    def _typed(self) -> None:
        self.draft = self._typed_draft()
        self._pause.start()

    def _look(self) -> None:
        """Who gets it, and the first letter, after a pause in typing."""
        from shopdesk.usecases import letters

        self._pause.stop()
        if self.work.is_running or self._is_looking:
            self._stale = True  # once more when that is over
            return
        self._stale, self._is_looking = False, True
        value, ids = self.draft, self.ids
        self.window_shell.run_desk(
            partial(letters.look_over, self.shop, ids, value), self._looked, self._unread
        )

    def _unread(self, error: Exception) -> None:
        """A text that cannot be filled is said at its field; half written it is no news."""
        self._is_looking = False
        self._plan = None
        self._say_fields(error)
        self.header.say(self.texts.gettext("Letter to several"), self._count_words())
        self._show_letter()
        self._enable()
        self._look_again()

    def _look_again(self) -> None:
        if self._stale:
            self._look()

    def _say_fields(self, error: Exception | None) -> None:
        words = self.texts.say(error.message) if isinstance(error, ShopError) else ""
        in_subject = isinstance(error, ShopError) and error.field.endswith("subject")
        empty = not (self.subject.text().strip() and self.text.toPlainText().strip())
        self.subject_field.say(words if in_subject and not empty else "")
        self.text_field.say(words if words and not in_subject and not empty else "")
        if error is not None and not isinstance(error, ShopError):
            self.window_shell.problem(error)

    def _looked(self, plan: LetterPlan) -> None:
        self._is_looking = False
        self._plan = plan
        self._say_fields(None)
        self.header.say(self.texts.gettext("Letter to several"), self._count_words())
        self.left_out.say(
            [
                Person(one.customer_id, one.name, self.texts.say(one.reason), one.why == WhyNot.OBJECTION)
                for one in plan.left_out
            ]
        )
        self._show_letter()
        self._enable()
        self._look_again()

    def _count_words(self) -> str:
        ngettext, number = self.texts.ngettext, self.texts.number
        if not self.ids:
            return self.texts.gettext("Mark customers with Space.")
        count = len(self.ids) if self._plan is None else len(self._plan.ready)
        words = ngettext("{n} letter", "{n} letters", count).format(n=number(count))
        out = 0 if self._plan is None else len(self._plan.left_out)
        left = ngettext("{n} is left out", "{n} are left out", out).format(n=number(out))
        return f"{words} · {left}" if out else words

    def _enable(self) -> None:
        ready = self._plan is not None and bool(self._plan.ready) and not self.work.is_running
        self.save_button.setEnabled(ready)
        self.labels_button.setEnabled(bool(self.ids) and not self.work.is_running)

    # The letter that is seen

    def turn(self, steps: int) -> None:
        """The letter of the next customer, or of the one before."""
        self._seen += steps
        self._show_letter()

    def _show_letter(self) -> None:
        from shopdesk.usecases import letters

        ready = self._plan.ready if self._plan is not None else ()
        self._seen = max(0, min(self._seen, len(ready) - 1))
        for button, on in ((self.before, self._seen > 0), (self.after, self._seen < len(ready) - 1)):
            button.setEnabled(on)
            show_if(button, bool(ready))
        number = self.texts.number
        words = self.texts.gettext("Letter {n} of {all}")
        self.whose.setText(words.format(n=number(self._seen + 1), all=number(len(ready))) if ready else "")
        if not ready:
            self.pane.show_pdf(None)
            return
        shop, one, value = self.shop, ready[self._seen], self.draft
        self.pane.show_pdf(lambda: letters.preview(shop, one, value))

    # Writing

    def choose(self) -> None:
        """Ask for the file's name."""
        gettext = self.texts.gettext
        name = gettext("Letters-{day}.pdf").format(day=self.shop.clock.today().isoformat())
        place = ask_place(self, gettext("Write letters"), name, "PDF (*.pdf)")
        if place is not None:
            self.write(place)

    def write(self, target: Path) -> None:
        """All letters into one file, and a note on each timeline; the window stays usable."""
        from shopdesk.usecases import letters

        if self.work.is_running:
            return
        self._pause.stop()
        self.draft = self._typed_draft()
        letters.keep_draft(self.shop, self.draft)
        self.outcome.say("", ok=True)
        self.open_button.hide()
        work: LongWork = self.work.begin(self.texts.gettext("{done} of {all} steps"), patient=True)
        self._enable()
        self.window_shell.run_desk(
            partial(letters.write, self.shop, self.ids, self.draft, target, work), self._written, self._failed
        )

    def _over(self) -> None:
        self.work.over()
        self._enable()
        self._look_again()

    def _failed(self, error: Exception) -> None:
        self._over()
        tell_failure(self.window_shell, self.outcome, error)

    def _written(self, done: LettersWritten) -> None:
        self._over()
        self._saved = done.path
        texts = self.texts
        words = texts.ngettext("{n} letter written: {place}.", "{n} letters written: {place}.", done.letters)
        told = [words.format(n=texts.number(done.letters), place=done.path)]
        told += [texts.say(one) for one in done.warnings]
        self.outcome.say(" ".join(told), ok=not done.warnings)
        self.open_button.show()
        self.open_button.setFocus()

        def back() -> None:
            self.window_shell.run_desk(partial(done.undo.run, self.shop), lambda _nothing: None)

        noted = texts.ngettext("Noted on {n} timeline.", "Noted on {n} timelines.", done.letters).format(
            n=texts.number(done.letters)
        )
        self.window_shell.toast(noted, back)

    def _open(self) -> None:
        if self._saved is not None:
            open_file(self._saved)
