"""What becomes of a field that two wrote in."""

from hypothesis import given
from hypothesis import strategies as st

from convenor.proposals.drafting.merging import Clash, both, digest, digests, merge

VALUES = st.sampled_from([None, True, 0, 1, "", "a", "1", [], ["a"], ["a", "b"]])
FORMS = st.dictionaries(st.sampled_from(["title", "issue", "tags"]), VALUES)


def test_only_what_one_side_changed_is_taken_and_what_both_changed_is_asked():
    opened = {"title": "Old", "issue": "Old", "tags": ["a"], "summary": "Old", "seats": 60}
    stored = {"title": "Old", "issue": "Theirs", "tags": ["a", "b"], "summary": "Same", "seats": 60}
    mine = {"title": "Mine", "issue": "Old", "tags": ["c"], "summary": "Same", "seats": 60}

    merged = merge(digests(opened), mine, stored)

    assert dict(merged.values) == {"title": "Mine"}
    assert dict(merged.news) == {"issue": "Theirs"}
    assert merged.clashes == (Clash("tags", ["c"], ["a", "b"]),)


def test_what_a_form_does_not_name_stays():
    assert dict(merge({}, {}, {"title": "Theirs"}).values) == {}


def test_a_field_without_a_digest_was_opened_empty():
    assert merge({}, {"issue": "Mine"}, {"issue": "Theirs"}).clashes == (Clash("issue", "Mine", "Theirs"),)
    assert dict(merge({}, {"issue": "Mine"}, {}).values) == {"issue": "Mine"}


def test_emptiness_is_one_thing_and_a_number_is_not_its_letters():
    assert {digest(None), digest(""), digest([])} == {""}
    assert len(set(map(digest, (1, "1", True, ["1"], False, 0)))) == 6


def test_both_texts_stand_one_after_the_other_and_lists_hold_each_entry_once():
    assert both("Theirs\n", "Mine") == "Theirs\n\nMine"
    assert both("", "Mine") == "Mine"
    assert both(["a", "b"], ["b", "c"]) == ["a", "b", "c"]
    assert both(60, 90) == 90


@given(opened=FORMS, mine=FORMS, stored=FORMS)
def test_nothing_typed_is_dropped_and_nothing_unseen_is_replaced(opened, mine, stored):
    merged = merge(digests(opened), mine, stored)
    asked = {clash.field for clash in merged.clashes}

    for field, value in mine.items():
        if digest(value) not in (digest(stored.get(field)), digest(opened.get(field))):
            assert (field in merged.values) != (field in asked)
    for field in merged.values:
        assert digest(stored.get(field)) == digest(opened.get(field))
