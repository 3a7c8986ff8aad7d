"""Two rows of one person made one: everything moves, clashes are reported, and no forum reaches into another."""

from datetime import UTC, date, datetime

import pytest

from convenor.cycle.models import Cycle, Forum
from convenor.cycle.people_actions import candidates, merge, say_distinct
from convenor.evaluation.models import Evaluation
from convenor.people.links import forums_of, is_of_account, links_to, ways_to_forum
from convenor.people.models import Affiliation, Merge, Organisation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.proposals.drafting.models import Version, Why
from convenor.proposals.models import Contributor, Part
from convenor.shared.errors import Refused
from convenor.shared.journal import record, sentence
from convenor.shared.journal.models import Entry
from tests.programme.making import make_proposal, make_session

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


@pytest.fixture
def secretary(person_as) -> Person:
    return person_as(Role.SECRETARIAT)


@pytest.fixture
def lab() -> Organisation:
    return Organisation.objects.create(name="Lab")


@pytest.fixture
def kept(cycle) -> Person:
    person = Person.objects.create_user("amina@example.org", name="Amina Mfano", joined_at=NOW)
    RoleTerm.objects.create(person=person, role=Role.MEMBER, forum="igf", cycle="2017", since=date(2017, 1, 1))
    return person


@pytest.fixture
def lost(cycle, lab) -> Person:
    person = Person.objects.create_user(
        "mfano@example.org", name="MFANO, Amina", country="KE", group="civ", organisation=lab
    )
    RoleTerm.objects.create(person=person, role=Role.OBSERVER, forum="igf", cycle="2017")
    return person


def unite(cycle: Cycle, kept: Person, lost: Person, by: Person, email: str | None = None) -> Merge:
    """Merge two people."""
    return merge(cycle, kept, lost, email=kept.email or "" if email is None else email, by=by, at=NOW)


def test_every_reference_moves(cycle, kept, lost, secretary, lab):
    proposal = make_proposal(cycle, 1, people=[lost], owner=lost)
    session = make_session(cycle, 9)
    session.people.add(lost)
    Evaluation.objects.create(member=lost, proposal=proposal, grades={"relevance": 4})
    made = unite(cycle, kept, lost, secretary)

    assert not Person.objects.filter(pk=made.lost_key).exists()
    proposal.refresh_from_db()
    assert proposal.owner == kept
    assert [one.person for one in proposal.contributors.all()] == [kept]
    assert list(session.people.all()) == [kept]
    assert Evaluation.objects.get().member == kept
    assert sorted(kept.role_terms.values_list("role", flat=True)) == ["member", "observer"]
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.country, kept.group) == ("Amina Mfano", "amina@example.org", "KE", "civ")
    assert (kept.organisation, [one.organisation for one in kept.affiliations.all()]) == (lab, [lab])
    assert (made.lost_email, made.dropped) == ("mfano@example.org", {})


def test_rows_on_both_sides_stay_once_and_are_reported(cycle, kept, lost, secretary):
    proposal = make_proposal(cycle, 1, people=[kept])
    Contributor.objects.create(proposal=proposal, person=lost, part=Part.ORGANISER)
    Contributor.objects.create(proposal=proposal, person=lost, part=Part.SPEAKER)
    for person, grade in ((kept, 5), (lost, 2)):
        Evaluation.objects.create(member=person, proposal=proposal, grades={"relevance": grade})
    made = unite(cycle, kept, lost, secretary)

    assert made.dropped == {"proposals.contributor": 1, "evaluation.evaluation": 1}
    assert sorted(proposal.contributors.values_list("person", "part")) == [(kept.pk, "organiser"), (kept.pk, "speaker")]
    assert Evaluation.objects.get().grades == {"relevance": 5}


def test_earlier_texts_name_the_kept_person_once_in_a_part_and_nobody_else_changes(cycle, kept, lost, secretary):
    proposal = make_proposal(cycle, 1)
    alike = lost.pk * 10  # begins with the same digits
    people = [[lost.pk, "speaker"], [alike, "speaker"], [kept.pk, "speaker"], [lost.pk, "moderator"]]
    Version.objects.create(proposal=proposal, number=1, why=Why.WRITTEN, people=people, made_at=NOW)
    Version.objects.create(proposal=proposal, number=2, why=Why.WRITTEN, people=[[alike, "speaker"]], made_at=NOW)
    unite(cycle, kept, lost, secretary)

    assert [one.people for one in proposal.versions.all()] == [
        [[kept.pk, "speaker"], [alike, "speaker"], [kept.pk, "moderator"]],
        [[alike, "speaker"]],
    ]


@pytest.mark.parametrize(
    ("own", "theirs", "together"),
    [
        ((date(2017, 1, 1), None), (None, date(2017, 6, 1)), [(None, None)]),
        ((date(2017, 1, 1), date(2017, 3, 1)), (date(2017, 2, 1), None), [(date(2017, 1, 1), None)]),
        (
            (date(2015, 1, 1), date(2015, 12, 31)),
            (date(2017, 1, 1), None),
            [(date(2015, 1, 1), date(2015, 12, 31)), (date(2017, 1, 1), None)],
        ),
    ],
)
def test_nobody_loses_a_day_of_a_role(cycle, kept, lost, secretary, own, theirs, together):
    kept.role_terms.update(since=own[0], until=own[1])
    lost.role_terms.update(role=Role.MEMBER, since=theirs[0], until=theirs[1])
    unite(cycle, kept, lost, secretary)

    assert sorted(kept.role_terms.values_list("since", "until"), key=str) == sorted(together, key=str)


def test_the_journal_counts_and_names_nobody(cycle, kept, lost, secretary):
    unite(cycle, kept, lost, secretary)

    assert [sentence(entry) for entry in Entry.objects.all()] == [
        "Two entries of one person were made one; rows moved: 2, left out: 0."
    ]


def test_the_history_of_both_is_kept_and_one_present_remains(cycle, kept, lost, secretary, lab):
    union, old = (Organisation.objects.create(name=name) for name in ("Union", "Old"))
    Affiliation.objects.create(person=kept, organisation=union)
    Affiliation.objects.create(person=lost, organisation=old, until=date(2015, 1, 1))
    unite(cycle, kept, lost, secretary)

    assert [str(one.organisation) for one in kept.affiliations.all()] == ["Union", "Old"]
    kept.refresh_from_db()
    assert kept.organisation == union


def another_forum(cycle: Cycle) -> Cycle:
    """Start a second forum beside the first."""
    forum = Forum.objects.create(slug="far", name="Zanzara Forum")
    days = {"starts_on": cycle.starts_on, "ends_on": cycle.ends_on}
    return Cycle.objects.create(
        forum=forum, slug="2017", name="Zanzara 2017", zone="UTC", rule_set=cycle.rule_set, **days
    )


@pytest.mark.parametrize("how", ["role", "proposal", "session", "journal", "start"])
def test_who_appears_elsewhere_is_refused_without_naming_where(cycle, kept, lost, secretary, how):
    far = another_forum(cycle)
    if how == "role":
        RoleTerm.objects.create(person=lost, role=Role.MEMBER, forum="far", cycle="2017")
    elif how == "proposal":
        make_proposal(far, 1, people=[lost])
    elif how == "session":
        make_session(far, 1).people.add(lost)
    elif how == "journal":
        record(scope=far.scope, verb="x.y", template="Said.", at=NOW, actor=lost)
    else:
        Cycle.objects.filter(pk=far.pk).update(created_by=lost)
    for first, second in ((kept, lost), (lost, kept)):
        with pytest.raises(Refused, match="takes part outside this forum") as refusal:
            unite(cycle, first, second, secretary)
        assert "Zanzara" not in str(refusal.value)
    assert Person.objects.filter(pk__in=(kept.pk, lost.pk)).count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence_"),
    [
        (({"joined_at": None}, {"joined_at": NOW}), "so that entry is the one to keep"),
        (({"is_superuser": True}, {}), "runs this site"),
        (({}, {"is_superuser": True}), "runs this site"),
    ],
)
def test_an_account_in_use_is_not_lost(cycle, kept, lost, secretary, changes, sentence_):
    for person, values in zip((kept, lost), changes, strict=True):
        Person.objects.filter(pk=person.pk).update(**values)
    with pytest.raises(Refused, match=sentence_):
        unite(cycle, kept, lost, secretary)


def test_nobody_takes_an_account_over_by_choosing_its_address(cycle, kept, lost, secretary):
    with pytest.raises(Refused, match="signs in with amina@example\\.org, so this address stays"):
        unite(cycle, kept, lost, secretary, email="mfano@example.org")
    with pytest.raises(Refused, match="“evil@example\\.org” is the address of neither"):
        unite(cycle, kept, lost, secretary, email="evil@example.org")


def test_the_other_address_may_be_chosen_where_nobody_has_signed_in(cycle, kept, lost, secretary):
    Person.objects.filter(pk=kept.pk).update(joined_at=None)
    unite(cycle, kept, lost, secretary, email="mfano@example.org")

    assert Person.objects.get(pk=kept.pk).email == "mfano@example.org"


def test_a_secretary_does_not_merge_anothers_account_into_their_own(cycle, kept, lost):
    Person.objects.filter(pk=lost.pk).update(joined_at=NOW)
    with pytest.raises(Refused, match="Let a colleague merge them"):
        unite(cycle, kept, lost, kept)


def test_a_second_click_is_told_that_it_is_done(cycle, kept, lost, secretary):
    gone = Person(pk=lost.pk)
    unite(cycle, kept, lost, secretary)
    with pytest.raises(Refused, match="this is one person already"):
        unite(cycle, kept, gone, secretary)


def test_pairs_said_to_be_two_people_are_not_offered_again(cycle, kept, lost):
    Person.objects.filter(pk=kept.pk).update(country="KE")
    assert [(one.first, one.second) for one in candidates(cycle)] == [(kept.pk, lost.pk)]
    say_distinct(cycle, lost, kept)
    assert candidates(cycle) == []


def test_people_of_another_forum_are_no_candidates(cycle, kept):
    Person.objects.filter(pk=kept.pk).update(country="KE")
    twin = Person.objects.create_user("twin@example.org", name="Amina Mfano", country="KE")
    RoleTerm.objects.create(person=twin, role=Role.MEMBER, forum="far", cycle="")

    assert candidates(cycle) == []


def test_the_page_merges_and_says_what_moved(cycle, kept, lost, client_as):
    desk = client_as(Role.SECRETARIAT)
    page = f"/igf/2017/people/duplicates/{kept.pk}/{lost.pk}/"
    assert desk.get(page).status_code == 200
    answer = desk.post(page, {"keep": str(kept.pk), "email": "amina@example.org"}, follow=True)

    assert answer.content.decode().count("They are one entry now. Rows moved: 2; on both sides, so left out: 0.") == 1
    assert desk.get(page).status_code == 404


def test_the_page_of_a_pair_of_elsewhere_is_missing(cycle, kept, client_as):
    stranger = Person.objects.create_user("far@example.org", name="Zanzara Quill")
    RoleTerm.objects.create(person=stranger, role=Role.MEMBER, forum="far", cycle="")
    desk = client_as(Role.SECRETARIAT)
    for path in (f"{kept.pk}/{stranger.pk}/", f"{stranger.pk}/{kept.pk}/", f"{kept.pk}/{kept.pk}/"):
        assert desk.get(f"/igf/2017/people/duplicates/{path}").status_code == 404


def test_every_link_to_a_person_has_been_thought_of():
    """A new table that points at people must lead to a forum, or be part of the account, or stand in this list."""
    without_place = sorted(
        f"{model._meta.label_lower}.{key}"
        for model, key in links_to(Person)
        if not is_of_account(model) and not ways_to_forum(model)
    )

    assert without_place == PERSONAL


# Rows of a person that belong to no forum: they move with a merge.
PERSONAL = ["shared.confirmation.by", "shared.job.by", "shared.translationchange.by"]


def test_where_somebody_appears_is_found_over_every_way(cycle, lost):
    make_proposal(cycle, 1, people=[lost])

    assert forums_of(lost) == {"igf"}
