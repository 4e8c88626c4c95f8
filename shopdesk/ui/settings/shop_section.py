"""Who the shop is: what every letter carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Seller
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.ui.first_start.seller_form import SellerForm
from shopdesk.ui.settings.section import FormSection
from shopdesk.usecases import shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class ShopSection(FormSection[Seller]):
    """Name, address, tax numbers, bank, register."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Your shop"),
            gettext("Stands on every quote and invoice. Issued ones keep what they were printed with."),
            gettext("address tax bank account company seller imprint"),
        )
        self.form = SellerForm(self.texts, everything=True)
        self.body.addWidget(self.form)
        self.finish()

    def _stored(self) -> Seller:
        return shop_settings.profile(self.shop).seller

    def _show(self, value: Seller) -> None:
        self.form.show_seller(value)

    def _typed(self) -> Seller:
        return self.form.seller()

    def _store(self, value: Seller) -> None:
        profile = shop_settings.profile(self.shop)
        missing = self.form.missing()
        if missing and profile.is_complete:
            raise ShopError(Message(N_("This must stand on every invoice.")), "missing-seller", missing)
        shop_settings.save_profile(self.shop, replace(profile, seller=value))

    def _say(self, field: str, problem: str) -> bool:
        return self.form.say(field, problem)
