"""The panel "Can I ship this?" beside the lines of a document, and the postage line that its plan gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.domain.articles import Article, in_prices
from shopdesk.domain.documents import Fulfilment, Line, LineKind, Prices
from shopdesk.i18n import Texts
from shopdesk.ui.documents.customs_action import CustomsAction
from shopdesk.ui.documents.suggestions import Suggestion
from shopdesk.ui.documents.typed_line import TypedLine, article_line
from shopdesk.ui.parcels.panel import ParcelPanel
from shopdesk.ui.parcels.words import amount as words_of_amount
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.widgets.chips import ChipButton

if TYPE_CHECKING:
    from shopdesk.domain.parcels import ParcelPlan
    from shopdesk.ui.documents.editor import Editor
    from shopdesk.ui.documents.session import EditingSession


class ParcelSide:
    """Makes the panel when it is first wanted and follows the editor's document."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._panel: ParcelPanel | None = None
        self.customs = CustomsAction(editor.session.shop, editor.shell, editor)

    @property
    def panel(self) -> ParcelPanel:
        """The panel; made when it is first wanted."""
        if self._panel is None:
            editor = self._editor
            self._panel = ParcelPanel(editor.session.shop, editor.shell)
            self._panel.hide()
            self._panel.closed.connect(self.close)
            self._panel.changed_outside.connect(self._planned_anew)
            self._panel.postage_wanted.connect(lambda: editor.add_suggested(LineKind.POSTAGE))
            self._panel.packaging_wanted.connect(lambda: editor.add_suggested(LineKind.PACKAGING))
            editor.add_sheet(self._panel)
        return self._panel

    @property
    def shown(self) -> bool:
        """Whether it is open."""
        return self._panel is not None and not self._panel.isHidden()

    @property
    def is_offered(self) -> bool:
        """Whether the document has goods that go on their way."""
        document = self._editor.session.document
        on_their_way = document.fulfilment in {Fulfilment.SHIP, Fulfilment.DELIVER}
        return on_their_way and any(line.kind == LineKind.GOODS for line in document.lines)

    def commands(self) -> dict[str, Callable[[], None]]:
        """The keys that mean something for this document."""
        found: dict[str, Callable[[], None]] = {}
        if self.is_offered:
            found["parcels"] = self.toggle
        if self.customs.is_offered(self._editor.session.document):
            found["customs_note"] = self.save_customs_note
        return found

    def chips(self) -> list[QWidget]:
        """The same as buttons, beside postage and packaging."""
        gettext = self._editor.texts.gettext
        names = {"parcels": gettext("Can I ship this?"), "customs_note": gettext("Customs note")}
        icons = {"parcels": "truck", "customs_note": "file-check"}
        return [
            ChipButton(names[name], act, icon_name=icons[name], key=shortcut(name).shown())
            for name, act in self.commands().items()
        ]

    def save_customs_note(self) -> None:
        """The note as a PDF; what is missing is asked in the panel."""
        self.customs.save(self._editor.session.document, self.open)

    def toggle(self) -> None:
        """Open or close it; what was typed is taken first."""
        if self.shown:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Open it where it is not, with the keyboard on what is asked first."""
        if not self._editor.session.has_fixed_lines:
            self._editor.lines.commit()
        self.panel.show()
        self._editor.share_room()
        self.refresh()
        self._editor.show_suggestions()
        self.panel.focus_first()

    def close(self) -> bool:
        """Close it; False when it was not open."""
        if not self.shown:
            return False
        self.panel.hide()
        self._editor.share_room()
        self._editor.show_suggestions()
        self._editor.lines.setFocus()
        return True

    def refresh(self) -> None:
        """Follow the document while it is open."""
        if not self.shown:
            return
        session = self._editor.session
        packaging = self._packaging()
        label = f"+ {packaging.name}" if packaging is not None else ""
        self.panel.show_document(session.document, adds=not session.has_fixed_lines, packaging=label)

    def _planned_anew(self) -> None:
        self.refresh()
        self._editor.show_suggestions()

    def suggestion(self, kind: LineKind) -> Suggestion | None:
        """What the plan gives for Alt+1 and Alt+2 while it is open; None: what is suggested otherwise."""
        if not self.shown or self.panel.plan is None:
            return None
        session = self._editor.session
        if kind == LineKind.PACKAGING:
            packaging = self._packaging()
            return packaging_line(packaging, session) if packaging is not None else None
        plan = self.panel.plan
        return postage_line(plan, session, self._editor.texts) if plan.by_parcel else None

    def _packaging(self) -> Article | None:
        from shopdesk.usecases import parcels

        return parcels.packaging_of(self._editor.session.shop, self._editor.session.document)


def packaging_line(article: Article, session: EditingSession) -> Suggestion:
    """The packaging that the goods name."""
    line = article_line(article, TypedLine("", ""), session.document.prices, session.settled.default_rate)
    return Suggestion(LineKind.PACKAGING, line, f"+ {article.name}")


def postage_line(plan: ParcelPlan, session: EditingSession, window: Texts) -> Suggestion:
    """The postage in the customer's language; its price only where every part of it is valid today."""
    document, texts = session.document, Texts(session.document.language)
    carriers = {entry.fit.service.carrier or entry.fit.service.name for entry in plan.parcels if entry.fit}
    words = texts.pgettext("paper", "Shipping with {carrier} to {country}")
    text = words.format(carrier=", ".join(sorted(carriers)), country=texts.country(plan.country))
    price = plan.ready_price
    if price is not None:
        price = in_prices(price, Prices.GROSS, document.prices, session.settled.default_rate)
    line = Line(kind=LineKind.POSTAGE, text=text, unit_price=price)
    postage = window.gettext("Postage")
    return Suggestion(LineKind.POSTAGE, line, f"+ {postage} {words_of_amount(plan.ready_price, window)}")
