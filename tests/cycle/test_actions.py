"""Starting forums, setting phases, loading presets, finding a year: what is done, kept and refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from convenor.cycle.actions import PRESETS, find_cycle, load_presets, set_phases, start_forum
from convenor.cycle.models import Cycle, Forum, RuleSet
from convenor.cycle.names import RESERVED
from convenor.cycle.phases import Span, proposed
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence, verify
from convenor.shared.journal.models import Entry

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(db: None) -> Person:
    """Give a person without any role."""
    return Person.objects.create(name="Amina Mfano", email="amina@example.org")


def start(by: Person, **changes: object) -> Cycle:
    """Start a forum of the tests."""
    told: dict[str, object] = {
        "name": "Local IGF",
        "year": "2027",
        "place": "Nairobi",
        "zone": "Africa/Nairobi",
        "starts_on": date(2027, 9, 1),
        "ends_on": date(2027, 9, 2),
        "by": by,
        "at": AT,
    }
    return start_forum(**{**told, **changes})  # type: ignore[arg-type]  # the tests hand in wrong values, too


def test_a_forum_is_started_with_everything_it_needs(amina: Person):
    cycle = start(amina)

    assert (cycle.scope, cycle.name, cycle.place, cycle.zone) == (
        "local-igf/2027",
        "Local IGF 2027",
        "Nairobi",
        "Africa/Nairobi",
    )
    assert (cycle.rule_set.name, cycle.rules.budget.places) == ("National forum (light)", 20)
    assert [Span(p.kind, p.starts_on, p.ends_on) for p in cycle.phases.all()] == list(
        proposed(cycle.starts_on, cycle.ends_on)
    )
    assert list(RoleTerm.objects.values_list("person", "role", "forum", "cycle")) == [
        (amina.pk, Role.SECRETARIAT, "local-igf", "")
    ]
    assert [sentence(entry) for entry in Entry.objects.filter(scope="local-igf/2027")] == [
        "“Local IGF 2027” was started under the rule set “National forum (light)”, version 1."
    ]


def test_two_clicks_start_one_forum(amina: Person):
    assert start(amina) == start(amina)
    assert Forum.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Forum Numérique", "forum-numerique"),
        ("منتدى حوكمة الإنترنت", "forum"),
        ("互联网治理论坛", "forum"),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("../../etc/passwd", "etcpasswd"),
        ("X" * 100, "x" * 56),
    ],
)
def test_the_address_is_made_from_the_name(amina: Person, name: str, slug: str):
    cycle = start(amina, name=name)

    assert cycle.forum.slug == slug
    assert cycle.forum.name == name


def test_forums_beside_each_other_get_addresses_of_their_own(amina: Person):
    kofi = Person.objects.create(name="Kofi Sample", email="kofi@example.org")

    scopes = [start(amina, name="论坛").scope, start(kofi, name="论坛").scope, start(kofi, name="منتدى").scope]

    assert scopes == ["forum/2027", "forum-2/2027", "forum-3/2027"]
    assert [term.person for term in RoleTerm.objects.filter(forum="forum-2")] == [kofi]
    assert [verify(scope).entries for scope in scopes] == [1, 1, 1]


def test_marks_that_turn_text_around_are_taken_out_of_names(amina: Person):
    cycle = start(amina, name="Good\u202eforum\x07\n 2", place="Na\u2066irobi")

    assert (cycle.forum.name, cycle.place) == ("Goodforum 2", "Nairobi")


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_an_address_of_the_house_is_refused(amina: Person, word: str):
    with pytest.raises(Refused, match=f"“{word}” is an address of the site itself"):
        start(amina, short_name=word)
    with pytest.raises(Refused, match="Choose another short name; what you typed is kept"):
        start(amina, name=word)

    assert not Forum.objects.exists()


def test_every_first_part_of_an_address_is_reserved():
    from convenor.config.urls import urlpatterns

    literal = set()
    for pattern in urlpatterns:
        inner = getattr(pattern, "url_patterns", [pattern]) if str(pattern.pattern) == "" else [pattern]
        literal |= {str(one.pattern).split("/", maxsplit=1)[0] for one in inner}
    assert {word for word in literal if word and not word.startswith("<")} - RESERVED == set()


def test_a_short_name_that_is_taken_is_refused(amina: Person):
    start(amina, short_name="igf")

    with pytest.raises(Refused, match="Another forum here has the short name “igf”"):
        start(amina, name="Other", short_name="igf")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": " \u202e "}, "needs a name that can be read"),
        ({"zone": "Mars/Olympus"}, "“Mars/Olympus” is no time zone"),
        ({"zone": "../../etc/passwd"}, "is no time zone"),
        ({"ends_on": date(2027, 8, 31)}, "would end on 2027-08-31, before it starts on 2027-09-01"),
    ],
)
def test_a_start_that_cannot_be_is_refused_and_leaves_nothing(amina: Person, wrong: dict[str, object], reason: str):
    with pytest.raises(Refused, match=reason):
        start(amina, **wrong)

    assert (Forum.objects.count(), Entry.objects.count(), RoleTerm.objects.count()) == (0, 0, 0)


def test_a_year_in_another_script_gets_the_number_for_its_address(amina: Person):
    cycle = start(amina, year="٢٠٢٧")

    assert (cycle.name, cycle.slug) == ("Local IGF ٢٠٢٧", "2027")


def test_presets_are_loaded_once(db: None):
    first, second = load_presets(), load_presets()

    assert first == second
    assert list(first) == list(PRESETS)
    assert RuleSet.objects.count() == 3


def test_a_preset_that_changed_becomes_a_new_version_and_the_old_one_stays(db: None):
    old = RuleSet.objects.create(name="IGF 2017", data={"themes": []}, is_preset=True)

    new = load_presets()["igf-2017"]

    assert (new.version, RuleSet.objects.get(pk=old.pk).data) == (2, {"themes": []})


def test_a_phase_that_moves_is_an_entry_and_the_others_are_not(cycle: Cycle, person_as: Callable[[Role], Person]):
    spans = [Span(p.kind, p.starts_on, p.ends_on) for p in cycle.phases.all()]
    spans[0] = Span("call", date(2017, 3, 1), date(2017, 5, 6))

    changed = set_phases(cycle, spans=spans, by=person_as(Role.SECRETARIAT), at=AT)

    assert changed == 1
    assert cycle.phases.get(kind="call").ends_on == date(2017, 5, 6)
    assert [sentence(entry) for entry in Entry.objects.all()] == [
        "“Call for proposals” runs from 2017-03-01 to 2017-05-06."
    ]
    assert set_phases(cycle, spans=spans, by=person_as(Role.SECRETARIAT), at=AT) == 0


def test_a_phase_that_would_end_before_it_starts_changes_nothing(cycle: Cycle, person_as: Callable[[Role], Person]):
    spans = [Span("call", date(2017, 3, 2), date(2017, 5, 3)), Span("screening", date(2017, 5, 10), date(2017, 5, 4))]

    with pytest.raises(Refused, match="“Screening” was not changed: it would end on 2017-05-04"):
        set_phases(cycle, spans=spans, by=person_as(Role.SECRETARIAT), at=AT)

    assert cycle.phases.get(kind="call").starts_on == date(2017, 3, 1)


def test_the_only_forum_gives_its_newest_year(cycle: Cycle):
    assert find_cycle(None) == cycle
    assert find_cycle("igf/2017") == cycle
    newer = Cycle.objects.create(
        forum=cycle.forum,
        slug="2018",
        name="IGF 2018",
        zone="UTC",
        starts_on=date(2018, 11, 12),
        ends_on=date(2018, 11, 14),
        rule_set=cycle.rule_set,
    )
    assert find_cycle(None) == newer


def test_a_year_that_is_not_here_is_refused_with_those_that_are(cycle: Cycle):
    with pytest.raises(Refused, match=r"There is no year “igf/1999” here. Known: igf/2017."):
        find_cycle("igf/1999")


def test_several_forums_need_a_name(cycle: Cycle, amina: Person):
    start(amina)

    with pytest.raises(Refused, match=r"say which with --cycle. Known: local-igf/2027, igf/2017"):
        find_cycle(None)


def test_an_empty_installation_says_what_to_do(db: None):
    with pytest.raises(Refused, match=r"no forum here yet. Start one"):
        find_cycle(None)
