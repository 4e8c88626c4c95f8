"""What the third schema adds to the outbox."""

from __future__ import annotations

# A mail that the owner can still take back is left alone until then.
STATEMENTS = ("ALTER TABLE outbox ADD COLUMN not_before TEXT",)
