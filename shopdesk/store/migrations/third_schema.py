"""What the third schema adds to the second, each capability with statements of its own."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
