"""What the fields in the journal are called, and the values that are codes."""

from __future__ import annotations

from collections.abc import Mapping

from shopdesk.domain.consents import CHANNEL_NAMES, PURPOSE_NAMES
from shopdesk.domain.inquiries import CHANNEL_NAMES as INQUIRY_CHANNEL_NAMES
from shopdesk.domain.inquiries import STATE_NAMES
from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.letterhead_names import BLOCKS, FONTS, HEADS, PLACES, TABLES
from shopdesk.domain.letters import PURPOSE_NAMES as LETTER_PURPOSES
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_
from shopdesk.domain.outbox import state_name
from shopdesk.domain.payments import KIND_NAMES as PAYMENT_KINDS

SILENT = frozenset({"id", "version"})
"""Counters of the program that tell a reader nothing."""

MONEY = frozenset(
    {"unit_price",
        "purchase_price", "price_per_square_metre", "amount", "cash_discount_taken", "written_off", "reminder_charges"}
)  # fmt: skip
"""Decimal texts that are prices."""

FIELDS: Mapping[str, str] = {
    # parts that only hold others
    "seller": "",
    # documents, mails
    "number": N_("Number"),
    "tracking_numbers": N_("Tracking numbers"),
    "kind": N_("Kind"),
    "sha256": N_("Fingerprint of the file"),
    "gross": N_("Total"),
    "recipient": N_("Recipient"),
    "state": N_("State"),
    "promised_for": N_("Promised for"),
    "every": N_("Every"),
    "day_of_rhythm": N_("On the"),
    "starts": N_("From"),
    "ends": N_("Until"),
    "times": N_("Times"),
    "pause": N_("Pause"),
    "by_itself": N_("issued and sent by itself"),
    "pricing": N_("Price of each document"),
    "ask_about_quotes": N_("Ask about quotes"),
    "quote_days": N_("Working days after the quote"),
    "reason": N_("Reason"),
    "vat_id": N_("VAT id"),
    "check": N_("Check"),
    # number ranges
    "name": N_("Name"),
    "pattern": N_("Pattern"),
    "start": N_("First number"),
    "restart_yearly": N_("starts anew each year"),
    "start_year": N_("Start only in the year"),
    # customers
    "changed": N_("Changed fields"),
    "article": N_("By law"),
    "entries": N_("Entries"),
    "added": N_("added"),
    "completed": N_("completed"),
    "in_doubt": N_("in doubt"),
    "refused": N_("refused"),
    "stays": N_("used or changed since, so kept"),
    "company": N_("Company"),
    "person": N_("Person"),
    "phones": N_("Phones"),
    "emails": N_("Mail addresses"),
    "address": N_("Address"),
    "delivery_address": N_("Delivery address"),
    "contact_persons": N_("Contact persons"),
    "language": N_("Language"),
    "buyer_reference": N_("Buyer reference"),
    "note": N_("Note about the customer"),
    "facts": N_("Agreed"),
    "electronic_address": N_("Electronic address"),
    "electronic_scheme": N_("Kind of electronic address"),
    "xrechnung": N_("XRechnung"),
    "customer_id": N_("Customer"),
    "preferred_channel": N_("Preferred way"),
    "service_channel": N_("Preferred way for service"),
    "advertising_channel": N_("Preferred way for offers"),
    "birthday": N_("Birthday"),
    "recommended_by": N_("Recommended by"),
    "recommended_by_id": N_("Recommended by"),
    "cash_discount": N_("Cash discount"),
    "discount_percent": N_("Discount"),
    "tags": N_("Tags"),
    "channel": N_("Channel"),
    "purpose": N_("Purpose"),
    # addresses
    "lines": N_("Street"),
    "postal_code": N_("Postal code"),
    "city": N_("City"),
    "country": N_("Country"),
    # articles
    "code": N_("Article number"),
    "description": N_("Description"),
    "unit": N_("Unit"),
    "unit_price": N_("Price"),
    "prices": N_("Prices"),
    "vat_rate": N_("VAT rate"),
    "weight_grams": N_("Weight in grams"),
    "width_mm": N_("Width in mm"),
    "length_mm": N_("Length in mm"),
    "height_mm": N_("Height in mm"),
    "price_per_square_metre": N_("Price per square metre"),
    "custom_surcharge": N_("Surcharge for custom sizes in percent"),
    "packed": N_("Packed size"),
    "packaging_code": N_("Packaging"),
    "packaging_grams": N_("Weight of the packaging in grams"),
    "hs_code": N_("Tariff number"),
    "origin": N_("Country of origin"),
    "zone": N_("Goes to"),
    "carrier": N_("Carrier"),
    "price": N_("Price incl. VAT"),
    "bulky": N_("Bulky goods"),
    "roll": N_("Limits for rolls"),
    "tracked": N_("With a tracking number"),
    "by_arrangement": N_("by arrangement"),
    # the shop
    "owner": N_("Owner"),
    "email": N_("Mail address"),
    "phone": N_("Phone"),
    "website": N_("Website"),
    "tax_number": N_("Tax number"),
    "iban": N_("IBAN"),
    "bic": N_("BIC"),
    "bank": N_("Bank"),
    "account_holder": N_("Account holder"),
    "legal_form": N_("Legal form"),
    "managing_directors": N_("Managing directors"),
    "register_court": N_("Register court"),
    "register_number": N_("Register number"),
    "small_business": N_("Small business (§ 19 UStG)"),
    "vat_accounting": N_("VAT by agreed or received payments"),
    "oss": N_("OSS"),
    "default_rate": N_("Usual VAT rate"),
    "payment_days": N_("Days until payment"),
    "quote_valid_days": N_("Days a quote is valid"),
    "prepay": N_("Payment in advance"),
    "prepay_with": N_("Payment in advance is asked for by"),
    "area_code": N_("Area code"),
    "region": N_("Region"),
    "currency": N_("Currency"),
    "check_vat_ids": N_("Check VAT ids"),
    # letterhead, mail texts, attachments
    "logo": N_("Logo"),
    "accent": N_("Colour"),
    "sender_line": N_("Line below the name"),
    "footer": N_("Footer"),
    "blocks": N_("Blocks"),
    "texts": N_("Texts"),
    "intro": N_("Opening words"),
    "closing": N_("Closing words"),
    "giro_code": N_("GiroCode"),
    "terms": N_("Terms"),
    "font": N_("Typeface"),
    "head": N_("Head of the letter"),
    "table": N_("Table"),
    "information": N_("Place of the information"),
    "audience": N_("For"),
    "subject": N_("Subject"),
    "body": N_("Text"),
    "role": N_("Role"),
    # letters to several
    "customers": N_("Customers"),
    "left_out": N_("left out"),
    # mail account
    "sender": N_("Sender"),
    "host": N_("Server"),
    "port": N_("Port"),
    "is_on": N_("Switched on"),
    "folder": N_("Folder"),
    "afterwards": N_("On the server afterwards"),
    "user": N_("User name"),
    "stands_in": N_("Stands in"),
    "rule": N_("Mails of this sender"),
    # orders at suppliers
    "confirmed": N_("Supplier delivers on"),
    "arrived": N_("Came in"),
    "supplier_code": N_("Supplier's article number"),
    "purchase_price": N_("Purchase price without VAT"),
    "pieces": N_("Pieces in stock"),
    "our_number": N_("Our customer number there"),
    "delivery_days": N_("Usual working days until delivery"),
    "handling_days": N_("Working days from the supplier's delivery to the customer"),
    "unconfirmed_days": N_("Ask about a missing confirmation after so many working days"),
    # received invoices
    "supplier": N_("Supplier"),
    "kept_until": N_("Kept until"),
    # payments
    "bookings": N_("Bookings"),
    "known": N_("Known already"),
    "period": N_("Period"),
    "doubts": N_("What does not add up"),
    "day": N_("Day"),
    "amount": N_("Amount"),
    "slip_number": N_("Slip number"),
    "bills": N_("Invoices"),
    "cash_discount_taken": N_("Cash discount"),
    "written_off": N_("Written off"),
    "reminder_charges": N_("Reminder fees and interest"),
    "levels": N_("Levels"),
    "due_is_agreed": N_("The due day is agreed beforehand"),
    "statement_days": N_("Days that a bank statement may be old"),
    "base_rates": N_("Base rates"),
    "lists": N_("Lists of banks"),
    "tolerance_days": N_("Days by which a cash discount may be late"),
    "write_off_limit": N_("Written off at most, in cents"),
    "since": N_("Payments are followed since"),
    # inquiries
    "answered_over": N_("Answered over"),
    "answer_minutes": N_("Minutes of opening time until the answer"),
    "opening_hours": N_("Opening hours"),
    "special_days": N_("Closing days and other hours"),
    "targets": N_("Answer times"),
    "figures_per_person": N_("Figures per person"),
    "asked_over": N_("Asked over"),
}

_KINDS = {kind.value: name for kind, name in KIND_NAMES.items()}
_PRICES = {"gross": N_("prices with VAT"), "net": N_("prices without VAT")}

VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        **_KINDS,
        "goods": N_("goods"),
        "service": N_("service"),
        "postage": N_("postage"),
        "packaging": N_("packaging"),
        **{kind.value: name for kind, name in PAYMENT_KINDS.items()},
    },
    "channel": {channel.value: name for channel, name in CHANNEL_NAMES.items()},
    "rule": {"always": N_("always"), "never": N_("never")},
    "stands_in": {
        "taken": N_("received mails"),
        "kept_away": N_("kept-away mails"),
        "bounce": N_("reports about mails of ours"),
        "sent": N_("mails sent elsewhere"),
    },
    "purpose": {
        **{purpose.value: name for purpose, name in LETTER_PURPOSES.items()},
        **{purpose.value: name for purpose, name in PURPOSE_NAMES.items()},
    },
    "state": {
        **{state.value: name.id for state, name in STATE_NAMES.items()},
        **{state.value: state_name(state).id for state in MailState},
    },
    "pricing": {"today": N_("as the articles cost then"), "fixed": N_("fixed")},
    "answered_over": {channel.value: name.id for channel, name in INQUIRY_CHANNEL_NAMES.items()},
    "asked_over": {channel.value: name.id for channel, name in INQUIRY_CHANNEL_NAMES.items()},
    "prices": _PRICES,
    "audience": {
        "private": N_("private customers"),
        "business": N_("business customers"),
        "any": N_("all customers"),
    },
    "prepay_with": _KINDS,
    "font": {font.value: name for font, name in FONTS.items()},
    "head": {head.value: name for head, name in HEADS.items()},
    "table": {table.value: name for table, name in TABLES.items()},
    "information": {place.value: name for place, name in PLACES.items()},
    "blocks": {block.value: name for block, name in BLOCKS.items()},
    "oss": {"auto": N_("decide by itself"), "yes": N_("yes"), "no": N_("no")},
}
"""Codes by the field they stand in."""
