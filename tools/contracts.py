"""Check the import contracts of pyproject.toml: `python -m tools.contracts`."""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports


def main() -> int:
    """0 when every contract is kept, 1 when one is broken; the broken chains are printed."""
    return int(lint_imports(is_debug_mode=False, show_timings=False, verbose=False))


if __name__ == "__main__":
    sys.exit(main())
