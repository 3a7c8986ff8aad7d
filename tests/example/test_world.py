"""The example world keeps the figures of 2017 and says the same for the same seed."""

import gzip
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from time import process_time

import pytest

from convenor.example.proposals import FORMATS
from convenor.example.records import Proposal, World
from convenor.example.words import THEMES, issues
from convenor.example.world import make_world
from convenor.people.regions import is_developing, region_of


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def large_and_seconds() -> tuple[World, float]:
    started = process_time()
    world = make_world(proposals=5_000)
    return world, process_time() - started


@pytest.fixture(scope="module")
def large(large_and_seconds: tuple[World, float]) -> World:
    return large_and_seconds[0]


def sound(world: World) -> list[Proposal]:
    return [p for p in world.proposals if p.status == "submitted"]


def share(count: int, total: int) -> float:
    return count / total


# One seed, one world


def test_the_same_seed_makes_an_equal_world(world: World) -> None:
    assert make_world(seed=2017, proposals=230) == world


def test_another_seed_makes_another_world(world: World) -> None:
    other = make_world(seed=2018)

    assert other.people != world.people
    assert other.proposals != world.proposals
    assert other.evaluations != world.evaluations


def test_a_world_too_small_for_merger_pairs_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 30 proposals, not 29"):
        make_world(proposals=29)


@pytest.mark.parametrize("seed", range(5))
def test_the_smallest_world_is_whole(seed: int) -> None:
    small = make_world(seed=seed, proposals=30)

    assert len(small.proposals) == 30
    assert len(small.merger_pairs) == 5
    assert {p.screened_out for p in small.proposals} == {
        None, "incomplete", "fewer-than-three-speakers", "too-many-by-one-proposer", "report-missing",
    }  # fmt: skip


def test_230_proposals_take_less_than_a_second() -> None:
    started = process_time()
    make_world()
    assert process_time() - started < 1.0


def test_5000_proposals_take_less_than_fifteen_seconds(large_and_seconds: tuple[World, float]) -> None:
    large, seconds = large_and_seconds
    assert len(large.proposals) == 5_000
    assert seconds < 15.0


# Organisations and people


def test_links_hold(world: World) -> None:
    assert [person.key for person in world.people] == list(range(len(world.people)))
    assert [p.number for p in world.proposals] == list(range(1, 231))
    assert all(p.organisation == world.people[p.owner].organisation for p in world.proposals)
    assert all(
        (person.country, person.group)
        == (world.organisations[person.organisation].country, world.organisations[person.organisation].group)
        for person in world.people
    )


def test_about_180_organisations_propose(world: World) -> None:
    assert 170 <= len({p.organisation for p in world.proposals}) <= 190
    assert len({organisation.name for organisation in world.organisations}) == len(world.organisations)


def test_groups_have_the_shares_of_2017(world: World) -> None:
    count = Counter(organisation.group for organisation in world.organisations)
    for group, wanted in {"civ": 0.48, "tec": 0.20, "prv": 0.14, "gov": 0.10, "igo": 0.08}.items():
        assert share(count[group], len(world.organisations)) == pytest.approx(wanted, abs=0.02)
    count = Counter(world.people[p.owner].group for p in world.proposals)
    for group, wanted in {"civ": 0.48, "tec": 0.20, "prv": 0.14, "gov": 0.10, "igo": 0.08}.items():
        assert share(count[group], len(world.proposals)) == pytest.approx(wanted, abs=0.05)


def test_all_five_regions_propose_and_some_are_developing_countries(world: World) -> None:
    regions = Counter(region_of(world.people[p.owner].country) for p in world.proposals)

    assert sorted(regions) == ["af", "ap", "ee", "lac", "weo"]
    assert min(regions.values()) >= 12
    assert 0.35 < share(sum(is_developing(world.people[p.owner].country) for p in world.proposals), 230) < 0.75


def test_the_committee_has_eleven_members_of_each_region(world: World) -> None:
    assert len(world.members) == len(set(world.members)) == 55
    assert set(Counter(region_of(world.people[key].country) for key in world.members).values()) == {11}
    assert len(world.secretariat) == 3
    assert len({world.chair, *world.secretariat, *world.members}) == 59


def test_members_do_not_propose(world: World) -> None:
    assert not {p.owner for p in world.proposals} & {*world.members, world.chair, *world.secretariat}


def test_genders_include_those_not_stated(world: World) -> None:
    count = Counter(person.gender for person in world.people)

    assert set(count) == {"woman", "man", "self-described", None}
    assert share(count["woman"], len(world.people)) == pytest.approx(0.44, abs=0.05)
    assert share(count[None], len(world.people)) == pytest.approx(0.06, abs=0.03)


def test_mail_goes_to_reserved_domains_and_to_one_person_each(large: World) -> None:
    assert {person.email.partition("@")[2] for person in large.people} == {"example.org", "example.net", "example.com"}
    assert len({person.email for person in large.people}) == len(large.people)
    assert all(re.fullmatch(r"[a-z0-9.]+@example\.(org|net|com)", person.email) for person in large.people)


def test_names_differ_and_come_in_many_scripts(world: World, large: World) -> None:
    assert len({person.name for person in world.people}) == len(world.people)
    assert len({person.name for person in large.people}) > 20_000
    scripts = {unicodedata.name(letter).split()[0] for p in world.people for letter in p.name if letter.isalpha()}
    assert scripts >= {"LATIN", "ARABIC", "CJK", "CYRILLIC", "DEVANAGARI", "ETHIOPIC", "GREEK", "HANGUL", "GEORGIAN"}


# Proposals


def test_every_issue_has_as_much_to_say() -> None:
    sizes = {(len(i.problems), len(i.subjects), len(i.tensions), len(i.questions), len(i.outcomes)) for i in issues()}
    assert sizes == {(7, 6, 3, 5, 3)}
    assert len(issues()) == 40


def test_themes_are_uneven(world: World) -> None:
    count = Counter(p.theme for p in world.proposals)
    assert count == {theme: proposals for theme, (_, proposals) in THEMES.items()}
    assert sorted(count.values()) == [12, 20, 24, 26, 30, 34, 40, 44]


def test_formats_keep_their_lengths(world: World) -> None:
    assert {p.format for p in world.proposals} == set(FORMATS)
    assert {p.format for p in world.proposals if p.minutes == 30} == {"birds-of-a-feather", "flash"}
    assert all(p.minutes in FORMATS[p.format][1] for p in world.proposals)


def test_texts_keep_their_limits(large: World) -> None:
    for p in sound(large):
        assert 50 <= len(p.summary.split()) <= 250
        assert 5 < len(p.title) <= 60
        assert len(set(p.policy_questions)) == 3
        assert 2 <= len(p.tags) <= 5
        texts = (p.summary, p.specific_issue, p.expected_outcomes, p.online_participation, p.session_agenda)
        assert all(texts)
        assert not re.search(r"[{}<>|]|  ", "".join((*texts, p.title, p.background, *p.policy_questions)))


def test_the_agenda_of_a_session_fills_its_minutes(world: World) -> None:
    for p in sound(world):
        marks = [tuple(map(int, found)) for found in re.findall(r"^(\d+)–(\d+) min: ", p.session_agenda, re.M)]
        assert len(marks) == p.session_agenda.count("\n") + 1
        assert [end for _, end in marks[:-1]] == [start for start, _ in marks[1:]]
        assert (marks[0][0], marks[-1][1]) == (0, p.minutes)


def test_titles_are_unique(large: World) -> None:
    assert len({p.title for p in large.proposals}) == 5_000


@pytest.mark.parametrize("seed", [2017, 1, 2, 3])
def test_texts_compress_no_better_than_varied_prose(seed: int) -> None:
    prose = "\n".join(p.summary for p in make_world(seed=seed).proposals[:100]).encode()
    assert len(gzip.compress(prose, 9)) / len(prose) > 0.30


def test_sound_proposals_pass_every_screening_criterion(world: World) -> None:
    for p in sound(world):
        assert sum(c.confirmed for c in p.contributors if c.role == "speaker") >= 3
        roles = Counter(c.role for c in p.contributors)
        assert [roles[role] for role in ("organiser", "moderator", "online-moderator", "rapporteur")] == [1, 1, 1, 1]
        assert p.earlier_session is None or (p.earlier_session.report_filed and not p.first_time)
        assert len({c.person for c in p.contributors}) == len(p.contributors)
    assert max(Counter(p.owner for p in sound(world)).values()) == 3
    assert max(Counter(p.organisation for p in sound(world)).values()) == 3


def test_eleven_proposals_fail_screening_and_show_why(world: World) -> None:
    out = [p for p in world.proposals if p.status == "screened-out"]
    handed_in = Counter(p.owner for p in world.proposals)

    assert Counter(p.screened_out for p in out) == {
        "incomplete": 4, "fewer-than-three-speakers": 3, "too-many-by-one-proposer": 2, "report-missing": 2,
    }  # fmt: skip
    for p in out:
        roles = {c.role for c in p.contributors}
        complete = (
            all(
                (p.summary, p.session_agenda, p.online_participation, p.expected_outcomes, len(p.policy_questions) == 3)
            )
            and {"moderator", "online-moderator", "rapporteur"} <= roles
        )
        confirmed = sum(c.confirmed for c in p.contributors if c.role == "speaker")
        shown = {
            "incomplete": not complete,
            "fewer-than-three-speakers": confirmed < 3,
            "too-many-by-one-proposer": handed_in[p.owner] > 3,
            "report-missing": p.earlier_session is not None and not p.earlier_session.report_filed,
        }
        assert [reason for reason, seen in shown.items() if seen] == [p.screened_out]


def test_some_propose_twice_and_a_newcomer_stays_one(world: World) -> None:
    first: dict[int, set[bool]] = defaultdict(set)
    for p in world.proposals:
        first[p.owner].add(p.first_time)

    assert sum(count > 1 for count in Counter(p.owner for p in world.proposals).values()) >= 10
    assert all(len(answers) == 1 for answers in first.values())
    assert 0.3 < share(sum(p.first_time for p in world.proposals), 230) < 0.55


def test_a_few_speakers_are_named_above_the_cap(world: World) -> None:
    eager = {p.owner for p in world.proposals if p.screened_out == "too-many-by-one-proposer"}
    parts = Counter(c.person for p in world.proposals for c in p.contributors)
    above = {person for person, count in parts.items() if count > 3}

    assert len(above - eager) == 6
    assert sum(count > 1 for count in parts.values()) > 300


def test_similarity_finds_the_pairs_worth_merging(world: World) -> None:
    texts = {p.number: " ".join((p.title, p.summary, p.specific_issue, *p.policy_questions)) for p in sound(world)}
    closest = sorted(likenesses(texts), reverse=True)[:5]

    assert {(a, b) for _, a, b in closest} == set(world.merger_pairs)
    for a, b in world.merger_pairs:
        first, second = world.proposals[a - 1], world.proposals[b - 1]
        assert first.theme == second.theme
        assert first.organisation != second.organisation


def likenesses(texts: Mapping[int, str]) -> Iterator[tuple[float, int, int]]:
    """Cosine of TF-IDF vectors of words, for every pair."""
    counts = {number: Counter(re.findall(r"\w{3,}", text.lower())) for number, text in texts.items()}
    seen_in = Counter(word for count in counts.values() for word in count)
    vectors = {}
    for number, count in counts.items():
        raw = {word: (1 + math.log(n)) * math.log(len(texts) / seen_in[word]) for word, n in count.items()}
        length = math.sqrt(sum(value * value for value in raw.values()))
        vectors[number] = {word: value / length for word, value in raw.items()}
    numbers = sorted(vectors)
    for place, a in enumerate(numbers):
        for b in numbers[place + 1 :]:
            yield sum(value * vectors[b].get(word, 0.0) for word, value in vectors[a].items()), a, b
