"""Strings of a catalogue: read as the tool writes them, named by digests, refused where a wording lost something."""

import pytest

from convenor.shared.languages.strings import Entry, digest_of, faults, read_strings
from tools import catalogue

PLAIN = Entry(("“%(title)s” was not made.",), ("« %(title)s » n’a pas été créé.",))
COUNTED = Entry(("%(n)s day", "%(n)s days"), ("%(n)s jour", "%(n)s jours"))
MARKED = Entry(("<b>Bold</b>",), ("<b>Gras</b>",))


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_pages_read_what_the_tool_reads(language: str):
    theirs = [
        (
            message.context or "",
            message.id if isinstance(message.id, tuple) else (message.id,),
            message.string if isinstance(message.string, tuple) else (message.string,),
        )
        for message in catalogue.read(language)
        if message.id
    ]
    ours = [
        (entry.context, entry.originals, entry.strings)
        for entry in read_strings(catalogue.path_of(language).read_text("utf-8"))
    ]

    assert sorted(ours) == sorted(theirs)


def test_escapes_and_lines_are_read():
    text = '#: a.py b.html\nmsgctxt "of a day"\nmsgid ""\n"one\\n"\n"\\"two\\" \\\\ three"\nmsgstr "un"\n'

    assert list(read_strings(text)) == [Entry(('one\n"two" \\ three',), ("un",), "of a day", ("a.py", "b.html"))]


def test_a_confirmation_counts_for_one_wording_of_one_string():
    other = Entry(("Another",), PLAIN.strings)

    assert len({PLAIN.digest, digest_of(PLAIN, ["« %(title)s » non créé."]), other.digest}) == 3
    assert PLAIN.digest == digest_of(PLAIN, list(PLAIN.strings))


@pytest.mark.parametrize(
    ("entry", "strings", "found"),
    [
        (PLAIN, ["« %(title)s » manque."], []),
        (PLAIN, ["Rien n’a été créé."], ["placeholders"]),
        (PLAIN, ["« %(titre)s »"], ["placeholders"]),
        (PLAIN, ["« %(title)s » à 5 %"], ["percent"]),
        (PLAIN, ["« %(title)s » à 5 %%"], []),
        (PLAIN, ["<script>%(title)s</script>"], ["tags"]),
        (PLAIN, ['" onfocus="%(title)s'], ["tags"]),
        (PLAIN, ["  "], ["empty"]),
        (PLAIN, ["%(title)s", "%(title)s"], ["forms"]),
        (COUNTED, ["un jour", "%(n)s jours"], []),
        (COUNTED, ["%(n)s jour"], ["forms"]),
        (COUNTED, ["%(n)s %(m)s", "%(n)s"], ["placeholders"]),
        (MARKED, ["<b>Fort</b>"], []),
        (MARKED, ["<i>Fort</i>"], ["tags"]),
        (MARKED, ["<b>Fort</b><img src=x"], ["tags"]),
    ],
)
def test_a_wording_keeps_what_the_english_is_filled_with(entry: Entry, strings: list[str], found: list[str]):
    assert faults(entry, strings, forms=2) == found
