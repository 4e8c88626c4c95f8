"""Where things are: shipped resources, the owner's data, this computer's settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "shopdesk"


def resources() -> Path:
    """The shipped resources folder: the same call installed (wheel), from the checkout and frozen."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    inside_wheel = package / "resources"
    return inside_wheel if inside_wheel.is_dir() else package.parent / "resources"


def data_folder() -> Path:
    """The folder of the owner's data (the database lives here unless told otherwise)."""
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)


def config_folder() -> Path:
    """The folder of what belongs to this computer alone: window size, language."""
    from platformdirs import user_config_path

    return user_config_path(APP_NAME, appauthor=False)


def log_folder() -> Path:
    """The folder of logs and bug reports."""
    from platformdirs import user_log_path

    return user_log_path(APP_NAME, appauthor=False)


def default_database() -> str:
    """SHOPDESK_DATABASE (a file or an URL), else shopdesk.sqlite in the data folder."""
    return os.environ.get("SHOPDESK_DATABASE") or str(data_folder() / "shopdesk.sqlite")
