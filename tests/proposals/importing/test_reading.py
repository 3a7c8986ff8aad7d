"""Columns and spellings are guessed, cells are read, rows have their fates: without a database."""

from dataclasses import replace

import pytest

from convenor.people.plainwords import bare
from convenor.proposals.importing.cell_people import PersonSaid, address_of, people_in_columns, people_of
from convenor.proposals.importing.cell_texts import clean, entries_of
from convenor.proposals.importing.entries import OrganisationSaid, Plan, minutes_of, read_row
from convenor.proposals.importing.fates import Fate, Known, Shelf, digests_of, plan_rows
from convenor.proposals.importing.fields import FIELDS, headings
from convenor.proposals.importing.guessing import Guess, guess_columns, guess_value, guess_values
from convenor.proposals.importing.tables import Note, Table

WORDS = {
    "themes": {"access": "access", "access infrastructure": "access", "trust": "trust", "security trust": "trust"},
    "formats": {"panel": "panel", "round table": "round-table"},
    "groups": {"civil society": "civ", "cs": "civ", "societe civile": "civ", "government": "gov", "ngo": "civ"},
    "countries": {"kenya": "KE", "suisse": "CH", "switzerland": "CH"},
    "regions": {"africa": "af"},
    "languages": {"french": "fr"},
}


def guessed(header: list[str], *rows: list[str], known: dict[str, str] | None = None) -> tuple[str, ...]:
    """Guess the columns of a table."""
    table = Table("csv", tuple(header), [(n, row) for n, row in enumerate(rows, start=2)])
    return guess_columns(table, WORDS, known or {}, headings())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Title", "title"), ("Titre de session", "title"), ("TÍTULO", "title"), ("Название", "title"),
        ("标题", "title"), ("العنوان", "title"), ("Session Titel", "title"), ("Desciption", "summary"),
        ("Proposal ID", "outside-id"), ("E-mail address (of proposer)", "proposer-email"),
        ("Stakeholder group", "group"), ("Groupe de parties prenantes", "group"), ("Страна", "country"),
        ("国家", "country"), ("البلد", "country"), ("Speaker 2", "speaker-name"), ("Hat size", ""),
    ],
)  # fmt: skip
def test_a_heading_names_its_field_in_six_languages(heading: str, field: str):
    assert guessed([heading], [""]) == (field,)


def test_a_field_is_guessed_once_and_speakers_may_repeat():
    header = ["Title", "Name of session", "Speaker 1", "Speaker 1 email", "Speaker 2"]

    assert guessed(header, [""] * 5) == ("title", "", "speaker-name", "speaker-email", "speaker-name")


def test_what_the_forum_said_before_counts_before_the_heading():
    assert guessed(["Space", "Title"], ["", ""], known={"space": "tags", "title": ""}) == ("tags", "")


def test_columns_without_a_name_are_told_by_their_cells():
    rows = [["a@example.org", "Kenya", "NGO", "x" * 300], ["b@example.org", "Suisse", "Government", "y" * 200]]

    assert guessed(["", "?", "!", ""], *rows) == ("proposer-email", "country", "group", "summary")


@pytest.mark.parametrize(
    ("text", "kind", "guess"),
    [
        ("Access & Infrastructure", "themes", Guess("access", "sure")),
        ("Civil society / CS / société civile", "groups", Guess("civ", "sure")),
        ("Civil society (local)", "groups", Guess("civ", "near")),
        ("NGO / Government", "groups", Guess("", "unknown")),
        ("Securty and trust", "themes", Guess("trust", "near")),
        ("Round-Table", "formats", Guess("round-table", "sure")),
        ("Fireside chat", "formats", Guess("", "unknown")),
        ("", "formats", Guess("", "unknown")),
        ("x" * 10_000, "formats", Guess("", "unknown")),
    ],
)
def test_a_spelling_means_a_code(text: str, kind: str, guess: Guess):
    assert guess_value(text, WORDS[kind]) == guess


def test_what_people_told_of_a_spelling_counts_first():
    told = {bare("Fireside chat"): "panel", bare("Panel"): ""}

    assert guess_values(["Fireside Chat", "panel"], WORDS["formats"], told) == {
        "Fireside Chat": Guess("panel", "sure"),
        "panel": Guess("", "unknown"),
    }


@pytest.mark.parametrize(
    ("given", "kept", "codes"),
    [
        ("a < b and b > c", "a < b and b > c", []),
        ("<p>One<br>two</p><p>three &amp; four</p>", "One\ntwo\nthree & four", ["tags-out"]),
        ("<script>alert(1)</script>Fine<style>x", "Fine", ["tags-out"]),
        ("<<b>b>x", "<b>x", ["tags-out"]),
        ("zero\u200bwidth \u202eturned\x07", "zerowidth turned", []),
        ("x" * 30, "x" * 19 + "…", ["shortened"]),
        ("=1+1", "=1+1", []),
    ],
)
def test_a_text_is_cleaned_and_it_is_said(given: str, kept: str, codes: list[str]):
    notes: list[Note] = []

    assert clean(given, "summary", 20 if len(given) == 30 else 100, notes.append) == kept
    assert [note.code for note in notes] == codes


def test_entries_are_lines_or_stand_between_marks():
    told: list[Note] = []
    add = told.append

    assert entries_of("1. Who?\n2. Why?\n\n- How?", "policy-questions", 20, add) == ["Who?", "Why?", "How?"]
    assert entries_of("sea, land;air", "tags", 20, add) == ["sea, land", "air"]
    assert entries_of("sea, land", "tags", 20, add) == ["sea", "land"]
    assert entries_of("Who, and why?", "policy-questions", 20, add) == ["Who, and why?"]
    assert told == []
    assert entries_of("a\nb\nc", "tags", 2, add) == ["a", "b"]
    assert [note.code for note in told] == ["too-many-entries"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("90", 90), ("90 min", 90), ("1h30", 90), ("1:30", 90), ("1.5 hours", 90), ("2 h", 120), ("90.0", 90),
     ("60 minutes", 60), ("1 час", 60), ("soon", None), ("4", None), ("9999", None), ("-60", None), ("", None)],
)  # fmt: skip
def test_a_length_is_read(text: str, minutes: int | None):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "address"),
    [("A@Example.org", "a@example.org"), ("mailto:a@b.example", "a@b.example"), ("<a@b.example>", "a@b.example"),
     ("a at b.example", ""), ("a@b", ""), ("a@@b.example", ""), ("a..b@c.example", ""), ("x" * 300 + "@b.example", "")],
)  # fmt: skip
def test_an_address_is_one_or_none(text: str, address: str):
    assert address_of(text) == address


def test_people_of_a_cell():
    told: list[Note] = []
    cell = "Ben Example <BEN@example.org>, Exchange Point\nCarla Ejemplo (University)\nd@example.org; E <e at x>"

    assert list(people_of(cell, "speakers", told.append)) == [
        PersonSaid("speaker", "Ben Example", "ben@example.org", "Exchange Point"),
        PersonSaid("speaker", "Carla Ejemplo", "", "University"),
        PersonSaid("speaker", "d@example.org", "d@example.org"),
        PersonSaid("speaker", "E <e at x>"),
    ]
    assert told == []


def test_people_in_columns_of_their_own():
    cells = [
        ("speaker-name", "Ben"), ("speaker-email", "ben@example.org"), ("speaker-organisation", "Exchange"),
        ("speaker-name", ""), ("speaker-email", ""), ("speaker-name", "Carla"), ("speaker-email", "no address"),
    ]  # fmt: skip
    told: list[Note] = []

    assert list(people_in_columns(cells, told.append)) == [
        PersonSaid("speaker", "Ben", "ben@example.org", "Exchange"),
        PersonSaid("speaker", "Carla"),
    ]
    assert [note.code for note in told] == ["no-address"]


COLUMNS = ("outside-id", "title", "theme", "format", "minutes", "summary", "proposer-name", "proposer-email",
           "organisation", "country", "region")  # fmt: skip
PLAN = Plan(
    columns=COLUMNS,
    codes={"themes": {"Access": "access"}, "formats": {"Panel": "panel"}, "countries": {"Kenya": "KE"},
           "regions": {"Africa": "af", "Europe": "weo"}},
    otherwise={"theme": "", "format": "", "organisation": "Not stated"},
    lengths={"panel": (60, 90)},
    required={"panel": ("summary", "speakers")},
    most_words=5,
)  # fmt: skip
ROW = ["7", "Cables", "Access", "Panel", "90", "Why now.", "Amina", "amina@example.org", "Islands", "Kenya", "Africa"]
KNOWN = Known(
    pk=1, number=12, state="submitted",
    values={"title": "Cables", "theme": "access", "format": "panel", "minutes": 90, "summary": "Why now."},
    proposer=PersonSaid("organiser", "Amina", "amina@example.org"),
    organisation=OrganisationSaid("Islands", "KE", "civ"), people=(), outside_id="7",
)  # fmt: skip


def fates(*rows: list[str], known: tuple[Known, ...] = (), plan: Plan = PLAN) -> list[tuple[str, list[str], list[str]]]:
    """Give fate, what is told, and what changes, of each row."""
    entries = [read_row(number, row, plan) for number, row in enumerate(rows, start=2)]
    return [
        (one.fate.value, [note.code for note in (*one.entry.faults, *one.entry.notes)], list(one.changes))
        for one in plan_rows(entries, Shelf(known), plan)
    ]


def but(**cells: str) -> list[str]:
    """Give the row with other cells, by field."""
    return [cells.get(code.replace("-", "_"), cell) for code, cell in zip(COLUMNS, ROW, strict=True)]


@pytest.mark.parametrize(
    ("row", "fate", "told"),
    [
        (ROW, Fate.NEW, []),
        (but(title=""), Fate.REFUSED, ["no-title"]),
        (but(title="<b></b>"), Fate.REFUSED, ["no-title", "tags-out"]),
        (but(title="x" * 10_000), Fate.NEW, ["shortened"]),
        (but(proposer_name="x" * 10_000), Fate.NEW, ["shortened"]),
        (but(theme="Acess"), Fate.REFUSED, ["unknown-theme"]),
        (but(theme=""), Fate.REFUSED, ["no-theme"]),
        (but(format="Chat", theme=""), Fate.REFUSED, ["unknown-format", "no-theme"]),
        (but(proposer_name="", proposer_email=""), Fate.REFUSED, ["no-proposer"]),
        (but(proposer_email="amina at example"), Fate.REFUSED, ["no-proposer-address"]),
        (but(proposer_name=""), Fate.NEW, []),
        (but(organisation=""), Fate.NEW, ["no-organisation"]),
        (but(minutes="45"), Fate.NEW, ["other-length"]),
        (but(minutes="long"), Fate.NEW, ["no-number"]),
        (but(summary=""), Fate.NEW, ["lacks"]),
        (but(summary="one two three four five six"), Fate.NEW, ["many-words"]),
        (but(region="Europe"), Fate.NEW, ["region-differs"]),
        (but(country="", region="Africa"), Fate.NEW, ["region-alone"]),
        (but(country="Atlantis", region=""), Fate.NEW, ["unknown-country"]),
        (but(outside_id="9" * 101), Fate.REFUSED, ["long-id"]),
    ],
)  # fmt: skip
def test_a_row_of_its_own_has_its_fate(row: list[str], fate: Fate, told: list[str]):
    assert fates(row) == [(fate.value, told, [])]


def test_rows_that_leave_something_open_count_as_was_said():
    plan = replace(PLAN, otherwise={"theme": "access", "format": "panel", "organisation": "Nobody's"})

    assert fates(but(theme="", format=""), plan=plan) == [("new", [], [])]


def test_the_later_of_two_rows_that_mean_the_same_is_refused():
    assert fates(ROW, but(title="Other")) == [("new", [], []), ("refused", ["twice"], [])]
    assert fates(but(outside_id=""), but(outside_id="")) == [("new", [], []), ("refused", ["twice"], [])]
    assert fates(but(outside_id="1"), but(outside_id="2")) == [("new", [], []), ("new", [], [])]


@pytest.mark.parametrize(
    ("row", "fate", "changes"),
    [
        (ROW, Fate.UNCHANGED, []),
        (but(title="Cables!"), Fate.UPDATED, ["title"]),
        (but(title="", summary=""), Fate.UNCHANGED, []),  # an empty cell says nothing
        (but(proposer_email="other@example.org"), Fate.UPDATED, ["proposer"]),
        (but(proposer_email=""), Fate.UNCHANGED, []),
        (but(organisation="", country=""), Fate.UNCHANGED, []),
        (but(organisation="Mainland"), Fate.UPDATED, ["organisation"]),
        (but(outside_id=""), Fate.UNCHANGED, []),  # found by title and proposer
        (but(outside_id="", title="CABLES"), Fate.UPDATED, ["title"]),
        (but(outside_id="8"), Fate.NEW, []),  # another number is another proposal
    ],
)  # fmt: skip
def test_a_row_meets_the_proposal_that_is_here(row: list[str], fate: Fate, changes: list[str]):
    assert [(one[0], one[2]) for one in fates(row, known=(KNOWN,))] == [(fate.value, changes)]


def test_a_proposal_that_is_closed_stays_as_it_is():
    for state in ("withdrawn", "screened-out"):
        assert fates(but(title="New"), known=(replace(KNOWN, state=state),)) == [("refused", [state], [])]


def test_what_was_edited_here_stays_where_the_file_did_not_change():
    said = digests_of(read_row(2, ROW, PLAN))
    edited = replace(KNOWN, digests=said, values={**KNOWN.values, "summary": "Edited here.", "title": "Edited"})

    assert fates(ROW, known=(edited,)) == [("unchanged", [], [])]
    assert fates(but(title="Newer"), known=(edited,)) == [("updated", ["changed-here-too"], ["title"])]


def test_every_field_has_a_sort_and_a_known_heading():
    assert set(FIELDS) == set(headings().values())
