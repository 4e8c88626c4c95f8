"""Which folders a database must not lie in: those that other computers write to as well."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from shopdesk.store.problems import FolderNotAllowed

# what to look for first, since compiling all patterns would cost a start 5 ms; then the folder's whole name
_SERVICES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("OneDrive", ("onedrive",), r"onedrive(?:$|[ -].*)"),
    ("Dropbox", ("dropbox",), r"dropbox(?:$| \(.*\))"),
    (
        "iCloud",
        ("icloud", "clouddocs", "mobile doc"),
        r"icloud ?drive.*|com~apple~clouddocs|mobile documents",
    ),
    (
        "Google Drive",
        ("google", "ablage", "my drive", "shortcut-targets"),
        r"google ?drive.*|meine ablage|my drive|\.shortcut-targets-by-id",
    ),
    ("Nextcloud", ("nextcloud",), r"nextcloud\d*"),
    ("ownCloud", ("owncloud",), r"owncloud\d*"),
    ("Box", ("box",), r"box sync|box-box"),
    ("pCloud", ("pcloud",), r"pcloud ?drive|pcloud ?sync"),
    ("MEGA", ("mega",), r"mega(?:sync)?"),
    ("MagentaCLOUD", ("magenta",), r"magentacloud"),
    ("HiDrive", ("hidrive",), r"hidrive"),
    ("Seafile", ("seafile", "seadrive"), r"seafile|seadrive"),
    ("Tresorit", ("tresorit",), r"tresorit(?: drive)?"),
    ("Cloud", ("cloudstorage",), r"cloudstorage"),
    ("gvfs", ("gvfs",), r"gvfs"),
)
_MARKERS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".csync_journal.db", "ownCloud"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
)
_LOCAL_SYSTEMS = frozenset(
    {"apfs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "vfat", "xfs", "zfs"}
)
_NETWORK_SYSTEMS = (
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|ceph|glusterfs|fuse\.(?:sshfs|rclone|davfs\d?|gvfsd-fuse|s3fs|google-drive-ocamlfuse"
    r"|onedrive|smbnetfs|glusterfs|curlftpfs)|davfs\d?"
)
_WINDOWS_REMOTE_DRIVE = 4


def refuse_shared_folder(path: Path) -> None:
    """Raise FolderNotAllowed when `path` lies in a cloud or network folder."""
    service = shared_folder(path)
    if service:
        raise FolderNotAllowed(path, service=service)


def shared_folder(path: Path | str) -> str:
    """Name the cloud or network service that a path belongs to, or give an empty text."""
    text = str(path)
    if text.startswith(("\\\\", "//")) and not text.startswith(("\\\\?\\", "\\\\.\\")):
        return "network"
    if text.upper().startswith("\\\\?\\UNC\\"):
        return "network"
    # the text first: a Windows path has to be recognised on every system (imports, tests)
    return _by_name(re.split(r"[\\/]", text)[:-1]) or _by_place(Path(path))


def _by_name(parts: list[str]) -> str:
    for part in parts:
        for service, signs, pattern in _SERVICES:
            if any(sign in part.lower() for sign in signs) and re.fullmatch(pattern, part, re.IGNORECASE):
                return service
    return ""


def _by_place(path: Path) -> str:
    folder = _nearest_folder(path)
    named = _by_name(list(folder.parts))
    if named:
        return named
    for ancestor in (folder, *folder.parents):
        for marker, service in _MARKERS:
            # ~/.dropbox holds Dropbox's own settings; the home folder itself is not synchronised
            if ancestor != Path.home() and (ancestor / marker).exists():
                return service
    return _by_environment(folder) or ("network" if _is_network_mount(folder) else "")


def _nearest_folder(path: Path) -> Path:
    folder = path.absolute().parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.resolve()


def _by_environment(folder: Path) -> str:
    # OneDrive folders can be renamed; Windows tells where they are
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(name)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    return ""


def _is_network_mount(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _WINDOWS_REMOTE_DRIVE)
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return False
    system = _file_system_of(folder, mounts.read_text(encoding="utf-8"))
    return system not in _LOCAL_SYSTEMS and re.fullmatch(_NETWORK_SYSTEMS, system) is not None


def _file_system_of(folder: Path, mountinfo: str) -> str:
    """Name the file system of the longest mount point above `folder` (proc(5), /proc/pid/mountinfo)."""
    longest, system = -1, ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= longest:
            longest, system = len(point), after.split(" ")[0]
    return system
