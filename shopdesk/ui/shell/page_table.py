"""Which pages there are. A page is imported and built on its first visit, so the first paint pays for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.ui.shell.protocol import Page, Shell

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. `factory` is "module:Class"; `digit` its place under Ctrl+1 … Ctrl+9, 0 without one.

    A page that is not `visible_from_start` comes into the side bar with its first use; one that is not
    `in_side_bar` shows a single thing (`Page.open_item`) and belongs under `parent`. `alone` hides the side bar.
    """

    name: str
    icon: str
    title: str
    factory: str
    digit: int = 0
    visible_from_start: bool = True
    in_side_bar: bool = True
    at_foot: bool = False
    alone: bool = False
    parent: str = ""

    def build(self, shop: Shop, window: Shell) -> Page:
        """Import the page's module and make the page."""
        module, _, name = self.factory.partition(":")
        page = getattr(import_module(module), name)(shop, window)
        assert isinstance(page, Page)
        return page


PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", "sun", N_("Today"), "shopdesk.ui.today.page:TodayPage", 1),
    PageSpec(
        "inquiries",
        "inbox",
        N_("Inquiries"),
        "shopdesk.ui.inquiries.page:InquiriesPage",
        2,
        visible_from_start=False,
    ),
    PageSpec("customers", "users", N_("Customers"), "shopdesk.ui.customers.list_page:CustomersPage", 3),
    PageSpec("quotes", "file-text", N_("Quotes"), "shopdesk.ui.documents.list_page:QuotesPage", 4),
    PageSpec("invoices", "receipt", N_("Invoices"), "shopdesk.ui.documents.list_page:InvoicesPage", 5),
    PageSpec(
        "delivery_notes",
        "truck",
        N_("Delivery notes"),
        "shopdesk.ui.documents.list_page:DeliveryNotesPage",
        visible_from_start=False,
    ),
    PageSpec(
        "appointments",
        "calendar",
        N_("Appointments"),
        "shopdesk.ui.appointments.page:AppointmentsPage",
        visible_from_start=False,
    ),
    PageSpec(
        "pick_ups",
        "package",
        N_("Pick-ups"),
        "shopdesk.ui.pick_ups.page:PickUpsPage",
        visible_from_start=False,
    ),
    PageSpec(
        "purchase_orders",
        "truck",
        N_("Purchase orders"),
        "shopdesk.ui.purchases.page:PurchaseOrdersPage",
        visible_from_start=False,
    ),
    PageSpec(
        "standing_orders",
        "repeat",
        N_("Standing orders"),
        "shopdesk.ui.standing_orders.list_page:StandingOrdersPage",
        visible_from_start=False,
    ),
    PageSpec(
        "rounds",
        "truck",
        N_("Delivery rounds"),
        "shopdesk.ui.rounds.page:RoundsPage",
        visible_from_start=False,
    ),
    PageSpec(
        "late_shipments",
        "clock",
        N_("Late deliveries"),
        "shopdesk.ui.late_shipments.page:LateShipmentsPage",
        visible_from_start=False,
    ),
    PageSpec("articles", "package", N_("Articles"), "shopdesk.ui.articles.page:ArticlesPage", 6),
    PageSpec(
        "payments",
        "wallet",
        N_("Payments"),
        "shopdesk.ui.payments.page:PaymentsPage",
        7,
        visible_from_start=False,
    ),
    PageSpec(
        "packing",
        "package-check",
        N_("Shipping"),
        "shopdesk.ui.packing.page:PackingPage",
        8,
        visible_from_start=False,
    ),
    PageSpec(
        "received_mails",
        "mail",
        N_("Mails"),
        "shopdesk.ui.received_mails.page:ReceivedMailsPage",
        visible_from_start=False,
    ),
    PageSpec("outbox", "send", N_("Outbox"), "shopdesk.ui.outbox.page:OutboxPage", visible_from_start=False),
    PageSpec(
        "received_invoices",
        "file-check",
        N_("Received invoices"),
        "shopdesk.ui.received_invoices.list_page:ReceivedInvoicesPage",
        visible_from_start=False,
    ),
    PageSpec(
        "reports",
        "chart-column",
        N_("Reports"),
        "shopdesk.ui.reports.page:ReportsPage",
        visible_from_start=False,
    ),
    PageSpec(
        "suppliers",
        "building-2",
        N_("Suppliers"),
        "shopdesk.ui.purchases.suppliers_page:SuppliersPage",
        in_side_bar=False,
        parent="purchase_orders",
    ),
    PageSpec(
        "bank_files",
        "download",
        N_("Bank files"),
        "shopdesk.ui.bank_files.page:BankFilesPage",
        in_side_bar=False,
        parent="payments",
    ),
    PageSpec(
        "payment_reminders",
        "clock",
        N_("Payment reminders"),
        "shopdesk.ui.payment_reminders.page:PaymentRemindersPage",
        in_side_bar=False,
        parent="payments",
    ),
    PageSpec(
        "shipping_services",
        "truck",
        N_("Shipping services"),
        "shopdesk.ui.parcels.services_page:ShippingServicesPage",
        in_side_bar=False,
        parent="articles",
    ),
    PageSpec("settings", "settings", N_("Settings"), "shopdesk.ui.settings.page:SettingsPage", at_foot=True),
    PageSpec(
        "customer",
        "user",
        N_("Customer"),
        "shopdesk.ui.customers.customer_page:CustomerPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "erasure",
        "lock",
        N_("Tell and forget"),
        "shopdesk.ui.customers.erasure_page:ErasurePage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "duplicates",
        "users",
        N_("Duplicate customers"),
        "shopdesk.ui.duplicates.page:DuplicatesPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "labels",
        "printer",
        N_("Labels"),
        "shopdesk.ui.letters.labels_page:LabelsPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "letters",
        "mail",
        N_("Letter to several"),
        "shopdesk.ui.letters.letters_page:LettersPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "recommendations",
        "heart-handshake",
        N_("Recommendations"),
        "shopdesk.ui.customers.recommendations_page:RecommendationsPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "document",
        "receipt",
        N_("Document"),
        "shopdesk.ui.documents.editor_page:DocumentPage",
        in_side_bar=False,
        parent="invoices",
    ),
    PageSpec(
        "standing_order",
        "repeat",
        N_("Standing order"),
        "shopdesk.ui.standing_orders.page:StandingOrderPage",
        in_side_bar=False,
        parent="standing_orders",
    ),
    PageSpec(
        "several",
        "list-checks",
        N_("Several at once"),
        "shopdesk.ui.documents.several_page:SeveralPage",
        in_side_bar=False,
        parent="invoices",
    ),
    PageSpec(
        "month_end",
        "calendar",
        N_("Month end"),
        "shopdesk.ui.month_end.page:MonthEndPage",
        in_side_bar=False,
        parent="invoices",
    ),
    PageSpec(
        "journal",
        "clipboard",
        N_("Journal"),
        "shopdesk.ui.journal.page:JournalPage",
        in_side_bar=False,
        parent="settings",
    ),
    PageSpec(
        "number_report",
        "list-checks",
        N_("Report on the number ranges"),
        "shopdesk.ui.settings.number_report_page:NumberReportPage",
        in_side_bar=False,
        parent="settings",
    ),
    PageSpec(
        "received_invoice",
        "file-check",
        N_("Received invoice"),
        "shopdesk.ui.received_invoices.page:ReceivedInvoicePage",
        in_side_bar=False,
        parent="received_invoices",
    ),
    PageSpec(
        "import",
        "download",
        N_("Import"),
        "shopdesk.ui.imports.page:ImportPage",
        in_side_bar=False,
        parent="customers",
    ),
    PageSpec(
        "old_invoice",
        "folder-open",
        N_("Old invoice"),
        "shopdesk.ui.imports.old_invoice_page:OldInvoicePage",
        in_side_bar=False,
        parent="invoices",
    ),
    PageSpec(
        "first_start",
        "house",
        N_("Your shop"),
        "shopdesk.ui.first_start.page:FirstStartPage",
        in_side_bar=False,
        alone=True,
    ),
)
