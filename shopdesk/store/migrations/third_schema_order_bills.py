"""What the third schema adds for orders that are paid in advance: which bills bill them."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE order_bill (
        order_id INTEGER NOT NULL,
        bill_id INTEGER NOT NULL,
        deducted INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_order_bill PRIMARY KEY (order_id, bill_id),
        CONSTRAINT fk_order_bill_order_id FOREIGN KEY(order_id) REFERENCES document (id),
        CONSTRAINT fk_order_bill_bill_id FOREIGN KEY(bill_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_order_bill_bill_id ON order_bill (bill_id)",
    # the bills of before: whatever was made out of such an order, or names it, over any steps
    """
    INSERT INTO order_bill (order_id, bill_id)
    WITH RECURSIVE story (order_id, id) AS (
        SELECT id, id FROM document
        WHERE kind = 'order_confirmation' AND state = 'issued' AND json_extract(content, '$.prepay')
        UNION
        SELECT story.order_id, made.id FROM story JOIN document AS made ON made.follows_id = story.id
        UNION
        SELECT story.order_id, named.document_id FROM story
        JOIN document_reference AS named ON named.referred_id = story.id
    )
    SELECT story.order_id, bill.id FROM story JOIN document AS bill ON bill.id = story.id
    WHERE bill.kind IN ('invoice', 'deposit_invoice', 'final_invoice') AND bill.state = 'issued'
    """,
)
