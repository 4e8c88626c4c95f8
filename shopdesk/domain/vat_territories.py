"""Places of member states that lie outside the VAT area of the Union (Art. 6 of Directive 2006/112/EC, § 1 (2) UStG).

Goods that go there are an export, whoever buys them. Only places that their postal code tells are known here.
"""

from __future__ import annotations

from shopdesk.domain.addresses import Address

_OUTSIDE: dict[str, tuple[str, ...]] = {
    "DE": ("27498", "78266"),  # Helgoland, Büsingen
    "ES": ("35", "38", "51", "52"),  # Canary Islands, Ceuta, Melilla
    "FI": ("22",),  # Åland
    "FR": ("971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"),  # overseas
    "GR": ("63086",),  # Athos
    "IT": ("22061", "23041"),  # Campione, Livigno
}


def is_outside_vat_area(address: Address) -> bool:
    """Whether the address is in a member state and yet outside its VAT area."""
    code = "".join(sign for sign in address.postal_code if sign.isdigit())
    whole = 5  # all of these countries have codes of five figures
    return len(code) == whole and code.startswith(_OUTSIDE.get(address.country, ("?",)))
