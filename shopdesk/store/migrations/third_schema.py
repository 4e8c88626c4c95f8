"""What the third schema adds to the second, each capability with statements of its own."""

from __future__ import annotations

from shopdesk.store.migrations import (
    third_schema_appointments,
    third_schema_card,
    third_schema_delivery_rounds,
    third_schema_follow_ups,
    third_schema_inquiries,
    third_schema_mail_in,
    third_schema_order_bills,
    third_schema_outbox,
    third_schema_parcels,
    third_schema_payment_reminders,
    third_schema_payments,
    third_schema_privacy,
    third_schema_promises,
    third_schema_purchases,
    third_schema_search,
    third_schema_shipments,
    third_schema_standing_orders,
    third_schema_statements,
)

STATEMENTS: tuple[str, ...] = (
    *third_schema_privacy.STATEMENTS,
    *third_schema_card.STATEMENTS,
    *third_schema_search.STATEMENTS,
    *third_schema_follow_ups.STATEMENTS,
    *third_schema_promises.STATEMENTS,
    *third_schema_inquiries.STATEMENTS,
    *third_schema_appointments.STATEMENTS,
    *third_schema_mail_in.STATEMENTS,
    *third_schema_payments.STATEMENTS,
    *third_schema_payment_reminders.STATEMENTS,
    *third_schema_statements.STATEMENTS,
    *third_schema_order_bills.STATEMENTS,
    *third_schema_outbox.STATEMENTS,
    *third_schema_parcels.STATEMENTS,
    *third_schema_shipments.STATEMENTS,
    *third_schema_purchases.STATEMENTS,
    *third_schema_standing_orders.STATEMENTS,
    *third_schema_delivery_rounds.STATEMENTS,
)
