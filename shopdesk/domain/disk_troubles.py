"""Why a file cannot be read or written, in the owner's words: the system speaks its own language or English."""

from __future__ import annotations

import errno

from shopdesk.domain.messages import N_, Message

_WORDS = {
    "ENOENT": N_("it is not there"),
    "EACCES": N_("access is not allowed"),
    "EPERM": N_("access is not allowed"),
    "EISDIR": N_("it is a folder, not a file"),
    "ENOTDIR": N_("a part of the path is a file, not a folder"),
    "EEXIST": N_("something of that name is there already"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "ENOSPC": N_("the disk is full"),
    "EDQUOT": N_("your space on the disk is used up"),
    "EFBIG": N_("the file is too large"),
    "EROFS": N_("the disk can only be read, not written to"),
    "EBUSY": N_("another program is using it"),
    "ETXTBSY": N_("another program is using it"),
    "ENAMETOOLONG": N_("the name is too long"),
    "EINVAL": N_("such a name is not possible here"),
    "EIO": N_("the disk has a fault"),
    "EMFILE": N_("too many files are open"),
    "ENFILE": N_("too many files are open"),
    "ELOOP": N_("the links in the path lead in a circle"),
    "ENODEV": N_("the disk is not connected"),
    "ENXIO": N_("the disk is not connected"),
    "ESTALE": N_("the network drive does not answer"),
    "ETIMEDOUT": N_("the network drive does not answer"),
}

# Windows' own numbers that Python turns into EACCES, though the owner can act on them: sharing and lock violation
_IN_USE = frozenset({32, 33})


def why(error: OSError) -> Message:
    """The reason as a part of a sentence; of one that we have no words for what the system says."""
    if getattr(error, "winerror", None) in _IN_USE:
        return Message(N_("another program is using it"))
    name = errno.errorcode.get(error.errno or 0, "")  # not every system has every number
    if name in _WORDS:
        return Message(_WORDS[name])
    return Message("{reason}", {"reason": error.strerror or type(error).__name__})


def missing() -> Message:
    """The reason where a file was looked for in vain."""
    return Message(_WORDS["ENOENT"])
