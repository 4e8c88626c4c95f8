"""One question of the panel: how heavy and how large is it when it is packed?"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.measures import parse_weight
from shopdesk.domain.packed_sizes import NOT_PACKED
from shopdesk.domain.packed_texts import PackedText
from shopdesk.domain.parcels import Question
from shopdesk.i18n import Texts
from shopdesk.ui.articles.shipping_fields import PackedSizeEdit
from shopdesk.ui.parcels import words
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.fields import Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, Strong


class QuestionBox(QWidget):
    """Weight and packed size of a line; ⏎ in a field or the button keeps the answer."""

    answered = Signal(object, object)
    """The question and the PackedText."""

    def __init__(self, question: Question, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        gettext = texts.gettext
        self.weight: ForgivingEdit[int] = ForgivingEdit(
            texts, gettext("Weight of one piece"), parse_weight, lambda grams: words.weight(grams, texts)
        )
        self.weight.setPlaceholderText(gettext("for instance 14 kg"))
        self.weight.set_value(question.weight_grams or None)
        self.size_ = PackedSizeEdit(texts)
        self.size_.set_value(question.packed if question.packed.is_known else None)
        self.together = QCheckBox(gettext("Several may share a parcel"))
        self.together.setChecked(question.packed.together)
        self.keep = Button(gettext("Remember"), self.answer, icon_name="check")
        fields = QHBoxLayout()
        fields.setSpacing(px(SMALL))
        fields.addWidget(Field(gettext("Weight of one piece"), self.weight), 2)
        fields.addWidget(Field(gettext("Packed size"), self.size_), 3)
        for field in (self.weight, self.size_):
            field.setMinimumWidth(px(60))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(Strong(question.name, wrap=True))
        column.addWidget(Caption(gettext("How heavy and how large is it when it is packed?"), wrap=True))
        column.addLayout(fields)
        column.addWidget(self.together)
        column.addLayout(row)
        self.weight.returnPressed.connect(self._next)
        self.size_.returnPressed.connect(self.answer)
        self.setFocusProxy(self.weight if not question.weight_grams else self.size_)

    def _next(self) -> None:
        if self.size_.value is None:
            self.size_.setFocus()
        else:
            self.answer()

    def answer(self) -> None:
        """Keep it once both can be read; else the keyboard goes where something is missing."""
        for field in (self.weight, self.size_):
            if not field.settle() or field.value is None:
                field.setFocus()
                return
        packed = self.size_.value or NOT_PACKED
        kept = PackedText(self.weight.value or 0, replace(packed, together=self.together.isChecked()))
        self.answered.emit(self.question, kept)
