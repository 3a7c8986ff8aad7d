"""What is minuted while it is spoken: what can be entered, what can become of it, and what is refused."""

from functools import partial

import pytest

from convenor.meetings.floor import Barred, Code, Kind, days, decisions, fold, minuting
from convenor.meetings.floor.minuting import FATES, Fate, Sort, Whose
from convenor.meetings.floor.state import Minuted, Outcome
from tests.meetings.floor.making import Held, opened


def minute(held: Held, sort: Sort, item: str = "", whose: Whose = minuting.NOBODY) -> int:
    """Minute something."""
    return held.do(partial(minuting.minute, sort=sort, item=item, whose=whose))


def settle(held: Held, minuted: int, fate: Fate, by_entry: int = 0, whose: Whose = minuting.NOBODY) -> int:
    """Say what became of it."""
    return held.do(partial(minuting.settle, minuted=minuted, fate=fate, by_entry=by_entry, whose=whose))


def test_it_is_of_the_item_under_way_or_of_another_or_of_none():
    held = opened()
    here, there = minute(held, Sort.ACTION), minute(held, Sort.NOTE, "i2a")
    nowhere = minute(opened(item=""), Sort.ANNOUNCEMENT)

    assert (held.state.minuted[here].item, held.state.minuted[there].item) == ("i1", "i2a")
    assert nowhere == 2


def test_it_moves_nothing_on_and_needs_no_mark():
    held = opened()
    before = held.state.mark
    minute(held, Sort.ACTION)

    assert held.state.mark == before


def test_a_correction_says_anew_whose_it_is_and_until_when():
    held = opened()
    action = minute(held, Sort.ACTION, whose=Whose("ana", "2017-06-30"))
    entry = settle(held, action, Fate.CORRECTED, whose=Whose("ben"))

    assert held.state.minuted[action] == Minuted(action, "action", "i1", held.now, "ben", "", corrected_by=entry)
    assert fold(held.entries) == held.state


def test_the_last_word_counts_and_what_was_withdrawn_stays_so():
    held = opened()
    proposal = minute(held, Sort.PROPOSAL, whose=Whose("ana"))
    action = minute(held, Sort.ACTION)
    settle(held, proposal, Fate.DECLINED)
    settle(held, proposal, Fate.ACTION, by_entry=action)
    assert (held.state.minuted[proposal].fate, held.state.minuted[proposal].by_entry) == ("action", action)
    settle(held, proposal, Fate.WITHDRAWN)

    for fate in Fate:
        with pytest.raises(Barred) as refused:
            settle(held, proposal, fate)
        assert refused.value.code is Code.ALREADY_SETTLED


def test_the_same_is_not_entered_twice_but_a_correction_is():
    held = opened()
    proposal = minute(held, Sort.PROPOSAL)
    settle(held, proposal, Fate.DECLINED)
    settle(held, proposal, Fate.CORRECTED)
    settle(held, proposal, Fate.CORRECTED)

    with pytest.raises(Barred) as refused:
        settle(held, proposal, Fate.DECLINED)
    assert refused.value.code is Code.ALREADY_SETTLED


def test_it_is_settled_by_a_decision_or_an_action_item_that_there_is():
    held = opened()
    proposal, action = minute(held, Sort.PROPOSAL), minute(held, Sort.ACTION)
    agreed = held.do(partial(decisions.decide, outcome=Outcome.AGREED))

    for fate, by_entry in ((Fate.AGREED, action), (Fate.ACTION, agreed), (Fate.ACTION, proposal), (Fate.DECLINED, 99)):
        with pytest.raises(Barred) as refused:
            settle(held, proposal, fate, by_entry)
        assert (refused.value.code, refused.value.values) == (Code.NOT_MINUTED, {"minuted": by_entry})
    settle(held, proposal, Fate.AGREED, agreed)


def test_what_is_unknown_or_too_early_is_refused():
    held = Held()
    with pytest.raises(Barred) as closed:
        minute(held, Sort.NOTE)
    with pytest.raises(Barred) as unknown:
        minute(opened(), Sort.NOTE, "i99")
    with pytest.raises(Barred) as none:
        settle(opened(), 99, Fate.WITHDRAWN)

    assert [one.value.code for one in (closed, unknown, none)] == [Code.NOT_OPEN, Code.UNKNOWN_PART, Code.NOT_MINUTED]


def test_it_can_be_put_right_after_the_day_is_closed():
    held = opened()
    note = minute(held, Sort.NOTE)
    held.do(days.close_day)
    settle(held, note, Fate.WITHDRAWN)

    assert held.state.minuted[note].fate == Fate.WITHDRAWN


@pytest.mark.parametrize(("sort", "fate"), [(sort, fate) for sort in Sort for fate in Fate if fate not in FATES[sort]])
def test_only_proposals_are_agreed_taken_up_or_declined(sort: Sort, fate: Fate):
    held = opened()
    point = minute(held, sort)

    with pytest.raises(ValueError, match="never"):
        settle(held, point, fate)


@pytest.mark.parametrize(
    ("sort", "whose"),
    [
        (Sort.NOTE, Whose("ana")),
        (Sort.ANNOUNCEMENT, Whose("ana")),
        (Sort.PROPOSAL, Whose(due="2017-06-30")),
        (Sort.ACTION, Whose(due="30.6.2017")),
    ],
)
def test_a_sort_has_no_more_than_its_fields(sort: Sort, whose: Whose):
    with pytest.raises(ValueError, match=r"nobody's|no date|Invalid"):
        minute(opened(), sort, whose=whose)


def test_its_kinds_fit_the_column_of_the_log():
    assert max(len(kind.value) for kind in Kind) <= 20
