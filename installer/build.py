"""Build the frozen program for this system: `python -m installer.build` leaves dist/shopdesk/.

The build runs in an environment of its own made from the lock, since PyInstaller sweeps in whatever lies around.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import dev

ROOT = Path(dev.ROOT)
WORK = ROOT / "build"
TARGET = ROOT / "dist" / "shopdesk"


def size(folder: Path) -> tuple[int, int]:
    """Bytes and number of files below `folder`; a link counts nothing."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    return sum(file.stat().st_size for file in files), len(files)


def build() -> Path:
    """Make dist/shopdesk/ anew and return it. Raises SystemExit with PyInstaller's last words."""
    os.environ["SHOPDESK_VENV"] = str(WORK / "environment")
    dev.prepare("build")
    shutil.rmtree(TARGET, ignore_errors=True)
    command = [
        dev.python(), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(TARGET.parent), "--workpath", str(WORK / "work"), str(ROOT / "installer" / "shopdesk.spec"),
    ]  # fmt: skip
    # the same order of sets gives the same bytes
    environment = {**os.environ, "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen"}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        sys.exit("PyInstaller could not build the program; its words stand above.")
    drop_debug_symbols(TARGET)
    return TARGET


def drop_debug_symbols(folder: Path) -> None:
    """Wheels and Pythons bring 60 MB of symbols. Libraries that auditwheel repaired stay: strip may break them."""
    strip = shutil.which("strip")
    if not strip or not sys.platform.startswith("linux"):
        return
    files = [
        file for file in folder.rglob("*.so*") if file.is_file() and not file.parent.name.endswith(".libs")
    ]
    subprocess.run([strip, "--strip-unneeded", *map(str, files)], check=True)


def main() -> None:
    """Build and print the figures."""
    begin = time.monotonic()
    target = build()
    total, files = size(target)
    print(
        f"{target.relative_to(ROOT)}: {total / 1e6:.0f} MB, {files} files, built in {time.monotonic() - begin:.0f} s"
    )


if __name__ == "__main__":
    main()
