"""What the palette offers: found customers and documents, a new customer, commands, recent things, the clipboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence

from shopdesk.ui.shell.commands import Command
from shopdesk.ui.shell.page_table import PageSpec
from shopdesk.ui.shell.palette import Offer
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.side_bar import page_key
from shopdesk.ui.widgets.rows import Row

if TYPE_CHECKING:
    from shopdesk.domain.search import Found
    from shopdesk.ui.payments.offers import PayOffer

_MOST_FOUND = 6
_FOUND_BEFORE_COMMANDS = 3
_LONGEST_CLIPBOARD = 400
_MOST_CLIPPED = 2
_ICONS = {"customer": "user", "contact_person": "user", "document": "receipt", "article": "package",
          "old_invoice": "folder-open", "timeline": "sticky-note", "inquiry": "inbox",
          "purchase_order": "truck", "supplier": "building-2"}  # fmt: skip

Find = Callable[[str], Sequence["Found"]]
Pay = Callable[[str, Sequence["Found"]], Sequence["PayOffer"]]


class Offers:
    """Makes the palette's rows. `find` looks into the shop; it is asked for every pause while somebody types.

    `pay` gives the bills that the text means, to be booked as paid.
    """

    def __init__(
        self,
        shell: Shell,
        find: Find,
        commands: Callable[[], list[Command]],
        pages: tuple[PageSpec, ...],
        pay: Pay,
    ) -> None:
        self._shell, self._find, self._commands, self._pages = shell, find, commands, pages
        self._pay = pay
        self._recent: list[Found] = []

    def remember(self, found: Found) -> None:
        """Something was opened: it stands first when the palette is empty."""
        self._recent = [
            found,
            *(one for one in self._recent if (one.type, one.id) != (found.type, found.id)),
        ][:5]

    def all(self, text: str) -> list[Offer]:
        """Everything for this text: a payment, the best hits, what can be done, the other hits, a new customer."""
        hits, commands = self._hits(text), self.commands(text)
        found = [self._hit(hit) for hit in hits]
        if not text:
            return [*found, *self.clipped(), *commands]
        paid = self._pay(text, hits)
        sure = [each.offer for each in paid if each.is_sure]
        guessed = [each.offer for each in paid if not each.is_sure]
        first, others = found[:_FOUND_BEFORE_COMMANDS], found[_FOUND_BEFORE_COMMANDS:]
        first = [*sure, *first[:1], *guessed, *first[1:]]
        return [*first, *commands, *others, *([] if commands or paid else self.newcomer(text))]

    def _hits(self, text: str) -> Sequence[Found]:
        """What the shop knows under this text; without a text what was opened last."""
        return list(self._find(text))[:_MOST_FOUND] if text else self._recent

    def newcomer(self, text: str) -> list[Offer]:
        """A new customer from the number or name that was typed."""
        wanted = _is_phone(text) or (len(text) >= 3 and not text.isdigit())
        return [self._new_customer(text)] if wanted else []

    def clipped(self) -> list[Offer]:
        """Whoever has the telephone number or mail address in the clipboard, else a new customer with it."""
        clipped = " ".join(QGuiApplication.clipboard().text()[:_LONGEST_CLIPBOARD].split())
        if not (_is_phone(clipped) or "@" in clipped):
            return []
        known = [hit for hit in self._find(clipped) if hit.type in {"customer", "contact_person"}]
        if not known:
            return [self._new_customer(clipped)]
        where = self._shell.texts.gettext("From the clipboard: {text}").format(text=_short(clipped))
        return [self._hit(hit, where) for hit in known[:_MOST_CLIPPED]]

    def commands(self, text: str) -> list[Offer]:
        """The program's commands and pages with a word that begins with each of the typed ones."""
        words = text.casefold().split()
        offers = [_command(command) for command in self._commands()]
        offers += [self._page(page) for page in self._pages if page.in_side_bar]
        return [offer for offer in offers if _begins(offer.row.title, words)]

    def _hit(self, hit: Found, caption: str = "") -> Offer:
        def run() -> None:
            if hit.type == "article":
                self._shell.open_page("articles", hit.id)
            elif hit.type == "old_invoice":
                self._shell.open_page("old_invoice", hit.id)
            elif hit.type == "inquiry":
                self._shell.open_page("inquiries", hit.id)
            elif hit.type in {"purchase_order", "supplier"}:
                self._shell.open_page(f"{hit.type}s", hit.id)
            elif hit.type == "document":
                self._shell.open_document(hit.id)
            else:
                self._shell.open_customer(hit.id if hit.customer_id is None else hit.customer_id)

        row = Row(
            (hit.type, hit.id),
            hit.title,
            caption or hit.subtitle,
            _ICONS.get(hit.type, "search"),
            "info",
            chip=self._chip(hit),
        )
        return Offer(row, run)

    def _chip(self, hit: Found) -> str:
        if hit.type == "timeline" and hit.number:
            return self._shell.texts.date(dt.date.fromisoformat(hit.number))
        return hit.number

    def _new_customer(self, text: str) -> Offer:
        gettext = self._shell.texts.gettext
        title = gettext("New customer with {text}").format(text=_short(text))
        caption = gettext("Take the call, open the note, paste the address later")
        row = Row("new", title, caption, "user-plus", "info")
        return Offer(row, lambda: self._shell.new_customer(text))

    def _page(self, page: PageSpec) -> Offer:
        title = self._shell.texts.gettext(page.title)
        row = Row(f"page:{page.name}", title, "", page.icon, hint=_native(page_key(page)))
        return Offer(row, lambda: self._shell.open_page(page.name))


def _command(command: Command) -> Offer:
    return Offer(
        Row(f"command:{command.title}", command.title, "", command.icon, hint=command.keys), command.run
    )


def _begins(title: str, words: list[str]) -> bool:
    parts = title.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if key else ""


def _is_phone(text: str) -> bool:
    from shopdesk.domain.phones import looks_like_phone

    return bool(text) and looks_like_phone(text)
