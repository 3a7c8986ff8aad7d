"""Rows become proposals: nothing before it is confirmed, everything once, people found again by address only."""

from collections.abc import Callable

import pytest

from convenor.cycle.models import Cycle, Forum
from convenor.people.models import Organisation, Person
from convenor.people.plainwords import bare
from convenor.people.privacy_erasure import wipe
from convenor.proposals.importing import actions, jobs
from convenor.proposals.importing.checking import mark, prepare
from convenor.proposals.importing.models import IMPORT_NEXT, Import, ImportedFrom, ImportMemory, ImportState
from convenor.proposals.importing.pages import refused_csv
from convenor.proposals.importing.writing import write
from convenor.proposals.models import Contributor, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job
from convenor.shared.jobs.models import State as JobState
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry
from tests.proposals.importing.conftest import AT, DATA

pytestmark = pytest.mark.django_db
HEAD = "ID,Title,Theme,Format,Minutes,Description,Proposer,E-mail,Organisation,Group,Country,Speakers\n"
ONE = "1,Cables,Access and infrastructure,Panel,90,Why now.,Amina,amina@example.org,Islands,NGO,Kenya,{}\n"
SPEAKERS = '"Ben <ben@example.org>, Exchange\nCarla"'
Take = Callable[..., Import]


def people_of(proposal: Proposal) -> list[tuple[str, str, str | None, str]]:
    """Give part, name, address and organisation of everybody in a proposal."""
    rows = proposal.contributors.select_related("person", "organisation")
    return [
        (row.part, row.person.name, row.person.email, row.organisation.name if row.organisation else "") for row in rows
    ]


def test_nothing_is_a_proposal_before_it_is_taken_over(take_in: Take):
    source = take_in(HEAD + ONE.format(SPEAKERS))

    assert source.counts == {"new": 1, "updated": 0, "unchanged": 0, "refused": 0}
    assert (Proposal.objects.count(), Contributor.objects.count(), Organisation.objects.count()) == (0, 0, 0)
    assert Person.objects.exclude(email__startswith="secretariat").count() == 0
    assert bytes(source.data) == b""


def test_a_row_becomes_a_proposal_with_its_people(cycle: Cycle, by: Person, take_over: Take):
    source = take_over(HEAD + ONE.format(SPEAKERS))

    proposal = Proposal.objects.get()
    assert (proposal.number, proposal.title, proposal.theme, proposal.format) == (1, "Cables", "access", "panel")
    assert (proposal.minutes, proposal.summary, proposal.state) == (90, "Why now.", State.SUBMITTED)
    assert (proposal.submitted_at, proposal.owner.email) == (AT, "amina@example.org")
    body = proposal.organisation
    assert (body.name, body.country, body.group) == ("Islands", "KE", "civ")
    assert people_of(proposal) == [
        ("organiser", "Amina", "amina@example.org", "Islands"),
        ("speaker", "Ben", "ben@example.org", "Exchange"),
        ("speaker", "Carla", None, ""),
    ]
    row = source.rows.get()
    assert (row.fate, row.proposal, row.cells) == ("new", proposal, [])
    assert (source.state, source.confirmed_by, source.done_at) == (ImportState.DONE, by, AT)
    entry = Entry.objects.get(verb="proposals.imported")
    assert sentence(entry) == ("Proposals were taken over from “list.csv”: 1 new, 0 changed, 0 rows refused.")
    assert not proposal.owner.has_usable_password()


def test_the_same_file_again_changes_nothing(take_over: Take, take_in: Take):
    text = HEAD + ONE.format(SPEAKERS)
    take_over(text)

    again = take_in(text)

    assert again.counts == {"new": 0, "updated": 0, "unchanged": 1, "refused": 0}


def test_a_changed_row_changes_its_proposal_and_nobody_is_doubled(take_over: Take):
    take_over(HEAD + ONE.format(SPEAKERS))
    first = Proposal.objects.get()
    first.summary = "Edited here."
    first.save(update_fields=["summary"])
    people = Person.objects.count()

    take_over(HEAD + ONE.format('"Ben <ben@example.org>\nCarla\nDmitri"').replace("Cables", "Longer cables"))

    proposal = Proposal.objects.get()
    assert (proposal.pk, proposal.title, proposal.summary) == (first.pk, "Longer cables", "Edited here.")
    assert [name for _part, name, _email, _body in people_of(proposal)] == ["Amina", "Ben", "Carla", "Dmitri"]
    assert Person.objects.count() == people + 1


def test_who_is_no_longer_named_goes_unless_they_confirmed(take_over: Take):
    take_over(HEAD + ONE.format(SPEAKERS))
    Contributor.objects.filter(person__name="Carla").update(is_confirmed=True)

    take_over(HEAD + ONE.format("Dmitri <d@example.org>"))

    assert [name for _part, name, _email, _body in people_of(Proposal.objects.get())] == ["Amina", "Carla", "Dmitri"]


def test_another_proposer_takes_the_proposal(take_over: Take):
    take_over(HEAD + ONE.format(""))

    take_over(HEAD + ONE.format("").replace("Amina,amina", "Gita,gita"))

    assert Proposal.objects.get().owner.email == "gita@example.org"
    assert people_of(Proposal.objects.get()) == [("organiser", "Gita", "gita@example.org", "Islands")]


def test_people_are_found_by_address_whatever_its_case_and_keep_their_name(take_over: Take):
    known = Person.objects.create(email="amina@example.org", name="Dr Amina Exemple")

    take_over(HEAD + ONE.format("").replace("amina@", "AMINA@"))

    known.refresh_from_db()
    assert Proposal.objects.get().owner == known
    assert known.name == "Dr Amina Exemple"


def test_nobody_is_found_by_name(take_over: Take):
    Person.objects.create(email="ben@example.org", name="Ben Example")
    text = (
        HEAD
        + ONE.format("Ben Example").replace("amina@example.org", "")
        + ONE.format("Ben Example").replace("1,Cables", "2,Wires").replace("amina@example.org", "")
    )

    take_over(text)

    assert Person.objects.filter(name="Ben Example", email=None).count() == 2
    assert Person.objects.filter(name="Amina", email=None).count() == 2
    assert not any(person.has_usable_password() for person in Person.objects.filter(email=None))


def test_who_stood_there_by_name_is_given_the_address_that_comes_later(take_over: Take):
    text = HEAD + ONE.format("Ben Example")
    take_over(text.replace("amina@example.org", ""))
    before = set(Person.objects.values_list("pk", flat=True))

    take_over(HEAD + ONE.format("Ben Example <ben@example.org>"))

    assert people_of(Proposal.objects.get()) == [
        ("organiser", "Amina", "amina@example.org", "Islands"),
        ("speaker", "Ben Example", "ben@example.org", ""),
    ]
    assert Proposal.objects.get().owner.email == "amina@example.org"
    assert set(Person.objects.values_list("pk", flat=True)) == before


def test_an_address_that_somebody_has_means_them(take_over: Take):
    known = Person.objects.create(email="ben@example.org", name="Benjamin")
    take_over(HEAD + ONE.format("Ben Example"))

    take_over(HEAD + ONE.format("Ben Example <ben@example.org>"))

    assert [row.person for row in Proposal.objects.get().contributors.filter(part="speaker")] == [known]


def test_an_organisation_is_found_again_and_never_changed(take_over: Take):
    other = Organisation.objects.create(name="ISLANDS", country="FR", group="gov")
    same = Organisation.objects.create(name="islands", country="KE", group="civ")

    take_over(HEAD + ONE.format(""))

    assert Proposal.objects.get().organisation == same
    other.refresh_from_db()
    assert (other.country, other.group) == ("FR", "gov")
    assert Organisation.objects.count() == 2


def test_the_file_that_ships_has_every_fate(take_over: Take):
    source = take_over((DATA / "proposals.csv").read_bytes(), "proposals.csv")

    rows = [(row.number, row.fate, [code for code, _values in row.told]) for row in source.rows.all()]
    assert rows == [
        (2, "new", []),
        (5, "new", ["tags-out", "no-organisation", "lacks"]),
        (6, "refused", ["no-proposer-address"]),
        (7, "refused", ["no-title"]),
        (8, "new", ["lacks"]),
    ]
    assert [one.title for one in Proposal.objects.all()] == [
        "Cables for islands", "Who owns the data of a village", "Flashes from five forums"
    ]  # fmt: skip
    assert Proposal.objects.get(number=2).summary == "A small story & a question."
    assert source.columns[-1] == ""


def test_refused_rows_come_back_with_their_reasons_and_run_nothing(take_over: Take):
    source = take_over((DATA / "proposals.csv").read_bytes(), "proposals.csv")

    lines = refused_csv(source).content.decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert lines[0].endswith("Shoe size,Why it was refused")
    assert "\"'=HYPERLINK(" in lines[1]
    assert "“elise at example.org” is no e-mail address" in lines[1]


def test_what_was_told_of_columns_and_spellings_is_remembered(take_in: Take, cycle: Cycle):
    source = take_in("Room,Title,Topic,Kind,Proposer\nA,Cables,Wires,Chat,Amina\n")
    assert source.columns == ["", "title", "theme", "", "proposer-name"]

    actions.set_reading(
        source, columns=["tags", "title", "theme", "format", "proposer-name"],
        codes={"themes": {bare("Wires"): "access"}, "formats": {bare("Chat"): "panel"}}, otherwise={}, as_drafts=False,
    )  # fmt: skip
    again = take_in("Kind,Room,Title,Topic,Proposer\nchat,B,Wires again,WIRES,Amina\n")

    assert again.columns == ["format", "tags", "title", "theme", "proposer-name"]
    assert again.counts["new"] == 1


def test_a_code_that_the_rules_no_longer_have_is_forgotten(take_in: Take, cycle: Cycle):
    ImportMemory.objects.create(forum=cycle.forum, codes={"themes": {"wires": "gone-theme"}})

    source = take_in("Title,Theme,Format,Proposer\nCables,Wires,Panel,Amina\n")

    assert source.rows.get().told[0] == ["unknown-theme", {"text": "Wires"}]


def test_two_columns_that_say_the_same_are_refused(take_in: Take):
    source = take_in("Title,Name\nA,B\n")

    with pytest.raises(Refused, match="“Title” and “Name” both say the same: Title"):
        actions.set_reading(source, columns=["title", "title"], codes={}, otherwise={}, as_drafts=False)


def test_rows_can_become_drafts(take_in: Take, by: Person):
    source = take_in(HEAD + ONE.format(""))
    actions.set_reading(source, columns=source.columns, codes={}, otherwise={}, as_drafts=True)

    source.refresh_from_db()
    write(source, prepare(source), by=by, at=AT)

    assert (Proposal.objects.get().state, Proposal.objects.get().submitted_at) == (State.DRAFT, None)


def test_what_has_changed_since_somebody_looked_is_not_done(take_in: Take, by: Person, take_over: Take):
    source = take_in(HEAD + ONE.format(""))
    seen = source.mark
    take_over(HEAD + ONE.format(""))

    with pytest.raises(Refused, match="something here has changed since you looked"):
        actions.confirm(source, seen=seen, by=by, at=AT)

    source.refresh_from_db()
    assert source.counts["unchanged"] == 1  # as it is now
    assert source.state == ImportState.LOOKED_AT


def test_it_is_taken_over_once(take_in: Take, by: Person):
    source = take_in(HEAD + ONE.format(""))
    job = actions.confirm(source, seen=source.mark, by=by, at=AT)

    with pytest.raises(Refused, match="it is being taken over"):
        actions.confirm(source, seen=source.mark, by=by, at=AT)
    jobs.write(job.values, at=AT, report=lambda _share, _words: None)
    with pytest.raises(Refused, match="taken over before"):
        jobs.write(job.values, at=AT, report=lambda _share, _words: None)
    with pytest.raises(Refused, match="stays: it was taken over"):
        actions.drop(source)

    assert Proposal.objects.count() == 1


def test_after_a_job_that_came_to_nothing_it_can_be_looked_at_again(take_in: Take, by: Person):
    source = take_in(HEAD + ONE.format(""))
    actions.confirm(source, seen=source.mark, by=by, at=AT)
    Job.objects.update(state=JobState.CANCELLED)

    checked = actions.look_again(source)

    source.refresh_from_db()
    assert (source.state, mark(checked)) == (ImportState.LOOKED_AT, source.mark)


def test_a_file_that_cannot_be_read_says_why_and_is_kept_as_refused(cycle: Cycle, by: Person):
    source = actions.hand_in(cycle, b"\xd0\xcf\x11\xe0 old", name="old.xls", by=by, at=AT)

    with pytest.raises(Refused, match=r"“old\.xls” was not read: This is a spreadsheet of before 2007"):
        jobs.read({"import": source.pk}, at=AT, report=lambda _share, _words: None)

    source.refresh_from_db()
    assert (source.state, source.notes, bytes(source.data)) == (ImportState.REFUSED, [["old-xls", {}]], b"")


@pytest.mark.parametrize("size", [0, 10_000_001])
def test_an_empty_and_a_too_large_file_are_refused(cycle: Cycle, by: Person, size: int):
    with pytest.raises(Refused, match=r"“x\.csv” was not read: it"):
        actions.hand_in(cycle, b"x" * size, name="x.csv", by=by, at=AT)

    assert not Import.objects.exists()


def test_numbers_go_on_and_years_do_not_mix(take_over: Take, cycle: Cycle, by: Person):
    take_over(HEAD + ONE.format(""))
    forum = Forum.objects.create(slug="far", name="Far")
    Cycle.objects.filter(pk=cycle.pk).update(slug="2016")
    far = Cycle.objects.create(
        forum=forum, slug="2017", name="Far 2017", zone="UTC", starts_on=cycle.starts_on, ends_on=cycle.ends_on,
        rule_set=cycle.rule_set,
    )  # fmt: skip
    source = actions.hand_in(far, (HEAD + ONE.format("")).encode(), name="x.csv", by=by, at=AT)
    jobs.read_now(source)

    assert source.counts["new"] == 1
    take_over(HEAD + ONE.format("").replace("1,Cables", "2,Wires"))
    assert list(Proposal.objects.filter(cycle=cycle).values_list("number", flat=True)) == [1, 2]


def test_somebody_who_is_erased_is_struck_out_of_refused_rows(take_over: Take):
    source = take_over(HEAD + ONE.format(SPEAKERS).replace("Cables", "") + ONE.format("").replace("1,C", "2,C"))

    wipe(Person.objects.get(email="amina@example.org"), at=AT)

    cells = " ".join(source.rows.get(fate="refused").cells)
    assert "amina@example.org" not in cells
    assert "█" in cells


def test_a_hundred_rows_ask_the_database_as_often_as_two(take_in: Take, by: Person, django_assert_max_num_queries):
    rows = "".join(ONE.format(f"S{n} <s{n}@example.org>").replace("1,Cables", f"{n},Cables {n}") for n in range(100))
    source = take_in(HEAD + rows)

    with django_assert_max_num_queries(40):
        write(source, prepare(source), by=by, at=AT)

    assert ImportedFrom.objects.count() == 100


def test_every_state_says_what_may_follow():
    assert set(IMPORT_NEXT) == set(ImportState)
