"""Where an e-invoice goes (BT-34, BT-49): an address and the kind it is of, a code of the list EAS (BR-CL-25)."""

from __future__ import annotations

from shopdesk.domain.documents import Recipient
from shopdesk.domain.leitweg_ids import leitweg_id_is_valid

MAIL, LEITWEG, GERMAN_VAT_ID, GLN, DUNS = "EM", "0204", "9930", "0088", "0060"
SCHEMES = frozenset(
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0170 0183 0184 0188 0190 "
    "0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 "
    "0217 0218 0221 0225 0230 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 "
    "9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 "
    "9957 9959 AN AQ AS AU EM".split()
)


def electronic_address(recipient: Recipient) -> tuple[str, str]:
    """The buyer's address and its scheme: what was noted, else the mail address, else the Leitweg-ID."""
    if recipient.electronic_address.strip():
        return recipient.electronic_address.strip(), recipient.electronic_scheme or MAIL
    if not recipient.email.strip() and leitweg_id_is_valid(recipient.buyer_reference):
        return recipient.buyer_reference.strip(), LEITWEG
    return recipient.email.strip(), MAIL
