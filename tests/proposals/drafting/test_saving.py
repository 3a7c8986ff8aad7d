"""A draft is begun and saved field by field; two who write lose nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.call_codes import make_code
from convenor.proposals.drafting import saving, standing
from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.merging import Clash, digest
from convenor.proposals.drafting.models import Why
from convenor.proposals.drafting.saving import Said
from convenor.proposals.models import Part, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.proposals.drafting.conftest import AT, begun, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> Person:
    """Give somebody else."""
    return Person.objects.create_user("other@example.org", name="Other Writer")


def stored(draft: Proposal) -> dict[str, object]:
    """Read what is written, anew."""
    row = Proposal.objects.select_related("draft", "organisation").get(pk=draft.pk)
    row.cycle = draft.cycle
    return written(row)


def test_a_draft_has_no_number_stands_under_its_organisation_and_names_its_proposer(draft: Proposal, owner: Person):
    assert (draft.number, draft.state, draft.organisation.name) == (None, State.DRAFT, "Mfano Exchange")
    assert list(draft.contributors.values_list("person", "part")) == [(owner.pk, Part.ORGANISER)]


def test_two_clicks_begin_one_draft(open_call: Cycle, owner: Person):
    assert begun(open_call, owner) == begun(open_call, owner)


def test_two_clicks_with_a_code_for_one_begin_one_draft(open_call: Cycle, owner: Person):
    kind = open_call.rules.kinds[0].code
    _row, code = make_code(open_call, kind=kind, label="Ministry", limit=1, by=owner, at=AT)
    start = replace(standing.start_of(open_call, kind, owner, at=AT), needs_code=True)

    assert saving.begin(start, "Exchange", code=code, by=owner, at=AT) == saving.begin(
        start, "Exchange", code=code, by=owner, at=AT
    )
    with pytest.raises(Refused, match="has let in 1 proposals"):
        saving.begin(start, "Another Exchange", code=code, by=owner, at=AT)


def test_a_field_is_stored_alone_and_the_title_names_the_draft(draft: Proposal, owner: Person):
    save(draft, owner, title=" Cables\tfor all ")
    save(draft, owner, summary="Line\r\nline  \n\n")

    draft.refresh_from_db()
    assert (draft.title, draft.revision, draft.saved_at) == ("Cables for all", 2, AT)
    found = stored(draft)
    assert (found["title"], found["summary"]) == ("Cables for all", "Line\nline")
    assert Entry.objects.count() == 0


def test_a_repeated_save_is_stored_once_even_where_somebody_else_went_on(draft: Proposal, owner: Person, other: Person):
    save(draft, owner, title="Mine", token="a" * 32)
    save(draft, other, title="Theirs", was={"title": "Mine"})

    again = save(draft, owner, title="Mine", token="a" * 32)

    assert (again.is_whole, stored(draft)["title"]) == (True, "Theirs")


def test_what_two_changed_is_asked_and_both_texts_are_kept(draft: Proposal, owner: Person, other: Person):
    save(draft, owner, issue="Old", title="Old")
    save(draft, other, was={"issue": "Old"}, issue="Theirs")

    saved = save(draft, owner, was={"issue": "Old", "title": "Old"}, issue="Mine", title="New")

    assert saved.clashes == (Clash("issue", "Mine", "Theirs"),)
    assert {code: stored(draft)[code] for code in ("issue", "title")} == {"issue": "Theirs", "title": "New"}
    kept = {(one.why, one.content["issue"]) for one in draft.versions.all()}
    assert kept == {(Why.WRITTEN, "Old"), (Why.CLASHED, "Mine"), (Why.WRITTEN, "Theirs")}


def test_what_only_others_changed_comes_back_as_news(draft: Proposal, owner: Person, other: Person):
    save(draft, other, issue="Theirs")

    saved = save(draft, owner, was={}, issue="", title="New")

    assert (dict(saved.news), saved.is_whole, saved.writer) == ({"issue": "Theirs"}, True, other)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "x" * 201, "This has 201 letters, and 200 fit: shorten it. It stays here until you do."),
        ("summary", "x" * 20_001, "This has 20001 letters, and 20000 fit: shorten it. It stays here until you do."),
        ("tags", "\n".join(map(str, range(21))), "These are 21 lines, and 20 fit: join some or leave some out."),
        ("theme", "<b>", "“<b>” cannot be chosen here: choose again."),
        ("minutes", "17", "“17” cannot be chosen here: choose again."),
        ("seats", "many", "“many” is no number that fits: type digits, up to 1000000."),
        ("background_paper", "javascript:alert(1)", "“javascript:alert(1)” is no address of a page."),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_says_why_and_the_rest_is_stored(
    draft: Proposal, owner: Person, field: str, typed: str, sentence: str
):
    saved = save(draft, owner, **{"issue": "Stays", field: typed})

    assert dict(saved.faults) == {field.replace("_", "-"): sentence}
    assert stored(draft)["issue"] == "Stays"


def test_hostile_signs_are_text_and_what_hides_or_turns_text_goes(draft: Proposal, owner: Person):
    save(draft, owner, title="<script>alert(1)</script>\u202e", issue="a\0b\ud800\u200bc\u2028d'); DROP TABLE")

    found = stored(draft)
    assert (found["title"], found["issue"]) == ("<script>alert(1)</script>", "abc\nd'); DROP TABLE")


def test_a_text_is_kept_before_somebody_else_goes_on_and_after_a_pause(draft: Proposal, owner: Person, other: Person):
    save(draft, owner, issue="One")
    save(draft, owner, was={"issue": "One"}, issue="Two")
    assert draft.versions.count() == 0

    save(draft, other, was={"issue": "Two"}, issue="Three")
    said = Said({"issue": ["Four"]}, {"issue": digest("Three")})
    saving.save(draft, said, by=other, at=AT + timedelta(minutes=30))

    assert [(one.content["issue"], one.made_by) for one in draft.versions.all()] == [("Two", owner), ("Three", other)]


@pytest.mark.parametrize("fields", [1, 12])
def test_a_save_asks_the_database_as_often_for_one_field_as_for_twelve(
    draft: Proposal, owner: Person, fields: int, django_assert_num_queries
):
    save(draft, owner, title="First")
    names = ["issue", "summary", "tags", "theme", "seats", "language", "expected_outcomes", "online_participation"]
    typed = dict.fromkeys(names[:fields], "") | {"issue": "Said"}

    with django_assert_num_queries(6):  # savepoint, row, draft, draft, row, savepoint
        save(draft, owner, **typed)


def test_an_organisation_that_is_typed_is_looked_up_when_it_is_handed_in(draft: Proposal, owner: Person):
    save(draft, owner, was={"organisation": "Mfano Exchange"}, organisation="Cable U")

    assert not Organisation.objects.filter(name="Cable U").exists()
    assert stored(draft)["organisation"] == "Cable U"
