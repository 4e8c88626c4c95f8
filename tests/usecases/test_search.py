from __future__ import annotations

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.usecases import customers, search
from shopdesk.usecases.shop import Shop

IVANOVA = Customer(
    person=PersonName(Salutation.MRS, given_name="Desislava", family_name="Ivanova"),
    phones=(Phone("+359 66 810 234", "+35966810234"),),
    emails=("desislava.ivanova@example.bg",),
)


def test_a_saved_customer_is_found_at_once_beside_articles(open_shop: Shop) -> None:
    customers.create(open_shop, IVANOVA)
    assert [one.title for one in search.find(open_shop, "0234")] == ["Desislava Ivanova"]
    assert {one.type for one in search.find(open_shop, "rollmatratze")} == {"article"}
    assert search.find(open_shop, "rollmatratze", types=("customer",)) == ()


def test_a_known_caller_has_a_name_and_a_stranger_none(open_shop: Shop) -> None:
    customers.create(open_shop, IVANOVA)
    assert [one.title for one in search.caller(open_shop, "0035966810234")] == ["Desislava Ivanova"]
    assert search.caller(open_shop, "+49 89 123123") == search.caller(open_shop, "anonym") == ()


def test_somebody_known_by_the_phone_alone_is_called_by_it(open_shop: Shop) -> None:
    customers.create(open_shop, Customer(phones=(Phone("0551 4711", "+495514711"),)))
    assert [one.title for one in search.find(open_shop, "4711")] == ["0551 4711"]
