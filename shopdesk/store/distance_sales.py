"""What was sold to private buyers abroad, whichever engine holds the shop."""

from __future__ import annotations

from shopdesk.store.sqlite.distance_sales import net

__all__ = ["net"]
