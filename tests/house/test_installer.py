"""The frozen program takes along what it needs and nothing else (the build itself is `python -m installer.build`)."""

from __future__ import annotations

import pytest

from installer.slim import is_wanted, reachable


@pytest.mark.parametrize(
    ("destination", "wanted"),
    [
        ("babel/locale-data/root.dat", True),
        ("babel/locale-data/de.dat", True),
        ("babel/locale-data/de_AT.dat", True),
        ("babel/locale-data/bg_BG.dat", True),
        ("babel/locale-data/ja.dat", False),
        ("babel/locale-data/zh_Hant_TW.dat", False),
        ("babel/global.dat", True),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6\\Qt6Quick.dll", False),
        ("PySide6\\QtWidgets.pyd", True),
        ("PySide6/QtQml.abi3.so", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/qmltooling/libqmldbg_native.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_ja.qm", False),
        ("resources/locale/bg.po", True),
        ("sqlcipher3/_sqlite3.so", True),
    ],
)
def test_only_what_the_program_needs_is_frozen(destination: str, wanted: bool) -> None:
    assert is_wanted(destination) is wanted


def test_libraries_nobody_links_to_are_left_out() -> None:
    links = {"/a/window.so": ["libdraw.so.1"], "/a/libdraw.so.1": ["libfont.so.2"]}
    entries = [
        ("app/window.so", "/a/window.so", "EXTENSION"),
        ("libdraw.so.1", "/a/libdraw.so.1", "BINARY"),
        ("libfont.so.2", "/a/libfont.so.2", "BINARY"),
        ("libgtk.so.3", "/a/libgtk.so.3", "BINARY"),
        ("libpython3.11.so.1.0", "/a/libpython3.11.so.1.0", "BINARY"),
    ]
    kept = {destination for destination, _, _ in reachable(entries, lambda file: links.get(file, []))}
    assert kept == {"app/window.so", "libdraw.so.1", "libfont.so.2", "libpython3.11.so.1.0"}
