"""What is still to be paid of a paper d before its goods leave, as SQL for both drivers: the packing list and Heute."""

from __future__ import annotations


def _owed(paper: str) -> str:
    """What a paper asks for, less its credit notes; what it says was paid on its orders was billed all the same."""
    return f"""
    {paper}.payable + (SELECT coalesce(sum(k.deducted), 0) FROM order_bill k WHERE k.bill_id = {paper}.id)
    - (SELECT coalesce(sum(c.gross), 0) FROM document_reference r CROSS JOIN document c ON c.id = r.document_id
       WHERE r.referred_id = {paper}.id AND c.kind = 'credit_note' AND c.state = 'issued' AND NOT EXISTS (
           SELECT 1 FROM document_reference o WHERE o.document_id = c.id AND o.referred_id < {paper}.id))
"""  # noqa: S608 - our own words


def _settled(paper: str) -> str:
    return f"""
    (SELECT coalesce(sum(a.amount + a.cash_discount + a.written_off), 0) FROM payment_allocation a
     WHERE a.document_id = {paper}.id AND a.deleted_at IS NULL)
"""  # noqa: S608 - our own words


# what is older was settled elsewhere, says the owner
SINCE = "coalesce((SELECT json_extract(value, '$.since') FROM setting WHERE name = 'payments'), '')"
_ITS_BILLS = """
    FROM order_bill l CROSS JOIN document b ON b.id = l.bill_id WHERE l.order_id = d.id AND NOT EXISTS (
        SELECT 1 FROM document_reference r CROSS JOIN document c ON c.id = r.document_id
        WHERE r.referred_id = b.id AND c.kind = 'cancellation' AND c.state = 'issued')
"""
# What was paid, credited and billed of each open paper; an order's deposits count for it. Of an order in advance its
# bills bill a part and take over the money for it: what is open of it is what they do not bill, and what they lack
OPEN = f"""
    CASE WHEN d.date < {SINCE} THEN 0
    WHEN EXISTS (SELECT 1 FROM order_bill l WHERE l.order_id = d.id)
    THEN max({_owed("d")} - (SELECT coalesce(sum(b.gross), 0) {_ITS_BILLS}), 0) - {_settled("d")}
         + (SELECT coalesce(sum(max({_owed("b")} - {_settled("b")}, 0)), 0) {_ITS_BILLS})
    ELSE {_owed("d")} - {_settled("d")} END
"""  # noqa: S608 - our own words
