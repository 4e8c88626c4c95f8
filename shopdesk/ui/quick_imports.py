"""PySide reads the source of every module imported after it, to see whether `__feature__` is used. Nobody here uses it.

Measured: 15 % of the time to the first paint, a quarter of the time to everything loaded, and each source line stays in
`linecache`.
"""

from __future__ import annotations


def skip_source_reading() -> None:
    """Answer PySide's question for all modules at once; where a later PySide asks otherwise, nothing changes."""
    from PySide6 import QtCore  # noqa: F401 - sets up what is changed here
    from shibokensupport import feature  # type: ignore[import-not-found]

    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _always  # noqa: SLF001


def _always(_module: object) -> bool:
    return True
