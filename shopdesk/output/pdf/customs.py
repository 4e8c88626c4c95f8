"""The customs data sheet: what belongs on form CN 22 or CN 23, field by field, in English, French and German.

English and French are the languages of the form; the numbers in brackets are its fields (UPU, CN 23). It carries no
barcode of the post: the form itself comes with the carrier's label, or the sheet is signed and goes with the parcel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from shopdesk.domain.customs import CustomsItem, CustomsNote
from shopdesk.domain.money import Money
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Align, Canvas
from shopdesk.output.pdf.layout import BODY, GREY, INK, LINE, SHADE, wrap
from shopdesk.output.pdf.metadata import Information

_LEFT, _RIGHT, _MIDDLE = 15.0, 195.0, 105.0
_CAPTION = 6.6
_ROW = 9.0
_BOTTOM = 268.0
_ENGLISH, _FRENCH, _GERMAN = Texts("en"), Texts("fr"), Texts("de")

# the edges of the columns: description, quantity, net weight, value, tariff number, origin
_COLUMNS = (_LEFT, 83.0, 99.0, 119.0, 144.0, 168.0, _RIGHT)
_HEADS = (
    "Detailed description of contents (1)\nDescription détaillée du contenu\nInhalt",
    "Quantity (2)\nQuantité\nMenge",
    "Net weight (3)\nPoids net\nNettogewicht",
    "Value (5)\nValeur\nWert",
    "HS tariff number (7)\nN° tarifaire SH\nZolltarifnummer",
    "Country of origin (8)\nPays d’origine\nUrsprungsland",
)


def customs_sheets(notes: Sequence[CustomsNote], author: str, moment: dt.datetime) -> bytes:
    """The bytes of the PDF, A4, a sheet for each parcel; the same values give the same bytes.

    A long list goes on overleaf.
    """
    canvas = Canvas()
    for note in notes:
        _Sheet(canvas, note).draw()
    first = notes[0]
    title = f"{first.form.value} {first.document_number}".strip()
    utc = moment.astimezone(dt.UTC).replace(microsecond=0)
    about = Information(title, fonts.clean(author), fonts.clean(first.receiver[0]), "en", utc)
    return canvas.finish(about)


class _Sheet:
    """Draws one note."""

    def __init__(self, canvas: Canvas, note: CustomsNote) -> None:
        self.note, self.canvas = note, canvas
        self._y = 0.0

    def draw(self) -> None:
        """All of it, from top to bottom."""
        self.canvas.new_page()
        self._head()
        self._parties()
        self._table_head()
        for item in self.note.items:
            self._item(item)
        self._sums()
        self._category()
        self._declaration()

    def _head(self) -> None:
        form = self.note.form
        self._line("H1", _LEFT, 20, "CUSTOMS DECLARATION · DÉCLARATION EN DOUANE", 14, bold=True)
        german = "Zollinhaltserklärung"
        if self.note.parcels > 1:
            number, of = self.note.parcel, self.note.parcels
            german = f"{german} · Parcel {number} of {of} · Colis {number} sur {of} · Paket {number} von {of}"
        self._line("P", _LEFT, 30.5 if self.note.parcels > 1 else 25.5, german, BODY, colour=GREY)
        self._line("P", _RIGHT, 20, form.value, 16, bold=True, align="right")
        may = "May be opened officially · Peut être ouvert d’office · Kann amtlich geöffnet werden"
        self._line("P", _RIGHT, 25.5, may, _CAPTION, colour=GREY, align="right")
        self._y = 34.0 if self.note.parcels > 1 else 31.0

    def _parties(self) -> None:
        note, top = self.note, self._y
        sender = [*note.sender, _country(note.sender_country), note.sender_phone]
        if note.sender_vat_id:
            sender.append(f"VAT {note.sender_vat_id}")
        receiver = [*note.receiver, _country(note.receiver_country), note.receiver_contact]
        left = self._party(_LEFT, top, "From · De · Absender", sender)
        right = self._party(_MIDDLE, top, "To · À · Empfänger", receiver)
        bottom = max(left, right) + 2
        with self.canvas.artifact():
            self._frame(_LEFT, top, _RIGHT, bottom)
            self.canvas.rule(_MIDDLE - 3, top, _MIDDLE - 3, bottom, colour=LINE)
        self._y = bottom

    def _party(self, x: float, top: float, caption: str, lines: list[str]) -> float:
        self._line("P", x + 2, top + 4, caption, _CAPTION, colour=GREY)
        y = top + 9
        for line in lines:
            for part in wrap(fonts.clean(line), BODY, 82):
                self._line("P", x + 2, y, part, BODY)
                y += 4.5
        return y - 3

    def _table_head(self) -> None:
        top = self._y
        with self.canvas.artifact():
            self.canvas.area(_LEFT, top, _RIGHT - _LEFT, 12, colour=SHADE)
        for column, words in enumerate(_HEADS):
            for number, line in enumerate(words.split("\n")):
                self._line("P", _COLUMNS[column] + 1.5, top + 3.6 + number * 3.3, line, _CAPTION, colour=GREY)
        with self.canvas.artifact():
            self._frame(_LEFT, top, _RIGHT, top + 12)
        self._y = top + 12

    def _item(self, item: CustomsItem) -> None:
        lines = wrap(fonts.clean(item.text), BODY, _COLUMNS[1] - _COLUMNS[0] - 3)
        height = max(_ROW, 4.4 * len(lines) + 4)
        if self._y + height > _BOTTOM:
            self.canvas.new_page()
            self._y = 20.0
            self._table_head()
        base = self._y + 5.6
        for number, line in enumerate(lines):
            self._line("P", _COLUMNS[0] + 1.5, base + number * 4.4, line, BODY)
        cells = (
            _ENGLISH.number(item.quantity), _weight(item.weight_grams), _money(item.value), _grouped(item.hs_code),
            f"{item.origin} {_ENGLISH.country(item.origin)}",
        )  # fmt: skip
        for column, text in enumerate(cells, 1):
            room = _COLUMNS[column + 1] - _COLUMNS[column] - 3
            for number, part in enumerate(wrap(fonts.clean(text), BODY, room)[:2]):
                self._line("P", _COLUMNS[column] + 1.5, base + number * 4.4, part, BODY)
        bottom = self._y + height
        with self.canvas.artifact():
            self._frame(_LEFT, self._y, _RIGHT, bottom)
            for edge in _COLUMNS[1:-1]:
                self.canvas.rule(edge, self._y, edge, bottom, colour=LINE)
        self._y = bottom

    def _sums(self) -> None:
        note = self.note
        cells = (
            (
                "Total gross weight (4) · Poids brut total · Bruttogewicht",
                _weight(note.gross_grams),
            ),
            ("Total net weight · Poids net total · Nettogewicht", _weight(note.net_grams)),
            ("Total value (6) · Valeur totale · Gesamtwert", _money(note.value)),
            ("Postal charges (9) · Frais de port · Porto", _money(note.postage) if note.postage else "–"),
        )
        for at in (0, 2):
            self._pair(cells[at], cells[at + 1])

    def _pair(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        self._room(13)
        for x, (caption, value) in ((_LEFT, left), (_MIDDLE - 3, right)):
            self._line("P", x + 2, self._y + 4, caption, _CAPTION, colour=GREY)
            self._line("P", x + 2, self._y + 9.5, value, BODY, bold=True)
        with self.canvas.artifact():
            self._frame(_LEFT, self._y, _RIGHT, self._y + 12)
            self.canvas.rule(_MIDDLE - 3, self._y, _MIDDLE - 3, self._y + 12, colour=LINE)
        self._y += 12

    def _category(self) -> None:
        note = self.note
        number = note.document_number or "–"
        self._pair(
            (
                "Category of item (10) · Catégorie de l’envoi · Art der Sendung: Warenverkauf",
                "[X] Sale of goods · Vente de marchandises",
            ),
            ("Invoice or document (14) · N° de facture · Beleg", number),
        )

    def _declaration(self) -> None:
        self._room(48)
        y = self._y + 6
        for words in _DECLARATION:
            for line in wrap(words, 7.6, _RIGHT - _LEFT):
                self._line("P", _LEFT, y, line, 7.6, colour=GREY)
                y += 3.6
            y += 1.2
        y += 14
        with self.canvas.artifact():
            self.canvas.rule(_LEFT, y, _RIGHT, y, colour=INK)
        caption = "Date and sender’s signature (15) · Date et signature de l’expéditeur · Datum, Unterschrift"
        self._line("P", _LEFT, y + 4, caption, _CAPTION, colour=GREY)
        self._line("P", _LEFT, y - 2, _GERMAN.date(self.note.day), BODY)

    def _room(self, height: float) -> None:
        if self._y + height > _BOTTOM + 12:
            self.canvas.new_page()
            self._y = 20.0

    def _line(
        self,
        tag: str,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> None:
        if text:
            with self.canvas.tagged(tag):
                self.canvas.text(x, y, fonts.clean(text), size, bold=bold, colour=colour, align=align)

    def _frame(self, left: float, top: float, right: float, bottom: float) -> None:
        for start, end in (
            ((left, top), (right, top)), ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)), ((right, top), (right, bottom)),
        ):  # fmt: skip
            self.canvas.rule(*start, *end, colour=GREY, width=0.5)


_IN_ENGLISH = (
    "I certify that the particulars given in this customs declaration are correct and that this item does not contain "
    "any dangerous article or articles prohibited by legislation or by postal or customs regulations."
)
_IN_FRENCH = (
    "Je certifie que les renseignements donnés dans la présente déclaration en douane sont exacts et que cet envoi ne "
    "contient aucun objet dangereux ou interdit par la législation ou la réglementation postale ou douanière."
)
_IN_GERMAN = (
    "Ich bestätige, dass die Angaben in dieser Zollinhaltserklärung richtig sind und dass die Sendung keine "
    "gefährlichen oder durch Gesetz, Post- oder Zollvorschriften verbotenen Gegenstände enthält."
)
_DECLARATION = (_IN_ENGLISH, _IN_FRENCH, _IN_GERMAN)


def _country(code: str) -> str:
    """In capitals, in the two languages of the form where they differ."""
    names = dict.fromkeys((_ENGLISH.country(code).upper(), _FRENCH.country(code).upper()))
    return " / ".join(names)


def _weight(grams: int) -> str:
    return f"{_ENGLISH.number(Decimal(grams) / 1000, 3)} kg"


def _money(value: Money) -> str:
    return f"{_ENGLISH.amount(value)} {value.currency}"


def _grouped(code: str) -> str:
    return " ".join(part for part in (code[:4], code[4:6], code[6:8], code[8:]) if part)
