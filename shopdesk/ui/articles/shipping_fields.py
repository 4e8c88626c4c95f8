"""Fields for what an article is on its way: packed size, tariff number, country of origin."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shopdesk.domain.packed_sizes import PackedSize
from shopdesk.i18n import Texts, country_codes
from shopdesk.ui.parcels.words import packed_size
from shopdesk.ui.widgets.fields import ForgivingEdit


class PackedSizeEdit(ForgivingEdit[PackedSize]):
    """`60x40x30` is a box, `85x25` a roll."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(
            texts, texts.gettext("Packed size"), _packed, lambda value: packed_size(value, texts), parent
        )
        self.setPlaceholderText(texts.gettext("60x40x30, roll: 85x25"))


class HsCodeEdit(ForgivingEdit[str]):
    """The tariff number of the Harmonised System."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(texts, texts.gettext("Tariff number"), _hs_code, _grouped, parent)
        self.setPlaceholderText(texts.gettext("for instance 9404 29"))


class OriginEdit(ForgivingEdit[str]):
    """Where the goods were made: a country's name or code."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(texts, texts.gettext("Country of origin"), _origin, texts.country, parent)
        self.setPlaceholderText(texts.gettext("for instance Germany"))


def _packed(text: str) -> PackedSize:
    from shopdesk.domain.measures import parse_packed_size

    return parse_packed_size(text)


def _hs_code(text: str) -> str:
    from shopdesk.domain.customs import parse_hs_code

    return parse_hs_code(text)


def _grouped(code: str) -> str:
    return " ".join(part for part in (code[:4], code[4:6], code[6:8], code[8:]) if part)


def _origin(text: str) -> str:
    from shopdesk.domain.customs import checked_origin

    typed = text.strip()
    return checked_origin(country_codes().get(typed.casefold(), typed.upper()), typed)
