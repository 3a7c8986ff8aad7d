"""From words with placeholders to plain text and HTML: what comes out, and that nothing typed ever runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.shared.mail.letter import fill, placeholders_in, tidy, to_html, to_text
from tests.examples import examples

TEMPLATE = """Dear {name},

this is new:

- the [programme](https://example.org/p?a=1&b=2)
- your page: {link}

1. read
2. answer

Two lines
of one paragraph. See https://example.org/a."""
VALUES = {"name": "Amina <b>Diallo</b>", "link": "https://example.org/x?c=1&d=2"}


def test_a_letter_in_plain_text():
    assert to_text(TEMPLATE, VALUES) == (
        "Dear Amina <b>Diallo</b>,\n\nthis is new:\n\n"
        "- the programme <https://example.org/p?a=1&b=2>\n- your page: https://example.org/x?c=1&d=2\n\n"
        "1. read\n2. answer\n\nTwo lines\nof one paragraph. See https://example.org/a.\n"
    )


def test_a_letter_in_html():
    assert to_html(TEMPLATE, VALUES, links={"link"}) == (
        "<p>Dear <bdi>Amina &lt;b&gt;Diallo&lt;/b&gt;</bdi>,</p>\n<p>this is new:</p>\n"
        '<ul><li>the <a href="https://example.org/p?a=1&amp;b=2">programme</a></li>'
        '<li>your page: <a href="https://example.org/x?c=1&amp;d=2">https://example.org/x?c=1&amp;d=2</a></li></ul>\n'
        "<ol><li>read</li><li>answer</li></ol>\n"
        '<p>Two lines<br>of one paragraph. See <a href="https://example.org/a">https://example.org/a</a>.</p>'
    )


def test_several_empty_lines_are_one():
    assert to_text("a\n\n \n\nb\r\n\r\n\r\nc", {}) == "a\n\nb\n\nc\n"
    assert to_html("a\n\n \n\nb", {}) == "<p>a</p>\n<p>b</p>"


def test_a_list_may_follow_its_paragraph_at_once():
    assert to_html("New:\n- one\n* two\nThat is all.", {}) == (
        "<p>New:</p>\n<ul><li>one</li><li>two</li></ul>\n<p>That is all.</p>"
    )


def test_a_link_of_words_may_lead_to_a_placeholder():
    html = to_html("[Answer, {name}]({link})", VALUES, links={"link"})
    assert html == ('<p><a href="https://example.org/x?c=1&amp;d=2">Answer, Amina &lt;b&gt;Diallo&lt;/b&gt;</a></p>')
    assert to_text("[{link}]({link})", VALUES) == "https://example.org/x?c=1&d=2\n"


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        'x" onclick="alert(1)',
        "{name}",
        "[a](https://e.org)",
    ],
)
def test_a_value_is_never_read_as_a_link_or_a_template(value):
    values = {"name": value, "link": value}
    html = to_html("{name} {link} [words]({link})", values, links={"link"})
    assert html.count("<a ") == 0
    assert html.count('"') == 0
    assert to_text("{name}", values) == f"{value}\n"


def test_a_link_to_what_is_no_link_placeholder_shows_its_value():
    assert to_html("[words]({name})", {"name": "https://evil.example"}) == "<p>words (https://evil.example)</p>"


@pytest.mark.parametrize("template", ["[x](javascript:alert(1))", "[x](data:text/html,1)", "[x](/local)"])
def test_only_addresses_of_the_web_and_of_mail_are_links(template):
    assert to_html(template, {}).count("<a ") == 0


def test_no_attribute_is_ever_looked_up():
    assert placeholders_in("{name.__class__} {0} {name!r} {name:>9} {}") == [
        "name.__class__",
        "0",
        "name!r",
        "name:>9",
        "",
    ]
    with pytest.raises(KeyError):
        fill("{name.__class__}", {"name": "x"})


def test_lone_braces_are_plain_letters():
    assert fill("a { b } c {", {" b ": "?"}) == "a ? c {"
    assert to_html("a } b {", {}) == "<p>a } b {</p>"


def test_a_value_keeps_its_lines_and_loses_what_turns_the_text():
    assert tidy("one\ntwo\u202e\x00\u2066\r") == "one\ntwo"
    assert to_html("{name}", {"name": "one\ntwo"}) == "<p><bdi>one<br>two</bdi></p>"


def test_empty_words_make_an_empty_letter():
    assert (to_html(" \n\n ", {}), to_text("", {})) == ("", "\n")


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_nothing_typed_becomes_a_tag(template, value):
    template = template.replace("{", "(") + " {name}"
    html = to_html(template, {"name": value})
    allowed = r"</?(?:p|ul|ol|li|bdi)>|<br>|<a href=\"(?:https?://|mailto:)[^\"<>]*\">|</a>"
    import re

    assert "<" not in re.sub(allowed, "", html)
