"""How the shop's letters look and what they say when the document itself says nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

ACCENT = "#1F5FBF"
MOST_COLUMNS = 4


class Font(StrEnum):
    """The printed typefaces."""

    SANS = "sans"
    SERIF = "serif"


class HeadStyle(StrEnum):
    """The head of the first page: the name at the left, in the middle between rules, or white on a band of colour."""

    LEFT = "left"
    CENTRED = "centred"
    BAND = "band"


class TableStyle(StrEnum):
    """The table of lines: a grey head, rules alone, or a head in colour with striped rows."""

    SHADED = "shaded"
    RULED = "ruled"
    FILLED = "filled"


class InformationPlace(StrEnum):
    """Number, date and the rest: right of the address (DIN 5008 B), or in columns above or below the subject."""

    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"


class Design(StrEnum):
    """A finished design: what goes well together."""

    CALM = "calm"
    CLASSIC = "classic"
    STRONG = "strong"


_DESIGNS = {
    Design.CALM: (Font.SANS, HeadStyle.LEFT, TableStyle.SHADED, InformationPlace.RIGHT),
    Design.CLASSIC: (Font.SERIF, HeadStyle.CENTRED, TableStyle.RULED, InformationPlace.ABOVE),
    Design.STRONG: (Font.SANS, HeadStyle.BAND, TableStyle.FILLED, InformationPlace.RIGHT),
}


class FooterBlock(StrEnum):
    """What a footer column can hold; the words come from the seller's data, `TEXT` is the column's own."""

    ADDRESS = "address"
    CONTACT = "contact"
    REGISTER = "register"
    BANK = "bank"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FooterColumn:
    """A column at the foot of the page: its blocks below each other; `text` stands where `TEXT` does."""

    blocks: tuple[FooterBlock, ...] = ()
    text: str = ""


STANDARD_FOOTER = (
    FooterColumn((FooterBlock.ADDRESS,)),
    FooterColumn((FooterBlock.CONTACT,)),
    FooterColumn((FooterBlock.REGISTER,)),
    FooterColumn((FooterBlock.BANK,)),
)


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The shop's own words of one kind and language; None leaves the program's words, "" prints none."""

    kind: DocumentKind
    language: str
    intro: str | None = None
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The shop's terms and conditions in one language; an empty line begins a new paragraph."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every letter.

    `logo` holds the bytes of a PNG or JPEG. `sender_line` replaces the line under the shop's name. `footer` holds up to
    four columns for the foot of the page; none means the usual ones (STANDARD_FOOTER).
    """

    logo: bytes = b""
    accent: str = ACCENT
    sender_line: str = ""
    footer: tuple[FooterColumn, ...] = ()
    texts: tuple[LetterTexts, ...] = ()
    terms: tuple[Terms, ...] = ()
    giro_code: bool = True
    font: Font = Font.SANS
    head: HeadStyle = HeadStyle.LEFT
    table: TableStyle = TableStyle.SHADED
    information: InformationPlace = InformationPlace.RIGHT

    @property
    def columns(self) -> tuple[FooterColumn, ...]:
        """The columns of the footer."""
        return self.footer[:MOST_COLUMNS] or STANDARD_FOOTER

    @property
    def design(self) -> Design | None:
        """The finished design that this is, whatever its colour and words; None for one of the owner's own."""
        parts = (self.font, self.head, self.table, self.information)
        return next((design for design, own in _DESIGNS.items() if own == parts), None)

    def with_design(self, design: Design) -> Letterhead:
        """The same logo, colour and words in another design."""
        font, head, table, information = _DESIGNS[design]
        return replace(self, font=font, head=head, table=table, information=information)

    def texts_for(self, kind: DocumentKind, language: str) -> LetterTexts:
        """The shop's words of this kind and language, if it has any."""
        found = (texts for texts in self.texts if texts.kind == kind and texts.language == language)
        return next(found, LetterTexts(kind, language))

    def terms_in(self, language: str) -> str:
        """The terms in this language, else in German; empty where there are none."""
        found = {terms.language: terms.text for terms in self.terms}
        return found.get(language) or found.get("de", "")

    def with_terms(self, language: str, text: str) -> Letterhead:
        """The same letterhead with these terms; empty ones are taken out."""
        others = tuple(terms for terms in self.terms if terms.language != language)
        return replace(self, terms=(*others, Terms(language, text)) if text.strip() else others)

    @property
    def colour(self) -> str:
        """The accent as #RRGGBB; anything else is taken as the default."""
        digits = self.accent[1:]
        valid = (
            len(self.accent) == 7
            and self.accent[0] == "#"
            and all(c in "0123456789abcdefABCDEF" for c in digits)
        )
        return self.accent if valid else ACCENT


def check(letterhead: Letterhead) -> None:
    """Raise a ShopError, tied to `footer`, where the letter would lack what the law asks for.

    Tax numbers stand on every invoice (§ 14 (4) UStG), register and directors on every letter of a company
    (§ 35a GmbHG, § 37a HGB); both are in one block.
    """
    if all(FooterBlock.REGISTER not in column.blocks for column in letterhead.columns):
        text = N_(
            "Your tax number and register entry must stand on every invoice. Please put them into a footer column."
        )
        raise ShopError(Message(text), "letterhead-footer", "footer")
