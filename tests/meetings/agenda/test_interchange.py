"""The interchange form keeps everything it names and refuses what is malformed."""

import pytest

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind, Span, from_interchange, to_interchange

AGENDA = Agenda(
    title="Second meeting",
    days=(
        Day(
            date="2017-06-12",
            label="Day 1",
            heading="Open Consultations",
            place="Room K",
            blocks=(
                Block("10:00", "10:50", continued=True, items=(Item("1", "Welcome", 5, (Item("a", "Chair"),)),)),
                Block("13:00", None, kind=Kind.BREAK, room="Foyer", items=(Item(None, "Lunch"),)),
            ),
        ),
    ),
)


def test_an_agenda_comes_back_from_its_interchange_form() -> None:
    assert from_interchange(to_interchange(AGENDA)) == AGENDA


def test_every_field_is_present_and_absent_values_are_null() -> None:
    assert to_interchange(Agenda(None, days=(Day(None, blocks=(Block(None, None, items=(Item(None, "x"),)),)),))) == {
        "title": None,
        "days": [
            {
                "date": None,
                "label": None,
                "heading": None,
                "place": None,
                "blocks": [
                    {
                        "start": None,
                        "end": None,
                        "kind": "items",
                        "room": None,
                        "continued": False,
                        "items": [{"label": None, "title": "x", "minutes": None, "children": []}],
                    }
                ],
            }
        ],
    }


def test_equality_is_about_what_is_said_not_where_it_stands() -> None:
    assert Item("1", "Welcome", spans={"title": (Span(3, 10),)}) == Item("1", "Welcome")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "the agenda is not an object"),
        ({"title": None}, "days is missing"),
        ({"title": 5, "days": []}, "title is not text"),
        ({"title": None, "days": "x"}, "days is not a list"),
        ({"title": None, "days": [7]}, "the day is not an object"),
    ],
)
def test_a_malformed_value_is_refused_by_name(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_interchange(value)


def test_minutes_must_be_a_whole_number() -> None:
    value = to_interchange(AGENDA)
    value["days"][0]["blocks"][0]["items"][0]["minutes"] = True  # type: ignore[index]  # the form is plain objects
    with pytest.raises(ValueError, match="minutes is not a whole number"):
        from_interchange(value)


def test_an_item_walks_itself_and_everything_under_it() -> None:
    item = AGENDA.days[0].blocks[0].items[0]
    assert [one.title for one in item.walk()] == ["Welcome", "Chair"]
