"""The codec of `domain.plain`, for those who store what it writes."""

from __future__ import annotations

from shopdesk.domain.plain import dumps, from_plain, loads, to_plain

__all__ = ["dumps", "from_plain", "loads", "to_plain"]
