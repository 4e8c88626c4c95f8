"""What each column of the database is in the eyes of the GDPR; a test sees that none is forgotten (P19)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class DataClass(StrEnum):
    """Whom a value is about, and so what a person may ask about it (Art. 15) or have forgotten (Art. 17)."""

    PERSON = "person"  # who somebody is and how to reach him: told and, when no law keeps it, forgotten
    CONTENT = "content"  # what was said, agreed or written about somebody: told, forgotten
    COMMERCE = "commerce"  # what was bought and billed: told, kept as long as tax law wants
    PROOF = (
        "proof"  # hashes, journal, answers of authorities: kept as evidence; told where they name the person
    )
    SHOP = "shop"  # the owner's own business: about no customer
    TECHNICAL = "technical"  # ids, versions, order of lists


_CODES = {
    "p": DataClass.PERSON, "c": DataClass.CONTENT, "b": DataClass.COMMERCE, "e": DataClass.PROOF,
    "s": DataClass.SHOP, "t": DataClass.TECHNICAL,
}  # fmt: skip

# one line for each class of a table's columns: p(erson), c(ontent), b(illing), e(vidence), s(hop), t(echnical)
_TABLES = {
    "setting": {"s": "name value", "t": "version"},
    "customer": {
        "p": "number company salutation title given_name family_name language vat_id buyer_reference "
        "electronic_address electronic_scheme xrechnung preferred_channel birthday payment_days cash_discount_percent "
        "cash_discount_days discount_percent service_channel advertising_channel created_at updated_at deleted_at",
        "c": "note recommended_by",
        "t": "id sort_key version recommended_by_id",
    },
    "customer_phone": {"p": "label number e164", "t": "id customer_id position"},
    "customer_email": {"p": "label email", "t": "id customer_id position"},
    "customer_address": {"p": "purpose lines postal_code city country", "t": "id customer_id position"},
    "contact_person": {
        "p": "salutation title given_name family_name role phone email", "t": "id customer_id position",
    },
    # the record before and after a merge: about the person, and told to who asks
    "customer_merge": {"p": "at before after", "t": "merged_id survivor_id into_id moved"},
    "customer_difference": {"t": "first_id second_id at"},
    "pinned_fact": {"c": "text", "t": "id customer_id position"},
    "customer_file": {"c": "name media_type sha256 size data added_at deleted_at", "t": "id customer_id version"},
    "customer_photo": {"p": "data added_at deleted_at", "t": "id customer_id version"},
    "customer_tag": {"c": "tag", "t": "id customer_id position"},
    "consent": {
        "e": "channel purpose text given_on source who noted_at withdrawn_on withdrawn_source deleted_at",
        "t": "id customer_id version",
    },
    "consent_use": {"e": "at channel what who", "t": "id consent_id"},
    "erasure": {"e": "erased_at kept_until done_at digest", "t": "customer_id survivor_id"},
    "article": {
        "s": "code kind name description unit unit_price prices vat_rate weight_grams width_mm length_mm height_mm "
        "price_per_square_metre custom_surcharge deleted_at packed_shape packed_length_mm packed_width_mm "
        "packed_height_mm packs_together packaging_code hs_code origin",
        "t": "id sort_key version",
    },
    "shipping_service": {"s": "code content deleted_at", "t": "id version"},
    "packed_text": {"s": "name content", "t": "id version"},
    "number_range": {"s": "name pattern start restart_yearly start_year", "t": "version"},
    "number_counter": {"s": "range_name year last last_date"},
    "document": {
        "b": "kind state number date due recipient city title currency net gross payable tax_case content created_at "
        "updated_at issued_at",
        "e": "request_key request_digest program_version chain_position previous_hash hash",
        "t": "id customer_id follows_id sort_key version",
    },
    "document_line": {
        "b": "kind text description article_code quantity unit unit_price discount_percent vat_rate tax_case "
        "weight_grams net gross option",
        "t": "document_id position",
    },
    "document_reference": {"t": "document_id referred_id"},
    "turnover": {"b": "year currency distance gross", "t": "document_id"},
    "turnover_year": {"s": "year currency distance gross documents"},
    "vat_id_check": {
        "e": "vat_id requester service at day result reason name address matches request_identifier raw", "t": "id",
    },
    "vat_confirmation": {"e": "vat_id wanted_on reason", "t": "document_id check_id"},
    "document_file": {"b": "name media_type data", "e": "sha256", "t": "id document_id"},
    "timeline_entry": {
        "c": "kind direction at title text deleted_at", "t": "id customer_id document_id version",
    },
    "follow_up": {
        "c": "due due_time text purpose created_at done_at deleted_at repeat_every repeat_unit repeat_day on_contact",
        "t": "id customer_id document_id version origin",
    },
    "promise": {
        "c": "kind text due due_time first_due first_time state at_risk told_at made_at settled_at later deleted_at",
        "t": "id customer_id document_id inquiry_id risk_from version",
    },
    "appointment": {
        "c": "starts ends subject place job state invited created_at deleted_at",
        "t": "id customer_id document_id uid sequence told_sequence version",
    },
    "shipment": {
        "b": "kind state carrier planned_for promised packed_at shipped_at delivered_at told_at note created_at "
        "deleted_at",
        "t": "id customer_id document_id delivery_note_id entry_id version",
    },
    "shipment_line": {
        "b": "text article_code quantity unit weight_grams", "t": "shipment_id position source_position",
    },
    "shipment_parcel": {"b": "tracking_number carrier weight_grams", "t": "shipment_id position"},
    "delivery_stop": {
        "c": "from_time to_time floor lift extras tried_on reason", "t": "shipment_id customer_id position version",
    },
    "shipment_demand": {
        "b": "fulfilment prepay business delivery_date is_open settled_at", "t": "document_id root_id version",
    },
    "supplier": {
        "s": "name lines postal_code city country email phone our_number language delivery_days note deleted_at",
        "t": "id sort_key version",
    },
    "article_supply": {
        "s": "supplier_code purchase_price stock pieces counted_on", "t": "article_id supplier_id version",
    },
    "purchase_order": {
        "b": "number commission deliver_to delivery_address wished words created_at ordered_at confirmed ready_on "
        "confirmed_at arrived_at told_at cancelled_at later deleted_at",
        "t": "id supplier_id document_id customer_id promise_id outbox_id version",
    },
    # the shop's own purchase: who it is for stands in the order; what it costs is no customer's business
    "purchase_order_line": {
        "s": "article_code supplier_code text description quantity unit price arrived trouble",
        "t": "purchase_order_id position source_position",
    },
    "purchase_order_file": {"s": "name media_type sha256 data", "t": "id purchase_order_id"},
    "payment": {
        "b": "day amount currency kind slip_number payer iban text reason bank_reference source noted_at deleted_at",
        "t": "id customer_id entry_id version",
    },
    "payment_reminder_bill": {
        "b": "currency level day until fee flat_fee interest taken_back_at", "t": "id document_id bill_id",
    },
    "payment_reminder_stop": {
        "c": "reason until created_at deleted_at", "t": "id customer_id document_id version",
    },
    "bank_file": {
        "s": "at file_name sha256 form account first_day last_day added known undone_at", "t": "id version",
    },
    "found_bank_file": {"s": "path size modified sha256 found_at done_at", "t": "id version"},
    "bank_entry": {
        "b": "account booked value_day amount currency name iban text end_to_end bank_reference part parts "
        "ignored_at",
        "t": "id bank_file_id fingerprint form detailed_by payment_id version",
    },
    "payment_allocation": {
        "b": "amount cash_discount written_off charges deleted_at", "t": "id payment_id document_id order_id",
    },
    "order_bill": {"b": "deducted", "t": "order_id bill_id"},
    "standing_order": {
        "b": "name content schedule pricing period by_itself created_at deleted_at", "t": "id customer_id version",
    },
    "standing_order_date": {"b": "due state reason made_at", "t": "id standing_order_id document_id"},
    "repeated_order": {"b": "changes", "t": "document_id origin_id"},
    "missed_call": {"c": "number shown times last_at due due_time done_at", "t": "id customer_id version"},
    "inquiry": {
        "p": "sender_name sender_address sender_phone",
        "c": "channel state subject received_at waiting_since target due_at first_answer_at first_answer_channel "
        "first_answer_minutes first_answer_by answered_at outcome lost_reason lost_words later is_complaint closed_at",
        "t": "id customer_id last_hours thread_key answer_entry_id missed_call_id sort_key search version",
    },
    "inquiry_message": {
        "c": "direction channel at text automatic", "e": "reference", "t": "id inquiry_id outbox_id",
    },
    "inquiry_document": {"t": "inquiry_id document_id"},
    "begun_reply": {"c": "text", "t": "inquiry_id"},
    "mail_fetch": {"s": "account last_success_at failing_since failures next_try_at reason alarm_at name"},
    "mail_tidying": {"s": "account folder", "t": "uid_validity uid mail_id"},
    "mail_folder": {"s": "account folder", "t": "uid_validity last_uid"},
    "received_mail": {
        "p": "sender sender_name answer_to answer_to_name",
        "c": "place reason recipients subject text received_at fetched_at attachments automatic is_cut size data",
        "e": "message_id sha256",
        "t": "id thread customer_id inquiry_id reference_ids version",
    },
    "mail_sender_rule": {"p": "address rule at"},
    "outbox": {
        "c": "state reason purpose sender recipient subject body attachments message created_at changed_at sent_at",
        "e": "message_id",
        "t": "id document_id customer_id attempts version not_before",
    },
    "mail_template": {"s": "kind audience language subject body", "t": "id version"},
    "standard_attachment": {
        "s": "name role kinds audience language media_type sha256 data deleted_at", "t": "id version",
    },
    "received_invoice": {
        "b": "file_name media_type size data number seller issued due currency payable received_at kept_until supplier",
        "e": "sha256",
        "t": "id customer_id search version",
    },
    "scan": {
        "b": "name media_type size data added_at deleted_at", "e": "sha256", "t": "id document_id version",
    },
    "import_run": {
        "s": "at file_name sha256 kind new changed unchanged doubtful refused undone_at", "t": "id version",
    },
    "import_row": {"c": "action before", "t": "id import_id subject subject_id version"},
    "old_invoice": {
        "b": "number day recipient gross currency text file_name data created_at", "e": "sha256",
        "t": "id customer_id search version",
    },
    "journal": {
        "e": "at zone who program_version action subject subject_id old new previous_hash hash", "t": "id",
    },
}  # fmt: skip

CLASSES: Mapping[str, Mapping[str, DataClass]] = {
    table: {name: _CODES[code] for code, names in columns.items() for name in names.split()}
    for table, columns in _TABLES.items()
}
"""Table → column → class."""

NOBODYS = frozenset({DataClass.SHOP, DataClass.TECHNICAL})


def is_about_somebody(table: str) -> bool:
    """Whether a table holds anything that a customer may ask about."""
    return any(value not in NOBODYS for value in CLASSES[table].values())
