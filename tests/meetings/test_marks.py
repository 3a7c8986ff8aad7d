"""The marked source: safe, complete, with each doubt in its place."""

import html
import re

from convenor.meetings.marks import marked
from convenor.meetings.reader import read


def _bare(marked_text: str) -> str:
    without_notes = re.sub(r"<sup.*?</sup>", "", marked_text)
    return html.unescape(re.sub(r"</?mark[^>]*>", "", without_notes))


def test_the_marked_source_holds_every_character_of_the_source(seed: str):
    reading = read(seed)

    assert _bare(marked(reading)) == reading.source


def test_the_kinds_of_mark_are_told_apart(seed: str):
    text = marked(read(seed))

    assert '<mark class="t">10:00</mark>' in text
    assert '<mark class="b">Lunch</mark>' in text
    assert '<mark class="q">Welcome from MAG Chair</mark><sup id="s1"><a href="#w1"' in text
    assert "<mark>3. Adoption of the agenda</mark>" in text
    assert [int(n) for n in re.findall(r'<sup id="s(\d+)"', text)] == list(range(1, 7))


def test_markup_in_a_document_stays_text():
    hostile = (
        "12 June 2017\n10:00 - 11:00 Welcome <script>alert('x')</script> & \"quotes\"\n"
        "11:00 - 12:00 </mark><img src=x>\n"
    )
    reading = read(hostile)
    text = marked(reading)

    assert _bare(text) == reading.source
    assert set(re.findall(r"</?([a-z]+)", text)) <= {"mark", "sup", "a"}


def test_white_space_between_parts_carries_no_mark():
    assert marked(read("\n\na < b")) == "\n\n<mark>a &lt; b</mark>"
