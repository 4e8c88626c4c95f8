"""Every key of the program, defined once.

Qt fires neither of two equal shortcuts in one window, so pages make none of their own: the window owns them all and
asks the page that is shown (`Page.commands`) before it uses its own meaning of the key.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from shopdesk.domain.messages import N_

Standard = QKeySequence.StandardKey
Keys = str | QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command of the program with its keys, the shown one first; Ctrl is ⌘ on macOS (Qt does that).

    `title` is a message id. With `told_only` the key is explained in the sheet of keys, but a widget handles it.
    """

    name: str
    title: str
    group: str
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    told_only: bool = False

    def sequences(self) -> list[QKeySequence]:
        """The key sequences of this system, without doubles; a standard key may have none."""
        found: list[QKeySequence] = []
        for keys in self.keys:
            # of a standard key the first one: the others are keys of old keyboards ("Undo", Alt+Backspace)
            several = [QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys)[:1]
            found += [sequence for sequence in several if sequence not in found]
        return found

    def shown(self) -> str:
        """The first key sequence as the system writes it ("Strg+K" on a German Windows), "" without one."""
        sequences = self.sequences()
        return sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""


EVERYWHERE = N_("Everywhere")
PAGES = N_("Pages")
WRITING = N_("Documents")
LISTS = N_("In a list")
PALETTE = N_("In the palette")
"""Commands without a key."""

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("palette", N_("Search or call"), EVERYWHERE, ("F9", "Ctrl+K"), "search"),
    Shortcut("keys", N_("Show all keys"), EVERYWHERE, (Standard.HelpContents,), "keyboard"),
    Shortcut("undo", N_("Undo"), EVERYWHERE, (Standard.Undo,), "undo-2"),
    Shortcut("back", N_("Back"), EVERYWHERE, ("Esc",), "arrow-left"),
    Shortcut("new", N_("New, as this page understands it"), EVERYWHERE, (Standard.New,), "plus"),
    Shortcut("find", N_("Search on this page"), EVERYWHERE, (Standard.Find,), "search"),
    Shortcut("refresh", N_("Refresh"), EVERYWHERE, ("F5", "Ctrl+R"), "refresh-cw"),
    Shortcut("quit", N_("Quit"), EVERYWHERE, ("Ctrl+Q",), "x"),
    # F-keys have a ⌘ twin, because a Mac's F-keys mute and dim
    Shortcut("new_quote", N_("New quote"), EVERYWHERE, ("F6", "Ctrl+Shift+A"), "file-plus"),
    Shortcut("new_invoice", N_("New invoice"), EVERYWHERE, ("F7", "Ctrl+Shift+R"), "receipt"),
    Shortcut("follow_up", N_("New follow-up"), EVERYWHERE, ("F8", "Ctrl+Shift+W"), "calendar-clock"),
    Shortcut("new_appointment", N_("New appointment"), EVERYWHERE, ("Ctrl+Shift+T",), "calendar"),
    Shortcut("new_inquiry", N_("New inquiry"), EVERYWHERE, ("Ctrl+Shift+I",), "inbox"),
    Shortcut("new_customer", N_("New customer"), EVERYWHERE, ("Ctrl+Shift+N",), "user-plus"),
    Shortcut("promise", N_("Note the recognised promise"), EVERYWHERE, ("Ctrl+Shift+P",), "circle-check"),
    Shortcut(
        "consent",
        N_("Consent or objection of the customer"),
        EVERYWHERE,
        ("Ctrl+Shift+D",),
        "heart-handshake",
    ),
    Shortcut("last_order", N_("Last order again"), EVERYWHERE, ("F3", "Ctrl+Shift+L"), "repeat"),
    Shortcut("new_standing_order", N_("New standing order"), PALETTE, (), "repeat"),
    # no keys of their own: the palette makes every kind, most come out of another document with one key
    Shortcut("new_order_confirmation", N_("New order confirmation"), PALETTE, (), "file-check"),
    Shortcut("new_delivery_note", N_("New delivery note"), PALETTE, (), "truck"),
    Shortcut("new_deposit_invoice", N_("New deposit invoice"), PALETTE, (), "wallet"),
    Shortcut("new_final_invoice", N_("New final invoice"), PALETTE, (), "list-checks"),
    Shortcut("new_credit_note", N_("Correct an invoice"), PALETTE, (), "minus"),
    Shortcut("new_cancellation", N_("Cancel an invoice"), PALETTE, (), "x"),
    Shortcut("new_payment_reminder", N_("Remind of a payment"), PALETTE, (), "clock"),
    Shortcut("journal", N_("Journal: who changed what and when"), PALETTE, (), "clipboard"),
    Shortcut("erasure", N_("Privacy: tell what is stored, forget a customer"), PALETTE, (), "lock"),
    Shortcut("duplicates", N_("Duplicate customers"), PALETTE, (), "users"),
    Shortcut("suppliers", N_("Suppliers"), PALETTE, (), "building-2"),
    Shortcut("recommendations", N_("Who recommended the shop"), PALETTE, (), "heart-handshake"),
    Shortcut("number_report", N_("Report on the number ranges"), PALETTE, (), "list-checks"),
    Shortcut(
        "next_document",
        N_("Continue with the usual next document"),
        WRITING,
        ("F4", "Ctrl+Shift+F"),
        "arrow-right",
    ),
    Shortcut("continue_as", N_("Continue as …"), WRITING, ("Shift+F4", "Ctrl+Shift+E"), "chevron-right"),
    Shortcut("month_end", N_("Month end"), EVERYWHERE, ("Ctrl+Shift+M",), "calendar"),
    Shortcut("open_e_invoice", N_("Open an e-invoice"), PALETTE, (), "file-check"),
    Shortcut("import", N_("Import …"), PALETTE, (), "download"),
    Shortcut("issue_and_send", N_("Issue and send"), WRITING, ("Ctrl+Return", "Ctrl+Enter"), "send"),
    Shortcut("book_payment", N_("Book a payment"), WRITING, ("Ctrl+Shift+B",), "wallet"),
    Shortcut("order_goods", N_("Order the goods from the supplier"), WRITING, ("Ctrl+Shift+O",), "truck"),
    Shortcut("redo", N_("Redo"), WRITING, (Standard.Redo,), "undo-2"),
    Shortcut("print", N_("Issue and print"), WRITING, (Standard.Print,), "printer"),
    Shortcut("add_postage", N_("Add postage"), WRITING, ("Alt+1",), "truck"),
    Shortcut("add_packaging", N_("Add packaging"), WRITING, ("Alt+2",), "package"),
    Shortcut("keep_old_price", N_("Keep the old price"), WRITING, ("Alt+3",), "undo-2"),
    Shortcut("parcels", N_("Can I ship this?"), WRITING, ("Alt+4",), "truck"),
    Shortcut("customs_note", N_("Customs note as PDF"), WRITING, ("Alt+5",), "file-check"),
    Shortcut("shipping_services", N_("Shipping services: limits and prices"), PALETTE, (), "truck"),
    Shortcut("edit_cell", N_("Edit the cell"), WRITING, ("F2",), "pencil", told_only=True),
    Shortcut("optional_line", N_("Optional, alternative, ordinary"), WRITING, ("Ctrl+O",), told_only=True),
    Shortcut("describe_line", N_("Describe the line"), WRITING, ("Alt+Return",), "pencil", told_only=True),
    Shortcut("move_line", N_("Move the line"), WRITING, ("Alt+Up", "Alt+Down"), told_only=True),
    Shortcut("duplicate_line", N_("The line once more"), WRITING, ("Ctrl+D",), told_only=True),
    Shortcut("remove_line", N_("Delete the line"), WRITING, ("Ctrl+Del",), told_only=True),
    Shortcut("line_menu", N_("The line's menu"), WRITING, ("Shift+F10",), told_only=True),
    Shortcut("list_down", N_("Next row"), LISTS, ("J",), told_only=True),
    Shortcut("list_up", N_("Previous row"), LISTS, ("K",), told_only=True),
    Shortcut("list_open", N_("Open"), LISTS, ("Return",), told_only=True),
    Shortcut("list_done", N_("Done"), LISTS, ("E",), told_only=True),
    Shortcut("list_later", N_("Later"), LISTS, ("S",), told_only=True),
    Shortcut("promise_new_date", N_("Promise: new date, tell the customer"), LISTS, ("N",), told_only=True),
    Shortcut("promise_broken", N_("Promise: not kept"), LISTS, ("B",), told_only=True),
    Shortcut("count_stock", N_("Article: count what is there"), LISTS, ("B",), told_only=True),
    Shortcut("take_mail_in", N_("Kept-away mail: take it in"), LISTS, ("T",), told_only=True),
    Shortcut("always_sender", N_("Mail: always this sender"), LISTS, ("A",), told_only=True),
    Shortcut("never_sender", N_("Mail: never this sender"), LISTS, ("X",), told_only=True),
    Shortcut("list_remove", N_("Delete"), LISTS, ("Del",), told_only=True),
    Shortcut("list_mark", N_("Mark (customers, documents)"), LISTS, ("Space",), told_only=True),
    Shortcut("list_mark_all", N_("Mark all (customers)"), LISTS, ("Ctrl+A",), told_only=True),
    Shortcut("list_keys", N_("Show all keys"), LISTS, ("?",), told_only=True),
)


def shortcut(name: str) -> Shortcut:
    """The command of that name.

    Raises:
        KeyError: no command has the name.
    """
    return _BY_NAME[name]


_BY_NAME = {entry.name: entry for entry in SHORTCUTS}
