"""Encrypted lines whose certificates are really checked."""

from __future__ import annotations

import ssl
import sys
from pathlib import Path

# where systems keep the authorities they trust; a frozen program's TLS library looks where it was built
_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def checked_context(ca_file: str = "") -> ssl.SSLContext:
    """A context that checks certificate and host name; the system's authorities, or those of the file."""
    return ssl.create_default_context(cafile=ca_file or system_authorities())


def system_authorities() -> str | None:
    """The system's file of authorities where the TLS library does not know it; None where it does."""
    known = ssl.get_default_verify_paths()
    if sys.platform == "win32" or known.cafile or known.capath:
        return None
    return next((file for file in _AUTHORITIES if Path(file).is_file()), None)
