"""References: from a kind and an id to a page, in few queries."""

from convenor.cycle.models import Cycle
from convenor.shared import references


def test_a_registered_row_gives_its_page(cycle: Cycle):
    assert references.resolve("cycle.cycle", cycle.pk) == references.Page("/igf/2017/", "IGF 2017")


def test_a_row_that_is_gone_and_an_unknown_kind_give_nothing(cycle: Cycle):
    assert references.resolve("cycle.cycle", cycle.pk + 1) is None
    assert references.resolve("nobody.knows", 1) is None


def test_many_rows_of_a_kind_cost_one_query(cycle: Cycle, django_assert_num_queries):
    others = [
        Cycle.objects.create(
            forum=cycle.forum,
            slug=f"y{n}",
            name=f"Y {n}",
            zone="UTC",
            starts_on=cycle.starts_on,
            ends_on=cycle.ends_on,
            rule_set=cycle.rule_set,
        )
        for n in range(30)
    ]
    with django_assert_num_queries(1):
        found = references.resolve_all([("cycle.cycle", one.pk) for one in others] + [("cycle.cycle", None)])

    assert {page.url for page in found.values()} == {f"/igf/y{n}/" for n in range(30)}
