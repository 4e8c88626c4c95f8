"""Errors that the owner can act on. Everything else is a bug."""

from __future__ import annotations

from shopdesk.domain.messages import N_, Message


class ShopError(Exception):
    """Something the owner can put right: what it is, where it is, and what to do next.

    `code` is a rule id (BR-16) or a short name (`date-out-of-order`); `field` says where the wrong value stands,
    spelled like the order file spells it (`lines[1].unit_price`), or is empty.
    """

    code = "refused"

    def __init__(self, message: Message, code: str = "", field: str = "") -> None:
        super().__init__(message.id)
        self.message = message
        self.field = field
        if code:
            self.code = code


class NotBuiltYet(ShopError):
    """The program names what it cannot do yet instead of doing something else."""

    code = "not-yet"

    def __init__(self, what: str, field: str = "") -> None:
        super().__init__(
            Message(N_("Not yet: shopdesk cannot do “{what}” so far."), {"what": what}), field=field
        )
        self.what = what


class ChangedElsewhere(ShopError):
    """The row was saved by another window or desk after it was read here."""

    code = "changed-elsewhere"

    def __init__(self, what: str = "") -> None:
        super().__init__(
            Message(
                N_(
                    "This was changed elsewhere in the meantime. Nothing was overwritten; please look at the new state."
                )
            )
        )
        self.what = what


class NotFound(ShopError):
    """Nothing stands under this id or number."""

    code = "not-found"

    def __init__(self, what: str, field: str = "") -> None:
        super().__init__(Message(N_("Nothing was found for “{what}”."), {"what": what}), field=field)
        self.what = what
