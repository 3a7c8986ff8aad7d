"""A forum's own words: checked, versioned, taken back, and its own alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import write
from convenor.shared.mail.kinds import KINDS, Kind, Placeholder
from convenor.shared.mail.wording import Words, faults, history, reset_words, save_words, words_of
from tests.shared.mail.conftest import RECEIPT

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
LINK = "https://example.org/"


@pytest.fixture
def kind(test_kinds: None) -> Kind:
    return KINDS[RECEIPT]


@pytest.fixture
def secretary(db: None) -> Person:
    return Person.objects.create_user("secretary@example.org", name="Secretary")


def save(kind: Kind, by: Person, text: str = "Hi {name}: {link}", *, seen: int = 0, **where: str) -> None:
    where = {"forum": "igf", "language": "en", "scope": "igf/2017", **where}
    save_words(kind, subject="Your receipt", text=text, seen=seen, by=by, at=NOW, **where)


def text_of(forum: str, language: str = "en") -> str:
    return write(
        RECEIPT, to="a@example.org", context={"name": "A", "link": LINK}, forum=forum, at=NOW, language=language
    ).text


def test_a_forums_own_words_count_for_it_and_its_language_alone(kind, secretary):
    save(kind, secretary)
    assert text_of("igf") == f"Hi A: {LINK}\n"
    assert [text_of("far"), text_of("igf", "fr")] == [f"Dear A,\n\nsee {LINK}\n"] * 2


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("x", "{name} {link}", {}),
        (
            "{nam}",
            "{link}",
            {"subject": "Nothing fills {nam}: it is no placeholder of this mail. Known are {name}, {link}."},
        ),
        (
            "x",
            "{a} {b} {link}",
            {"text": "Nothing fills {a}, {b}: they are no placeholders of this mail. Known are {name}, {link}."},
        ),
        (
            "{link}",
            "Dear {name}",
            {"text": "{link} is missing from the text: without it the mail is of no use to its reader."},
        ),
        (
            "x",
            "{name.__class__}",
            {
                "text": "Nothing fills {name.__class__}: it is no placeholder of this mail. Known are {name}, {link}. "
                "{link} is missing from the text: without it the mail is of no use to its reader."
            },
        ),
    ],
)
def test_words_that_cannot_be_filled_are_named(kind, subject, text, said):
    assert faults(kind, Words(subject, text)) == said


def test_words_that_cannot_be_filled_are_refused_and_nothing_changes(kind, secretary):
    with pytest.raises(Refused, match=r"Nothing fills \{who\}"):
        save(kind, secretary, "{who} {link}")
    assert (list(history(kind, "igf", "en")), Entry.objects.count()) == ([], 0)


def test_every_version_is_kept_with_who_and_when(kind, secretary):
    save(kind, secretary, "One {link}")
    save(kind, secretary, "Two {link}", seen=1)
    reset_words(kind, forum="igf", language="en", seen=2, scope="igf/2017", by=secretary, at=NOW)
    assert [(one.version, one.text, one.is_default, one.by, one.at) for one in history(kind, "igf", "en")] == [
        (3, "", True, secretary, NOW),
        (2, "Two {link}", False, secretary, NOW),
        (1, "One {link}", False, secretary, NOW),
    ]
    counts = words_of(kind, "igf")["en"]
    assert (counts.text, counts.version, counts.is_own) == (kind.text, 3, False)
    save(kind, secretary, "Three {link}", seen=3)
    assert words_of(kind, "igf")["en"].text == "Three {link}"


def test_two_people_who_save_at_once_lose_nothing(kind, secretary):
    save(kind, secretary, "First {link}")
    with pytest.raises(Refused, match="somebody else saved version 1 meanwhile"):
        save(kind, secretary, "Second {link}")
    assert [one.text for one in history(kind, "igf", "en")] == ["First {link}"]


def test_the_journal_says_that_words_were_changed(kind, secretary):
    save(kind, secretary)
    reset_words(kind, forum="igf", language="en", seen=1, scope="igf/2017", by=secretary, at=NOW)
    assert [sentence(entry) for entry in Entry.objects.order_by("number")] == [
        "The words of a mail were changed: Receipt, in the language en.",
        "The words of a mail are those that ship again: Receipt, in the language en.",
    ]


def test_the_words_of_a_kind_cost_one_query(kind, secretary, django_assert_num_queries):
    for version in range(3):
        save(kind, secretary, seen=version)
    with django_assert_num_queries(1):
        words_of(kind, "igf")


@pytest.mark.parametrize("code", ["cycle.letter", "people.invitation"])
def test_the_words_that_ship_hold_what_is_needed(code, settings):
    kind = KINDS[code]
    assert [faults(kind, words) for words in words_of(kind, "igf").values()] == [{}] * len(settings.LANGUAGES)


def test_a_kind_that_holds_what_it_does_not_declare_is_a_mistake_of_the_programmer(kind):
    with pytest.raises(ValueError, match=r"two kinds of mail called test\.receipt"):
        kinds.register(kind)
    with pytest.raises(ValueError, match=r"test.odd holds \['b'\]"):
        kinds.register(Kind("test.odd", "", "", "{a}", "{b}", (Placeholder("a", "", ""),)))


def test_every_placeholder_is_documented_and_nothing_else():
    rows = [
        f"| `{kind.code}` | `{one.typed}` | {one.meaning} | {'yes ' if one.is_needed else ''}|"
        for kind in sorted(KINDS.values(), key=lambda kind: kind.code)
        if not kind.code.startswith("test.")
        for one in kind.placeholders
    ]
    text = (Path(__file__).parents[3] / "docs/reference/placeholders.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("| `")] == rows
