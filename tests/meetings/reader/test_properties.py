"""Whatever the text, the reader answers; whatever it answers stands in the text; what was laid out comes back."""

from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from convenor.meetings.agenda import Agenda, Span, Spans
from convenor.meetings.reader import Unreadable, read, said
from tests.examples import examples

SHARDS = st.sampled_from(
    [
        "10:00 - 10:50",
        "9h30",
        "0930-1230 hours",
        "8 am",
        "(continued below)",
        "Day 1: 12 June 2017 - Open",
        "1. ",
        "2.1 ",
        "a) ",
        "b)",
        "I. ",
        "PL 2.9",
        "• ",
        "- ",
        "o ",
        "* ",
        "# Agenda",
        "## Talks",
        "Lunch",
        "Coffee break",
        "Welcome",
        "and",
        "the International",
        "[x](http://y)",
        "**",
        "~~",
        "`",
        "<td>",
        "</td>",
        "<br>",
        "",
        "\t",
        "\n",
        "\n\n",
        "  ",
        "Venue: Room K",
        "Duration: 20 minutes",
        "(5 min)",
        "*20 mins",
        "---",
        "Time\tItem",
        "12.06.2017",
        "Monday",
        "&amp;",
        "<!--",
        "-->",
        "Ann Example, Director",
        "END OF DAY 18:00 h",
        "----- break 15:30 h - 16:00 h -----",
        "\xa0",
        "\u200b",
        "\x00",
        "é",
        "日",
    ]
)
SHARDY = st.lists(SHARDS | st.just("|") | st.just("\n"), max_size=60).map("".join)


def _all_spans(agenda: Agenda) -> Iterator[Spans]:
    yield agenda.spans
    for day in agenda.days:
        yield day.spans
        for block in day.blocks:
            yield block.spans
            for item in block.items:
                yield from (part.spans for part in item.walk())


def _is_in_order(spans: tuple[Span, ...], length: int) -> bool:
    edges = [edge for span in spans for edge in (span.start, span.end)]
    return edges == sorted(edges) and all(0 <= edge <= length for edge in edges)


def holds(text: str) -> None:
    """Read a text, and check that every word of the result stands in it."""
    try:
        reading = read(text)
    except Unreadable:
        return
    source, agenda = reading.source, reading.agenda
    for spans in _all_spans(agenda):
        assert all(_is_in_order(places, len(source)) for places in spans.values())
    for doubt in reading.warnings:
        assert _is_in_order(doubt.spans, len(source))
    assert said(source, agenda.spans.get("title", ())) == (agenda.title or "")
    for day in agenda.days:
        for name in ("label", "heading", "place"):
            assert said(source, day.spans.get(name, ())) == (getattr(day, name) or "")
        for block in day.blocks:
            assert ("start" in block.spans) == (block.start is not None)
            assert ("end" in block.spans) == (block.end is not None)
            assert said(source, block.spans.get("zone", ())) == (block.zone or "")
            for item in (part for top in block.items for part in top.walk()):
                assert said(source, item.spans.get("title", ())) == item.title
                assert said(source, item.spans.get("label", ())) == (item.label or "")
                assert ("minutes" in item.spans) == (item.minutes is not None)
                for name in ("presenters", "documents"):
                    words = [word.split() for word in getattr(item, name)]
                    printed = "".join(said(source, (span,)) for span in item.spans.get(name, ()))
                    assert "".join(printed.split()) == "".join(part for parts in words for part in parts)


@settings(max_examples=examples(150), deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused_and_every_word_stands_in_it(text: str) -> None:
    holds(text)


@settings(max_examples=examples(400), deadline=None)
@example("10:00 - 10:5010:00 - 10:50\nDuration: 20 minutes10:00 - 10:50")
@given(SHARDY)
def test_shards_of_agendas_are_read_and_every_word_stands_in_the_text(text: str) -> None:
    holds(text)
