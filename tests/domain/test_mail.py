from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.errors import ShopError
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.mail import (
    MailAccount,
    Security,
    WrongAddress,
    checked_account,
    checked_address,
    one_line,
)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("d.ivanova@example.org", "d.ivanova@example.org"),
        ("  D.Ivanova+R1@EXAMPLE.org ", "D.Ivanova+R1@example.org"),
        ("<a@b.de>", "a@b.de"),
        ("mailto:a@b.de", "a@b.de"),
        ("kasse@müller.de", "kasse@xn--mller-kva.de"),
        ("kasse@mu\u0308ller.de", "kasse@xn--mller-kva.de"),
        ("info@straße.de", "info@xn--strae-oqa.de"),
        ("ivan@пример.бг", "ivan@xn--e1afmkfd.xn--90ae"),
    ],
)
def test_one_mailbox_is_taken(typed: str, address: str) -> None:
    assert checked_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "a", "a@", "@b.de", "a@b", "a@b.de, evil@x.de", "a@b.de;evil@x.de", "a@b.de evil@x.de", "a@b@c.de",
        "a@b.de\r\nBcc: evil@x.de", "a\n@b.de", "a@b.de\x00", "a..b@c.de", ".a@b.de", "a.@b.de", "a@.de", "a@b..de",
        "a@-b.de", "a@b-.de", "a@1.2.3.4", "a@[1.2.3.4]", '"a b"@c.de', "Jens <a@b.de>", "a(x)@b.de", "müller@b.de",
        "x" * 65 + "@b.de", "a@" + "x" * 64 + ".de", "a@" + "x." * 130 + "de", "a@b.de>", "<a@b.de",
    ],
)  # fmt: skip
def test_everything_else_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(WrongAddress) as refused:
        checked_address(typed, "customer.email")
    assert refused.value.field == "customer.email"


@given(st.text())
def test_no_text_becomes_two_mailboxes(typed: str) -> None:
    try:
        address = checked_address(typed)
    except WrongAddress:
        return
    assert address.isascii()
    assert address.count("@") == 1
    assert not set(address) & set(' ,;:<>\r\n\t\0"()[]\\')
    assert checked_address(address) == address


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


ACCOUNT = MailAccount(
    " Mail.Example.org. ",
    587,
    Security.STARTTLS,
    " lindner ",
    "info@schlafgut-lindner.de",
    "Schlafgut\nLindner",
)


def test_an_account_is_tidied() -> None:
    checked = checked_account(ACCOUNT)
    assert (checked.host, checked.user, checked.sender_name) == (
        "mail.example.org",
        "lindner",
        "Schlafgut Lindner",
    )


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (MailAccount("", sender_address="a@b.de"), "mail.host"),
        (MailAccount("mail example.org", sender_address="a@b.de"), "mail.host"),
        (MailAccount("mail.example.org", 0, sender_address="a@b.de"), "mail.port"),
        (MailAccount("mail.example.org", 25, Security.NONE, sender_address="a@b.de"), "mail.security"),
        (MailAccount("localhost.example.org", 25, Security.NONE, sender_address="a@b.de"), "mail.security"),
        (MailAccount("mail.example.org", sender_address="a@b.de, c@d.de"), "mail.from"),
    ],
)
def test_an_account_that_cannot_work_is_refused_at_its_field(account: MailAccount, field: str) -> None:
    with pytest.raises(ShopError) as refused:
        checked_account(account)
    assert refused.value.field == field


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_plain_text_stays_inside_this_computer(host: str) -> None:
    assert checked_account(MailAccount(host, 25, Security.NONE, sender_address="a@b.de")).host == host


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("R-2026-0001 Müller & Söhne GmbH.pdf", "R-2026-0001 Müller & Söhne GmbH.pdf"),
        ("../../x.pdf", "_.._x.pdf"),
        ("..\\..\\x.pdf", "_.._x.pdf"),
        ("C:\\x.pdf", "C__x.pdf"),
        ("con", "_con"), ("CON.pdf", "_CON.pdf"), ("LPT¹.pdf", "_LPT¹.pdf"), ("nul.tar.gz", "_nul.tar.gz"),
        ("console.pdf", "console.pdf"),
        ("x.pdf. ", "x.pdf"), ("x\x00.pdf", "x.pdf"), ("\u202efdp.exe", "fdp.exe"), ("a\nb.pdf", "ab.pdf"),
        ("", "file"), (".", "file"), ("..", "file"), ("~$x", "$x"), ("-rf", "rf"), ("%2e%2e%2fx", "_2e_2e_2fx"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)  # fmt: skip
def test_file_names_are_safe_on_every_system(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@given(st.text(max_size=300))
def test_every_file_name_is_short_visible_and_stays_in_its_folder(name: str) -> None:
    safe = safe_file_name(name)
    assert 0 < len(safe) <= 121
    assert not set(safe) & set('<>:"/\\|?*\0\n')
    assert safe[0] not in " .-~"
    assert safe[-1] not in " ."
    assert safe_file_name(safe) == safe
