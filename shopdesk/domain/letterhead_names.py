"""What the designs of a letterhead and their parts are called."""

from __future__ import annotations

from collections.abc import Mapping

from shopdesk.domain.letterheads import Design, Font, FooterBlock, HeadStyle, InformationPlace, TableStyle
from shopdesk.domain.messages import N_

DESIGNS: Mapping[Design, str] = {
    Design.CALM: N_("Calm"),
    Design.CLASSIC: N_("Classic"),
    Design.STRONG: N_("Strong"),
}
FONTS: Mapping[Font, str] = {
    Font.SANS: N_("Without serifs (Noto Sans)"),
    Font.SERIF: N_("With serifs (Noto Serif)"),
}
HEADS: Mapping[HeadStyle, str] = {
    HeadStyle.LEFT: N_("Name at the left, logo at the right"),
    HeadStyle.CENTRED: N_("In the middle, with rules"),
    HeadStyle.BAND: N_("Band of colour"),
}
TABLES: Mapping[TableStyle, str] = {
    TableStyle.SHADED: N_("Grey head"),
    TableStyle.RULED: N_("Rules only"),
    TableStyle.FILLED: N_("Coloured head, striped"),
}
PLACES: Mapping[InformationPlace, str] = {
    InformationPlace.RIGHT: N_("Beside the address"),
    InformationPlace.ABOVE: N_("Above the subject"),
    InformationPlace.BELOW: N_("Below the subject"),
}
BLOCKS: Mapping[FooterBlock, str] = {
    FooterBlock.ADDRESS: N_("Name and address"),
    FooterBlock.CONTACT: N_("Phone, mail, website"),
    FooterBlock.REGISTER: N_("Tax number, register"),
    FooterBlock.BANK: N_("Bank account"),
    FooterBlock.TEXT: N_("Own text"),
}
