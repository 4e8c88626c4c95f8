"""How the shop's letters look and what they say when the document itself says nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.documents import DocumentKind

ACCENT = "#1F5FBF"


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The shop's own words of one kind and language; None leaves the program's words, "" prints none."""

    kind: DocumentKind
    language: str
    intro: str | None = None
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every letter.

    `logo` holds the bytes of a PNG or JPEG. `sender_line` replaces the line under the shop's name, `footer` the
    columns at the foot of the page (each a tuple of lines); empty means: made from the seller's data.
    """

    logo: bytes = b""
    accent: str = ACCENT
    sender_line: str = ""
    footer: tuple[tuple[str, ...], ...] = ()
    texts: tuple[LetterTexts, ...] = ()
    giro_code: bool = True

    def texts_for(self, kind: DocumentKind, language: str) -> LetterTexts:
        """The shop's words of this kind and language, if it has any."""
        found = (texts for texts in self.texts if texts.kind == kind and texts.language == language)
        return next(found, LetterTexts(kind, language))

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
