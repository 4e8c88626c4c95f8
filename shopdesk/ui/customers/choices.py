"""What can be chosen in a customer's fields."""

from __future__ import annotations

from shopdesk.domain.messages import N_
from shopdesk.domain.names import Salutation
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.choice import Choice

SALUTATIONS = {
    Salutation.NONE: N_("neutral"),
    Salutation.MRS: N_("Mrs"),
    Salutation.MR: N_("Mr"),
    Salutation.FAMILY: N_("Family"),
}


def fill_countries(choice: Choice, texts: Texts) -> None:
    """All countries by name, none chosen."""
    from shopdesk.domain.folding import sort_key
    from shopdesk.i18n import country_names

    for code, name in sorted(country_names(texts.language).items(), key=lambda entry: sort_key(entry[1])):
        choice.addItem(name, code)
    choice.setPlaceholderText(texts.gettext("Which country?"))
    choice.setCurrentIndex(-1)
