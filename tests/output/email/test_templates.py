from __future__ import annotations

import pytest

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.mail_templates import (
    GAPS,
    Audience,
    GapIsEmpty,
    MailTemplate,
    TemplateProblem,
    audiences_for,
)
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.output.email.default_templates import default_template, default_templates
from shopdesk.output.email.templates import check, fill

FULL = {name: f"‹{name}›" for name in GAPS}
# what need not be known for every document
MAY_MISS = ("due", "refers_to", "valid_until", "prepay", "payable", "phone", "owner", "date", "customer")
ASKS_FOR_MONEY = BILLS | {DocumentKind.PAYMENT_REMINDER}
IBAN_LINE = {
    "de": "Unsere Bankverbindung ändert sich nie per Mail",
    "en": "Our bank details never change by mail",
    "fr": "Nos coordonnées bancaires ne changent jamais par e-mail",
    "bg": "Банковата ни сметка никога не се променя по имейл",
}


def written(body: str, subject: str = "x") -> MailTemplate:
    return MailTemplate(DocumentKind.INVOICE, Audience.ANY, "de", subject, body)


@pytest.mark.parametrize("template", default_templates(), ids=lambda t: f"{t.kind}-{t.audience}-{t.language}")
def test_the_shipped_texts_can_be_filled_whatever_is_not_known(template: MailTemplate) -> None:
    check(template)
    for known in (FULL, {name: value for name, value in FULL.items() if name not in MAY_MISS}):
        text = fill(template, known)
        assert "{" not in text.subject + text.body
        assert "  " not in text.body
        assert "\n\n\n" not in text.body
        assert text.body.startswith("‹greeting›\n\n")
        assert (IBAN_LINE[template.language] in text.body) == (template.kind in ASKS_FOR_MONEY)


def test_there_is_a_text_for_every_kind_audience_and_language() -> None:
    for kind in DocumentKind:
        for language in PAPER_LANGUAGES:
            for is_business in (True, False):
                found = default_template(kind, audiences_for(is_business), language)
                assert found is not None
                assert found.language == language
    fallback = default_template(DocumentKind.QUOTE, audiences_for(False), "it")
    assert fallback is not None
    assert fallback.language == "en"


def test_an_empty_gap_is_named() -> None:
    with pytest.raises(GapIsEmpty) as refused:
        fill(written("Bis zum {{ due }}"), FULL | {"due": ""})
    assert refused.value.message.values["gap"] == "due"
    assert fill(written("{% if due %}Bis zum {{ due }}{% else %}Bald{% endif %}"), {}).body == "Bald\n"


def test_a_customers_name_is_text_and_never_a_template() -> None:
    assert fill(written("{{ customer }}"), {"customer": "{{ number }} <b>&"}).body == "{{ number }} <b>&\n"
    assert fill(written("x", "{{ customer }}"), {"customer": "A\nBcc: b@c.de"}).subject == "A Bcc: b@c.de"


@pytest.mark.parametrize(
    "body",
    [
        "{{ nubmer }}",
        "{{ number",
        "{% if number %}",
        "{% for i in number %}{% endfor %}",
        "{{ number.__class__ }}",
        "{{ number['x'] }}",
        "{{ number|upper }}",
        "{{ range(9) }}",
        "{% include 'x' %}",
        "{% set x = 1 %}",
        "{% macro x() %}{% endmacro %}",
        "{{ 9 ** 9 }}",
        "x" * 20_001,
        "  \n",
    ],
)
def test_only_gaps_and_conditions_are_taken(body: str) -> None:
    with pytest.raises(TemplateProblem):
        check(written(body))
