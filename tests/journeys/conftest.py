"""Journeys make windows, too: the collector rests for them as for the tests of the window (docs/decisions/0011)."""

from __future__ import annotations

from tests.ui.conftest import collected_on_this_thread

__all__ = ["collected_on_this_thread"]
