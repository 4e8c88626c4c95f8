"""contracts/ORDER.md's `auto`, sentence by sentence, and RULES.md 2, row by row, through the order file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.i18n import Texts
from shopdesk.usecases import shop_settings
from shopdesk.usecases.orders import Wanted, issue_order
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.turnover import meters

Issue = Callable[..., dict[str, Any]]

GERMANY = {"lines": ["Am Rohn 22"], "postal_code": "37081", "city": "Göttingen", "country": "DE"}
BULGARIA = {"lines": ["ul. Shipka 1"], "postal_code": "5300", "city": "Gabrovo", "country": "BG"}
SWITZERLAND = {"lines": ["Seeweg 1"], "postal_code": "8001", "city": "Zürich", "country": "CH"}
BG_ID, DE_ID = "BG175074752", "DE136695976"
GOODS = {"kind": "goods", "text": "Rollmatratze", "quantity": "1", "unit_price": "100.00"}
SERVICE = {"kind": "service", "text": "Aufbau", "quantity": "1", "unit_price": "50.00"}
POSTAGE = {"kind": "postage", "text": "Porto", "quantity": "1", "unit_price": "10.00"}


def buyer(
    address: dict[str, Any], vat_id: str = "", delivery: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A business when there is a VAT id, else Desislava Ivanova."""
    name = (
        {"company": "Hotel Shipka EOOD"} if vat_id else {"given_name": "Desislava", "family_name": "Ivanova"}
    )
    return {**name, "address": address, "delivery_address": delivery, "vat_id": vat_id, "language": "de"}


@pytest.fixture
def issue(open_shop: Shop, tmp_path: Path) -> Issue:
    """`issue(customer=…, lines=…)` gives the answer; errors are raised."""
    count = 0
    seller(open_shop, language="en")

    def act(*, texts: Texts | None = None, **order: Any) -> dict[str, Any]:
        nonlocal count
        count += 1
        whole = {
            "kind": "invoice", "request_key": f"test-{count}", "delivery_date": "2026-11-23", "due": "+7",
            "prices": "net", "lines": [GOODS], **order,
        }  # fmt: skip
        return issue_order(
            open_shop, json.dumps(whole).encode(), Wanted(tmp_path / "out"), texts or Texts("en")
        )

    return act


def seller(shop: Shop, **changes: Any) -> None:
    profile = shop_settings.profile(shop)
    own = {name: changes.pop(name) for name in ("small_business", "vat_id") if name in changes}
    shop_settings.save_profile(
        shop, replace(profile, seller=replace(profile.seller, **own), prepay=False, **changes)
    )


def rows(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["category"], row["rate"]) for row in answer["totals"]["vat"]]


def warned(answer: dict[str, Any]) -> set[str]:
    return {warning["code"] for warning in answer["warnings"]}


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(ShopError) as error:
        act()
    return error.value.code, error.value.field


@pytest.mark.parametrize(
    "order",
    [
        {"customer": buyer(GERMANY)},
        {"customer": buyer(BULGARIA)},
        {"customer": buyer(BULGARIA, BG_ID)},
        {"customer": buyer(BULGARIA, BG_ID), "lines": [SERVICE]},
        {"customer": buyer(SWITZERLAND)},
        {"customer": buyer(SWITZERLAND), "lines": [SERVICE]},
    ],
    ids=["at home", "private abroad", "business abroad", "service abroad", "third country", "service there"],
)
def test_a_small_business_is_always_one(open_shop: Shop, issue: Issue, order: dict[str, Any]) -> None:
    seller(open_shop, small_business=True, oss="yes")
    answer = issue(**order)
    assert (answer["tax_case"], rows(answer)) == ("small_business", [("E", "0")])
    assert "§ 19" in answer["tax_reason"]


@pytest.mark.parametrize("customer", [buyer(GERMANY), buyer(GERMANY, DE_ID)], ids=["private", "business"])
def test_a_buyer_in_the_sellers_country_is_domestic(issue: Issue, customer: dict[str, Any]) -> None:
    answer = issue(customer=customer)
    assert (answer["tax_case"], rows(answer)) == ("domestic", [("S", "19")])
    assert answer["tax_reason"] == "19 % domestic"


@pytest.mark.parametrize(
    ("lines", "case", "category"),
    [([GOODS, POSTAGE], "intra_community", "K"), ([SERVICE], "reverse_charge", "AE")],
)
def test_a_business_elsewhere_in_the_eu_owes_the_tax_itself(
    issue: Issue, lines: list[dict[str, Any]], case: str, category: str
) -> None:
    answer = issue(customer=buyer(BULGARIA, BG_ID), lines=lines)
    assert (answer["tax_case"], rows(answer)) == (case, [(category, "0")])
    assert "Bulgaria" in answer["tax_reason"]
    assert "vat-id-unconfirmed" in warned(answer)


def test_goods_and_services_for_it_ask_the_owner(issue: Issue) -> None:
    order = {"customer": buyer(BULGARIA, BG_ID), "lines": [GOODS, SERVICE]}
    assert refused(lambda: issue(**order)) == ("mixed-case", "tax_case")
    assert issue(**order, tax_case="intra_community")["tax_case"] == "intra_community"


def test_a_vat_id_with_a_wrong_check_digit_is_refused(issue: Issue) -> None:
    assert refused(lambda: issue(customer=buyer(BULGARIA, "BG175074753"))) == ("vat-id", "customer.vat_id")


@pytest.mark.parametrize(
    ("oss", "case", "rate"), [("auto", "domestic", "19"), ("no", "domestic", "19"), ("yes", "oss", "20")]
)
def test_a_private_buyer_elsewhere_is_taxed_as_the_shop_says(
    open_shop: Shop, issue: Issue, oss: str, case: str, rate: str
) -> None:
    seller(open_shop, oss=oss)
    answer = issue(customer=buyer(BULGARIA))
    assert (answer["tax_case"], rows(answer)) == (case, [("S", rate)])
    assert "Bulgaria" in answer["tax_reason"]
    assert f"{rate} %" in answer["tax_reason"]


def test_the_sale_that_crosses_the_limit_is_itself_under_the_other_rule(issue: Issue) -> None:
    first = issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "9999.00"}])
    at_limit = issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "1.00"}])
    over = issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "0.01"}])
    after = issue(customer=buyer(BULGARIA))
    assert [each["tax_case"] for each in (first, at_limit, over, after)] == [
        "domestic",
        "domestic",
        "oss",
        "oss",
    ]
    assert "oss-threshold" in warned(over)
    assert "oss-threshold" not in warned(at_limit) | warned(after)
    assert "€10,000.00 of €10,000.00" in at_limit["tax_reason"]


def test_corrections_bring_the_sum_below_the_limit_again(issue: Issue) -> None:
    big = issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "9990.00"}])
    crossing = issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "200.00"}])
    assert crossing["tax_case"] == "oss"
    issue(kind="credit_note", refers_to=big["number"], customer=buyer(BULGARIA), lines=[GOODS])
    assert issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "0.01"}])["tax_case"] == "oss"
    issue(kind="cancellation", refers_to=crossing["number"], lines=[])
    assert issue(customer=buyer(BULGARIA))["tax_case"] == "domestic"


def test_a_deposit_and_its_final_invoice_count_once(open_shop: Shop, issue: Issue) -> None:
    whole = {"customer": buyer(BULGARIA), "lines": [{**GOODS, "unit_price": "1000.00"}]}
    deposit = issue(
        kind="deposit_invoice", customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "400.00"}]
    )
    counted = [meters(open_shop)[0].sum]
    issue(kind="final_invoice", refers_to=deposit["number"], **whole)
    assert [*counted, meters(open_shop)[0].sum] == [Money(400_00), Money(1000_00)]


def test_other_currencies_are_not_counted_as_euros(issue: Issue) -> None:
    issue(customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "900000"}], currency="HUF")
    assert issue(customer=buyer(BULGARIA))["tax_case"] == "domestic"


def test_last_years_sum_counts_too(issue: Issue) -> None:
    issue(
        customer=buyer(BULGARIA), lines=[{**GOODS, "unit_price": "10000.01"}], delivery_date="2025-12-30",
        tax_case="domestic",
    )  # fmt: skip
    assert issue(customer=buyer(BULGARIA))["tax_case"] == "oss"


def test_a_third_country_gets_goods_without_vat_and_asks_about_services(issue: Issue) -> None:
    answer = issue(customer=buyer(SWITZERLAND))
    assert (answer["tax_case"], rows(answer)) == ("export", [("G", "0")])
    assert "Switzerland" in answer["tax_reason"]
    asked = refused(lambda: issue(customer=buyer(SWITZERLAND), lines=[SERVICE]))
    assert asked == ("tax-case-undecided", "tax_case")


def test_a_domestic_line_without_a_rate_is_zero_rated(issue: Issue) -> None:
    panel = {**GOODS, "text": "Solarmodul", "vat_rate": "0"}
    answer = issue(customer=buyer(GERMANY), lines=[panel])
    assert (answer["tax_case"], rows(answer)) == ("domestic", [("Z", "0")])
    assert answer["tax_reason"] == "0 % domestic: photovoltaics, § 12 (3) UStG"
    mixed = issue(customer=buyer(GERMANY), lines=[GOODS, panel])
    assert rows(mixed) == [("S", "19"), ("Z", "0")]
    assert mixed["tax_reason"] == "19 and 0 % domestic"


@pytest.mark.parametrize(
    ("customer", "fulfilment", "case"),
    [
        (buyer(BULGARIA, BG_ID), "pickup", "domestic"),
        (buyer(BULGARIA), "pickup", "domestic"),
        (buyer(SWITZERLAND), "pickup", "domestic"),
        (buyer(GERMANY, "", BULGARIA), "ship", "domestic"),
        (buyer(BULGARIA, BG_ID, GERMANY), "ship", "domestic"),
        (buyer(GERMANY, BG_ID, BULGARIA), "deliver", "intra_community"),
        (buyer(BULGARIA, "", SWITZERLAND), "ship", "export"),
        (buyer(BULGARIA, DE_ID), "ship", "domestic"),
    ],
)
def test_where_the_goods_go_decides_and_not_the_invoice_address(
    issue: Issue, customer: dict[str, Any], fulfilment: str, case: str
) -> None:
    assert issue(customer=customer, fulfilment=fulfilment)["tax_case"] == case


@pytest.mark.parametrize(
    ("country", "code", "case"),
    [
        ("ES", "35001", "export"), ("ES", "28013", "domestic"), ("ES", "E-38001", "export"), ("DE", "27498", "export"),
        ("DE", "27499", "domestic"), ("FI", "22100", "export"), ("FI", "00220", "domestic"), ("FR", "97110", "export"),
        ("FR", "75001", "domestic"), ("IT", "23041", "export"), ("IT", "23040", "domestic"),
    ],
)  # fmt: skip
def test_places_outside_the_vat_area_of_the_eu_are_exports(
    issue: Issue, country: str, code: str, case: str
) -> None:
    there = {**BULGARIA, "country": country, "postal_code": code}
    answer = issue(customer=buyer(there))
    assert answer["tax_case"] == case
    if case == "export":
        assert "outside the VAT area" in answer["tax_reason"]
        assert refused(lambda: issue(customer=buyer(there), tax_case="oss"))[0] == "tax-case"


# RULES.md 2 by hand: what each case needs, and what contradicts the facts


@pytest.mark.parametrize(
    ("order", "categories", "warning"),
    [
        ({"customer": buyer(GERMANY), "tax_case": "domestic"}, ["S"], ""),
        ({"customer": buyer(BULGARIA, BG_ID), "tax_case": "domestic"}, ["S"], "tax-case-by-hand"),
        ({"customer": buyer(BULGARIA), "tax_case": "oss"}, ["S"], "tax-case-by-hand"),
        ({"customer": buyer(BULGARIA, BG_ID), "tax_case": "intra_community"}, ["K"], "vat-id-unconfirmed"),
        (
            {"customer": buyer(BULGARIA, BG_ID), "tax_case": "intra_community", "fulfilment": "pickup"},
            ["K"], "pickup-assurance",
        ),
        ({"customer": buyer(GERMANY, DE_ID), "tax_case": "reverse_charge"}, ["AE"], "tax-case-by-hand"),
        ({"customer": buyer(SWITZERLAND), "tax_case": "export"}, ["G"], ""),
        ({"customer": buyer(SWITZERLAND), "tax_case": "domestic"}, ["S"], "tax-case-by-hand"),
        ({"customer": buyer(GERMANY), "tax_case": "margin_scheme"}, ["E"], "tax-case-by-hand"),
        (
            {"customer": buyer(GERMANY), "tax_case": "exempt", "tax_note": "§ 4 Nr. 21 UStG"},
            ["E"], "tax-case-by-hand",
        ),
        (
            {"customer": buyer(BULGARIA, BG_ID), "lines": [GOODS, SERVICE], "tax_case": "intra_community"},
            ["K"], "tax-case-by-hand",
        ),
        (
            {"customer": buyer(GERMANY), "lines": [GOODS, {**GOODS, "tax_case": "margin_scheme"}, POSTAGE]},
            ["S", "E"], "",
        ),
        (
            {"customer": buyer(BULGARIA, BG_ID), "lines": [{**GOODS, "tax_case": "margin_scheme"}]},
            ["E"], "",
        ),
        ({"customer": buyer(BULGARIA, BG_ID), "lines": [{**GOODS, "kind": "voucher"}]}, ["O"], ""),
        (
            {"customer": buyer(BULGARIA, BG_ID), "tax_case": "intra_community", "delivery_date": "2026-09-30"},
            ["K"], "late-invoice",
        ),
    ],
)  # fmt: skip
def test_by_hand(issue: Issue, order: dict[str, Any], categories: list[str], warning: str) -> None:
    answer = issue(**order)
    assert [category for category, _rate in rows(answer)] == categories
    about_tax = {
        "tax-case-by-hand",
        "pickup-assurance",
        "late-invoice",
        "oss-threshold",
        "vat-id-unconfirmed",
    }
    assert (warning in warned(answer)) if warning else not warned(answer) & about_tax


def test_the_warning_says_what_it_would_be_by_itself(issue: Issue) -> None:
    answer = issue(customer=buyer(BULGARIA, BG_ID), tax_case="domestic", texts=Texts("en"))
    words = next(each["message"] for each in answer["warnings"] if each["code"] == "tax-case-by-hand")
    assert "No VAT: intra-community supply, Bulgaria" in words
    assert answer["tax_reason"] == "19 % domestic, chosen by hand"


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"customer": buyer(BULGARIA), "tax_case": "intra_community"}, "BR-IC-02"),
        ({"customer": buyer(BULGARIA), "tax_case": "reverse_charge"}, "BR-AE-02"),
        ({"customer": buyer(GERMANY, BG_ID), "tax_case": "intra_community"}, "tax-case"),
        ({"customer": buyer(BULGARIA, DE_ID), "tax_case": "intra_community"}, "vat-id"),
        ({"customer": buyer(BULGARIA), "tax_case": "export"}, "tax-case"),
        ({"customer": buyer(GERMANY), "tax_case": "oss"}, "tax-case"),
        ({"customer": buyer(GERMANY), "tax_case": "small_business"}, "tax-case"),
        ({"customer": buyer(GERMANY), "tax_case": "exempt"}, "BR-E-10"),
        ({"customer": buyer(GERMANY), "lines": [GOODS, {**GOODS, "kind": "voucher"}]}, "BR-O-11"),
        ({"customer": buyer(BULGARIA, BG_ID), "lines": [{**GOODS, "vat_rate": "19"}]}, "vat-rate"),
        (
            {"customer": buyer(BULGARIA), "tax_case": "oss", "lines": [{**GOODS, "vat_rate": "19"}]},
            "vat-rate",
        ),
        ({"customer": buyer(BULGARIA), "tax_case": "oss", "lines": [{**GOODS, "vat_rate": "8"}]}, "vat-rate"),
        ({"customer": buyer(GERMANY), "lines": [{**GOODS, "vat_rate": "16"}]}, "vat-rate"),
        ({"customer": buyer(BULGARIA), "tax_case": "oss", "lines": [{**GOODS, "vat_rate": "0"}]}, "vat-rate"),
        (
            {"customer": buyer(BULGARIA), "tax_case": "oss", "lines": [GOODS, {**GOODS, "vat_rate": "0"}]},
            "vat-rate",
        ),
        ({"customer": buyer(GERMANY), "lines": [GOODS, {**POSTAGE, "vat_rate": "7"}]}, "vat-rate"),
        (
            {"customer": buyer(GERMANY), "lines": [GOODS, {**POSTAGE, "kind": "packaging", "vat_rate": "0"}]},
            "vat-rate",
        ),
    ],
)
def test_what_a_case_lacks_is_named(issue: Issue, order: dict[str, Any], code: str) -> None:
    assert refused(lambda: issue(**order))[0] == code


def test_a_reduced_rate_of_the_buyers_country_is_the_owners_to_choose(issue: Issue) -> None:
    book = {**GOODS, "text": "Buch", "vat_rate": "9"}
    answer = issue(customer=buyer(BULGARIA), tax_case="oss", lines=[GOODS, book])
    assert rows(answer) == [("S", "20"), ("S", "9")]


def test_no_oss_line_is_without_vat_by_itself(open_shop: Shop, issue: Issue) -> None:
    seller(open_shop, oss="yes")
    panel = {**GOODS, "vat_rate": "0"}
    alone = refused(lambda: issue(customer=buyer(BULGARIA), lines=[panel]))
    mixed = refused(lambda: issue(customer=buyer(BULGARIA), lines=[GOODS, panel]))
    assert (alone, mixed) == (("vat-rate", "lines[0].vat_rate"), ("vat-rate", "lines[1].vat_rate"))


def test_goods_with_oss_and_a_service_ask_the_owner(open_shop: Shop, issue: Issue) -> None:
    order = {"customer": buyer(BULGARIA), "lines": [GOODS, SERVICE]}
    assert rows(issue(**order)) == [("S", "19")], "below the limit both have the rate at home"
    seller(open_shop, oss="yes")
    assert refused(lambda: issue(**order)) == ("mixed-case", "tax_case")
    assert rows(issue(customer=buyer(BULGARIA), lines=[SERVICE])) == [("S", "19")]
    assert rows(issue(customer=buyer(BULGARIA), lines=[GOODS])) == [("S", "20")]
    ancillary = issue(customer=buyer(BULGARIA), lines=[GOODS, {**SERVICE, "kind": "goods"}])
    assert rows(ancillary) == [("S", "20")]
    chosen = issue(**order, tax_case="oss")
    assert "tax-case-by-hand" in warned(chosen)


def test_postage_may_name_a_rate_that_the_goods_have(issue: Issue) -> None:
    book = {**GOODS, "text": "Buch", "vat_rate": "7"}
    lines = [GOODS, book, {**POSTAGE, "vat_rate": "7"}, {**POSTAGE, "vat_rate": "19"}]
    assert rows(issue(customer=buyer(GERMANY), lines=lines)) == [("S", "19"), ("S", "7")]


def test_a_correction_may_take_back_postage_alone(issue: Issue) -> None:
    bill = issue(customer=buyer(GERMANY), lines=[GOODS, POSTAGE])
    back = [{**POSTAGE, "vat_rate": "19"}]
    answer = issue(kind="credit_note", refers_to=bill["number"], customer=buyer(GERMANY), lines=back)
    assert rows(answer) == [("S", "19")]


# the sentences that the owner reads, in German


def there(country: str, vat_id: str = "", **names: str) -> dict[str, Any]:
    return {**buyer({**BULGARIA, "country": country}, vat_id), **names}


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"customer": there("CH")}, "Keine USt: Ausfuhr, Schweiz"),
        ({"customer": there("US")}, "Keine USt: Ausfuhr, Vereinigte Staaten"),
        ({"customer": there("NL")}, "19 % Inland: Privatkunde, Niederlande, OSS 100,00 € von 10.000,00 €"),
        (
            {"customer": there("NL", company="Hotel Amstel")},
            "19 % Inland: Unternehmen ohne USt-IdNr., Niederlande, OSS 100,00 € von 10.000,00 €",
        ),
        ({"customer": there("SK"), "lines": [SERVICE]}, "19 % Inland: Leistung, Privatkunde, Slowakei"),
        (
            {"customer": there("BG", BG_ID), "lines": [SERVICE]},
            "Keine USt: Das Unternehmen schuldet sie im eigenen Land (Bulgarien)",
        ),
        (
            {"customer": there("GB"), "tax_case": "export"},
            "Keine USt: Ausfuhr, Vereinigtes Königreich, von Hand gewählt",
        ),
        (
            {"customer": buyer({**GERMANY, "postal_code": "27498"}), "tax_case": "export"},
            "Keine USt: Ausfuhr, der Ort liegt außerhalb des Steuergebiets der EU, von Hand gewählt",
        ),
        ({"customer": there("NL"), "tax_case": "oss"}, "21 % Niederlande: OSS, USt des Ziellandes, von Hand gewählt"),
        (
            {"customer": buyer(GERMANY, DE_ID), "tax_case": "reverse_charge"},
            "Keine USt: Der Kunde schuldet sie als Unternehmen (Reverse Charge, § 13b UStG), von Hand gewählt",
        ),
        (
            {"customer": there("BG", BG_ID), "lines": [SERVICE], "tax_case": "reverse_charge"},
            "Keine USt: Das Unternehmen schuldet sie im eigenen Land (Bulgarien), von Hand gewählt",
        ),
        (
            {"customer": there("BG", BG_ID), "tax_case": "intra_community"},
            "Keine USt: innergemeinschaftliche Lieferung, Bulgarien, von Hand gewählt",
        ),
        (
            {"customer": buyer(GERMANY), "tax_case": "margin_scheme"},
            "Keine USt ausgewiesen: Differenzbesteuerung, § 25a UStG, von Hand gewählt",
        ),
        (
            {"customer": buyer(GERMANY), "tax_case": "exempt", "tax_note": "§ 4 Nr. 21 UStG"},
            "Keine USt: steuerfrei (§ 4 Nr. 21 UStG), von Hand gewählt",
        ),
        (
            {"customer": buyer(GERMANY), "tax_case": "domestic", "lines": [{**GOODS, "vat_rate": "0"}]},
            "0 % Inland: Photovoltaik, § 12 Abs. 3 UStG, von Hand gewählt",
        ),
    ],
)  # fmt: skip
def test_the_sentence_reads_well_for_every_country(
    open_shop: Shop, issue: Issue, order: dict[str, Any], reason: str
) -> None:
    seller(open_shop, language="de")
    answer = issue(**order, texts=Texts("de"))
    assert answer["tax_reason"].replace("\N{NO-BREAK SPACE}", " ") == reason


def test_a_business_with_oss_is_not_called_private(open_shop: Shop, issue: Issue) -> None:
    seller(open_shop, oss="yes", language="de")
    reason = issue(customer=there("NL", company="Hotel Amstel"))["tax_reason"]
    assert reason == "21 % Niederlande: Unternehmen ohne USt-IdNr., OSS"


def test_a_small_business_at_its_limits(open_shop: Shop, issue: Issue) -> None:
    seller(open_shop, small_business=True)
    below = issue(customer=buyer(GERMANY), lines=[{**GOODS, "unit_price": "25000"}])
    next_year = issue(customer=buyer(GERMANY), lines=[{**GOODS, "unit_price": "75000"}])
    over = issue(customer=buyer(GERMANY), lines=[{**GOODS, "unit_price": "0.01"}])
    assert [("small-business-limit" in warned(each)) for each in (below, next_year, over)] == [
        False,
        True,
        True,
    ]
    said = [
        next(warning["message"] for warning in each["warnings"] if warning["code"] == "small-business-limit")
        for each in (next_year, over)
    ]
    assert "next year" in said[0]
    assert "taxed already" in said[1]


def test_an_invoice_before_a_change_of_the_rate_keeps_the_old_one(open_shop: Shop, issue: Issue) -> None:
    seller(open_shop, oss="yes")
    for country, before, after, first in (
        ("FI", "24", "25.5", "2024-09-01"), ("SK", "20", "23", "2025-01-01"), ("EE", "22", "24", "2025-07-01"),
        ("RO", "19", "21", "2025-08-01"),
    ):  # fmt: skip
        there = {**BULGARIA, "country": country}
        day = f"{int(first[:4]) - (first[5:7] == '01')}-{(int(first[5:7]) - 2) % 12 + 1:02}-28"
        old = issue(customer=buyer(there), delivery_date=day)
        new = issue(customer=buyer(there), delivery_date=first)
        assert (rows(old), rows(new)) == ([("S", before)], [("S", after)]), country
    for day, rate in (("2020-06-30", "19"), ("2020-07-01", "16"), ("2020-12-31", "16"), ("2021-01-01", "19")):
        assert rows(issue(customer=buyer(GERMANY), delivery_date=day)) == [("S", rate)]


def test_amounts_of_the_answer_add_up_in_every_case(issue: Issue) -> None:
    for customer in (buyer(GERMANY), buyer(BULGARIA), buyer(BULGARIA, BG_ID), buyer(SWITZERLAND)):
        sums = issue(customer=customer, lines=[GOODS, POSTAGE])["totals"]
        vat = sum(Decimal(row["amount"]) for row in sums["vat"])
        assert Decimal(sums["net"]) + vat == Decimal(sums["gross"])
