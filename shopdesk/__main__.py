"""`python -m shopdesk`."""

from __future__ import annotations

import sys


def main() -> int:
    """The program, or with `--worker JOB` the process that reads files from strangers (intake/worker.py)."""
    if sys.argv[1:2] == ["--worker"] and len(sys.argv) == 3:
        from shopdesk.intake.worker import serve

        return serve(sys.argv[2])
    from shopdesk.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
