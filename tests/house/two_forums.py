"""Two forums on one installation: the example world, and one made by hand whose every word is of its own kind.

The second forum has a row in every table that leads to a forum; a table added later gets its row by itself. The first
row of every table has the same key, which is also the first number of its proposals and of its sessions, and which
stands nowhere else: whatever table a page looks in, an address with this key means a row of the far forum.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.test import Client

from convenor.cycle.models import Cycle, Forum, Obligation, Phase, PhaseKind
from convenor.evaluation.compute import compute_results
from convenor.evaluation.models import Evaluation, Ranking, Result
from convenor.example.load import load_example, seed_agenda
from convenor.example.world import make_world
from convenor.meetings.actions import hand_in, make_meeting
from convenor.people.invitations import invite
from convenor.people.links import ways_to_forum
from convenor.people.models import Distinct, Organisation, Person, RoleTerm
from convenor.people.role_actions import Term
from convenor.people.roles import Role
from convenor.programme.models import Placement, Release, Room, Session, Slot
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.selection.models import Choice, Scenario
from convenor.shared.documents.models import File
from convenor.shared.jobs.models import Job
from convenor.shared.journal import record, typed
from convenor.shared.mail.models import Mail

AT = datetime(2017, 12, 18, 9, 0, tzinfo=UTC)
WORD = "Zanzara"  # stands in everything that the second forum says, and nowhere else
SOUGHT = "Quagmire"  # stands beside it, and may be searched for
BOTH = f"{WORD} {SOUGHT}"
FAR = "zanzara"
FIRST_KEY = 5_000_001  # of every table, and the first number of proposals and sessions


@dataclass(frozen=True)
class Two:
    """The forum that looks, and the one that must not be seen."""

    near: Cycle
    far: Cycle
    far_meeting: str
    far_key: int
    near_keys: dict[str, int]

    def client(self, role: Role) -> Client:
        """Give a browser of somebody who has a role in the near forum and nothing in the far one."""
        client = Client()
        client.raise_request_exception = False
        if role is not Role.PUBLIC:
            client.force_login(self.person(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def person(self, role: Role) -> Person:
        """Give the person of a role."""
        if role is Role.PROPOSER:
            return self.near.proposals.first().owner  # type: ignore[union-attr]  # the example has proposals
        person, made = Person.objects.get_or_create(email=f"{role}@near.example", defaults={"name": f"Near {role}"})
        if made and role.is_held:
            slug = self.near.forum.slug
            RoleTerm.objects.create(
                person=person, role=role, forum=slug, cycle="" if role is Role.SECRETARIAT else "2017"
            )
        return person


def make_two() -> Two:
    """Make both forums; again and again in one database, as each worker of the tests may have to."""
    _count_on_from_what_is_there()
    near = load_example(make_world(proposals=30), report=_silent)
    compute_results({"cycle": near.pk}, at=AT, report=_silent)
    _select(near, list(near.proposals.order_by("number")[:10]))
    near_keys = {model._meta.label: key for model in tables() if (key := _first_key(model))}
    _start_keys_afresh()
    far = _far(near)
    for model in tables():
        if ways_to_forum(model) and not _rows_of(model, FAR).exists():
            _fill(model, far)
    return Two(near, far, "quill-june", FIRST_KEY, near_keys)


def tables() -> Iterator[type[models.Model]]:
    """Give our own models."""
    yield from (model for model in apps.get_models() if model.__module__.startswith("convenor."))


def _has_number(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def _first_key(model: type[models.Model]) -> int:
    return (
        int(model._base_manager.order_by("pk").values_list("pk", flat=True).first() or 0) if _has_number(model) else 0
    )


def _rows_of(model: type[models.Model], slug: str) -> models.QuerySet[Any]:
    condition = models.Q(pk__in=())
    for way in ways_to_forum(model):
        condition |= models.Q(**{way: slug})
    return model._base_manager.filter(condition)


def _count_on_from_what_is_there() -> None:
    """Take the counters of PostgreSQL back, which a transaction that was undone leaves where the last far forum was."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for model in filter(_has_number, tables()):
            last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
            words = [f'"{model._meta.db_table}"', last + 1]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", words)


def _start_keys_afresh() -> None:
    """Let each table count on from the same number."""
    with connection.cursor() as cursor:
        for model in filter(_has_number, tables()):
            table, last = model._meta.db_table, FIRST_KEY - 1
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', last])


def _far(near: Cycle) -> Cycle:
    forum = Forum.objects.create(slug=FAR, name=f"{BOTH} Forum")
    cycle = Cycle.objects.create(
        forum=forum, slug="2017", name=f"{BOTH} 2017", place=f"{WORD} City", zone="Europe/Zurich",
        starts_on=date(2017, 12, 18), ends_on=date(2017, 12, 21), rule_set=near.rule_set,
    )  # fmt: skip
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=kind, starts_on=date(2017, 3, 1), ends_on=date(2017, 12, 31)) for kind in PhaseKind
    )
    people = _far_people(cycle)
    proposals = _far_proposals(cycle, people)
    _far_sessions(cycle, proposals, people)
    _rank(cycle, proposals, near)
    _select(cycle, proposals)
    _far_papers(cycle, people)
    return cycle


def _far_people(cycle: Cycle) -> list[Person]:
    body = Organisation.objects.create(name=f"{BOTH} Institute", country="KE", group="tec")
    people = [
        Person.objects.create(
            email=f"{role}@{FAR}.example", name=f"{WORD} Quill {role}", country="KE", group="tec", organisation=body,
            gender=f"{WORD} gender",
        )
        for role in Role
        if role.is_held
    ]  # fmt: skip
    for person, role in zip(people, (role for role in Role if role.is_held), strict=True):
        RoleTerm.objects.create(person=person, role=role, forum=FAR, cycle="")
    return people


def _far_proposals(cycle: Cycle, people: list[Person]) -> list[Proposal]:
    proposals = [
        Proposal.objects.create(
            cycle=cycle, number=FIRST_KEY + index, title=f"{BOTH} title {index}", summary=f"{BOTH} summary.",
            issue=f"{WORD} issue", theme="access", format="panel", minutes=90, state=State.SUBMITTED, submitted_at=AT,
            owner=people[0], organisation=people[0].organisation, tags=[f"{WORD} tag"],
        )
        for index in range(3)
    ]  # fmt: skip
    for proposal in proposals:
        Contributor.objects.create(proposal=proposal, person=people[1], part=Part.SPEAKER)
        Evaluation.objects.create(
            member=people[2], proposal=proposal, grades={"relevance": 4}, comment=f"{WORD} comment"
        )
    return proposals


def _far_sessions(cycle: Cycle, proposals: list[Proposal], people: list[Person]) -> None:
    room = Room.objects.create(cycle=cycle, name=f"{WORD} Room", seats=100)
    release = Release.objects.create(cycle=cycle, number=1, released_at=AT, released_by=people[0])
    for number, proposal in ((FIRST_KEY, proposals[0]), (FIRST_KEY + 9, None)):
        slot = Slot.objects.create(cycle=cycle, starts_at=AT + timedelta(hours=number % 10), minutes=90)
        session = Session.objects.create(
            cycle=cycle, number=number, kind="workshop", title=f"{BOTH} session", proposal=proposal,
            organisation=people[0].organisation, theme="access", minutes=90, seats=50,
        )  # fmt: skip
        session.people.add(people[3])
        Placement.objects.create(session=session, slot=slot, room=room, release=release)


def _silent(_share: float | None, _sentence: str) -> None:
    """Report to nobody."""


def _select(cycle: Cycle, proposals: list[Proposal]) -> None:
    """Store a scenario as the worker would."""
    scenario = Scenario.objects.create(
        cycle=cycle, computed_at=AT, places=2, seed=1, total=8.2, bound=8.2, is_proven=True
    )
    values = {"line": 4.2, "other": proposals[0].number, "other_score": 4.3, "rules": []}
    for rank, proposal in enumerate(proposals, start=1):
        said = {"reason": "in_by_score" if rank <= 2 else "out_below_line", "is_in": rank <= 2, "values": values}
        Choice.objects.create(scenario=scenario, proposal=proposal, score=4.5 - rank / 10, **said)


def _rank(cycle: Cycle, proposals: list[Proposal], near: Cycle) -> None:
    """Store a ranking of the far forum, with the near one's figures."""
    figures = near.rankings.values_list("figures", flat=True)[0]
    ranking = Ranking.objects.create(cycle=cycle, computed_at=AT, line=2, seed=1, figures=figures)
    for rank, proposal in enumerate(proposals, start=1):
        Result.objects.create(
            ranking=ranking, proposal=proposal, n=3, mean=4.5 - rank / 10, sd=0.2, calibrated=4.5 - rank / 10,
            half_width=0.3, chance_in=0.5, rank=rank, calibrated_rank=rank,
        )  # fmt: skip


def _far_papers(cycle: Cycle, people: list[Person]) -> None:
    """Store what is said, mailed, asked and owed in the far forum."""
    chief = people[0]
    text = seed_agenda().replace("Opening", f"{WORD} Opening")
    draft = hand_in(f"{BOTH}\n{text}", by=chief, at=AT, file_name=f"{WORD}.txt")
    make_meeting(draft, into=cycle, title=f"{BOTH} meeting", zone=cycle.zone, by=chief, at=AT, slug="quill-june")
    hand_in(f"{BOTH} draft\n{text}", by=chief, at=AT)
    Job.objects.create(task="x.y", values={"cycle": cycle.pk}, by=chief, queued_at=AT)
    said = {"what": typed(BOTH)}
    record(scope=cycle.scope, verb="far.said", template="“%(what)s” was said.", private=said, at=AT, actor=chief)
    invite(f"guest@{FAR}.example", Term(Role.MEMBER, FAR, "2017"), scope=cycle.scope, by=chief, at=AT, name=BOTH)
    Mail.objects.create(
        to=f"reader@{FAR}.example",
        subject=f"{BOTH} subject",
        text=f"{BOTH} text",
        queued_at=AT,
        forum=FAR,
        person=chief,
    )
    Obligation.objects.create(forum=cycle.forum, person=chief, what=f"{BOTH} report", due_on=date(2017, 12, 31))
    first, second = sorted(one.pk for one in people[:2])
    Distinct.objects.create(forum=FAR, first_id=first, second_id=second)
    File.objects.create(
        kind="evaluation.synthesis", scope=cycle.scope, subject=cycle.rankings.get().pk, form="docx", language="en",
        name=f"{BOTH}.docx", data=BOTH.encode(), size_bytes=len(BOTH), made_at=AT, kept_until=AT + timedelta(days=9999),
    )  # fmt: skip


def _fill(model: type[models.Model], far: Cycle) -> None:
    """Make a row of any table in the far forum; what must be filled gets the forum's word."""
    row = model()
    for field in model._meta.concrete_fields:
        if field.primary_key or (field.null and not isinstance(field, models.ForeignKey)):
            continue
        if field.has_default() and not isinstance(field, models.CharField | models.TextField):
            continue
        setattr(row, field.attname, _value(field, far))
    row.save()


def _value(field: Any, far: Cycle) -> Any:
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        found = _rows_of(related, FAR).first() if ways_to_forum(related) else None
        found = found or related._base_manager.filter(pk__gte=FIRST_KEY).order_by("pk").first()
        return found.pk if found else None
    if isinstance(field, models.CharField) and field.name == "forum":
        return FAR
    if isinstance(field, models.CharField) and field.name == "scope":
        return far.scope
    if getattr(field, "choices", None):
        return next(value for value, _label in field.choices if value != "")
    return _plain_value(field)


def _plain_value(field: Any) -> Any:
    simple: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.EmailField, f"row@{FAR}.example"), (models.TextField, f"{BOTH} text"), (models.DateTimeField, AT),
        (models.DateField, AT.date()), (models.TimeField, time(9)), (models.JSONField, {"name": BOTH}),
        (models.BinaryField, BOTH.encode()), (models.BooleanField, False), (models.IntegerField, 1),
        (models.FloatField, 1.0),
    ]  # fmt: skip
    if isinstance(field, models.CharField) and field.name in ("zone", "language", "kind"):
        return {"zone": "UTC", "language": "en"}.get(field.name, FAR)
    for kind, value in simple:
        if isinstance(field, kind):
            return value
    return f"{BOTH} {field.name}"[: field.max_length]
