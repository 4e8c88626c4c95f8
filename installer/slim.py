"""What the frozen program can do without. Every name is a destination inside the built folder."""

from __future__ import annotations

import re
from pathlib import PurePath

QT_MODULES = {
    "Core", "DBus", "Gui", "Network", "OpenGL", "PrintSupport", "Svg", "SvgWidgets", "WaylandClient",
    "Widgets", "XcbQpa",
}  # fmt: skip
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qjpeg", "qsvg", "qgif", "qico", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qxdgdesktopportal", "qgtk3"},
    "printsupport": {"cupsprintersupport"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "tls": {"qschannelbackend", "qsecuretransportbackend", "qopensslbackend"},
    "wayland-decoration-client": {"bradient", "adwaita"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": set(),
}
QT_TRANSLATIONS = re.compile(r"qt(base)?_(de|en)\.qm")
# babel needs the parents of a locale, too: root -> de -> de_DE
LOCALES = re.compile(r"(root|(de|en|fr|bg)(_[A-Z]{2})?)\.dat|LICENSE.*")
QT_LIBRARY = re.compile(r"(?:lib)?Qt6?([A-Za-z0-9]+?)(?:\.so.*|\.dll|\.abi3\.so|\.pyd|\.dylib)?")
EXCLUDED_MODULES = [
    "_tkinter", "tkinter", "lib2to3", "pydoc_data", "idlelib", "ensurepip", "setuptools", "pip", "pytest",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtDesigner", "PySide6.QtHelp",
    "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtUiTools", "PySide6.QtXml", "PySide6.QtOpenGLWidgets",
    "sqlalchemy.orm", "sqlalchemy.testing", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle", "MySQLdb", "psycopg2", "numpy",
]  # fmt: skip


def is_wanted(destination: str) -> bool:
    """Whether this file belongs into the frozen program."""
    parts = PurePath(destination.replace("\\", "/")).parts
    if "locale-data" in parts and "babel" in parts:
        return bool(LOCALES.fullmatch(parts[-1]))
    if "PySide6" in parts:
        return is_wanted_of_qt(parts)
    return is_wanted_library(parts[-1])


def is_wanted_of_qt(parts: tuple[str, ...]) -> bool:
    """One file below PySide6: modules, plugins and translations by their lists above."""
    if "translations" in parts:
        return bool(QT_TRANSLATIONS.fullmatch(parts[-1]))
    if "plugins" in parts:
        folder = parts[parts.index("plugins") + 1]
        plugin = parts[-1].removeprefix("lib").partition(".")[0]
        return plugin in QT_PLUGINS.get(folder, set())
    if "qml" in parts or parts[-1].startswith(("opengl32sw", "avcodec", "avformat", "avutil", "swscale")):
        return False
    return is_wanted_library(parts[-1])


def is_wanted_library(name: str) -> bool:
    """Qt's own libraries by module; all others stay, since something links to them."""
    match = QT_LIBRARY.fullmatch(name)
    return not match or match[1] in QT_MODULES
