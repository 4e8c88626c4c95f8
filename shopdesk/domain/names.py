"""How people are called: on the envelope, in lists and at the start of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.messages import P_, Message, paper


class Salutation(StrEnum):
    """How a person wishes to be addressed; `none` is neutral."""

    MR = "mr"
    MRS = "mrs"
    FAMILY = "family"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name with its salutation and academic title."""

    salutation: Salutation = Salutation.NONE
    title: str = ""
    given_name: str = ""
    family_name: str = ""

    @property
    def full(self) -> str:
        """Title, given and family name in the order they are spoken."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    @property
    def titled_family_name(self) -> str:
        """What follows "Frau" or "Herr": "Dr. Petrova"."""
        return " ".join(part for part in (self.title, self.family_name) if part)

    @property
    def is_empty(self) -> bool:
        """Whether there is no name at all."""
        return not (self.given_name or self.family_name)

    def greeting(self) -> Message:
        """The salutation line of a letter or mail, neutral when the gender or the name is not known."""
        unknown = not self.given_name and self.salutation == Salutation.NONE
        if self.is_empty or unknown:  # "Good day Weber," is no way to speak to anybody
            return paper(P_("paper", "Dear Sir or Madam,"))
        name = self.titled_family_name
        if not self.family_name or self.salutation == Salutation.NONE:
            return paper(P_("paper", "Good day {name},"), name=self.full)
        if self.salutation == Salutation.MR:
            return paper(P_("paper", "Dear Mr {name},"), name=name)
        if self.salutation == Salutation.MRS:
            return paper(P_("paper", "Dear Mrs {name},"), name=name)
        return paper(P_("paper", "Dear family {name},"), name=name)
