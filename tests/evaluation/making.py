"""Makes proposals and grades for tests of the evaluation and the selection."""

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Evaluation
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Proposal, State

CRITERIA = ("relevance", "content", "diversity", "format")


def propose(cycle: Cycle, number: int, **fields: object) -> Proposal:
    """Hand in a proposal."""
    owner, _made = Person.objects.get_or_create(email="owner@example.org", defaults={"name": "Owner"})
    organisation, _made = Organisation.objects.get_or_create(name="Mfano Exchange", country="KE", group="tec")
    values: dict[str, object] = {
        "title": f"Title {number}",
        "summary": f"Summary {number}",
        "theme": "access",
        "format": "panel",
        "minutes": 90,
        "state": State.SUBMITTED,
        "organisation": organisation,
        **fields,
    }
    return Proposal.objects.create(cycle=cycle, number=number, owner=owner, **values)


def member(number: int) -> Person:
    """Give a member of the committee by number."""
    person, _made = Person.objects.get_or_create(email=f"m{number}@example.org", defaults={"name": f"Member {number}"})
    return person


def grade(proposal: Proposal, by: int, grades: dict[str, int] | int, **fields: object) -> Evaluation:
    """Let a member grade; one number is the grade of every criterion."""
    given = dict.fromkeys(CRITERIA, grades) if isinstance(grades, int) else grades
    return Evaluation.objects.create(member=member(by), proposal=proposal, grades=given, **fields)


def graded(cycle: Cycle, count: int, *, readers: int = 3) -> list[Proposal]:
    """Hand in proposals that stand in the order of their numbers, each graded by the same readers."""
    found = [propose(cycle, number) for number in range(1, count + 1)]
    for place, proposal in enumerate(found):
        for reader in range(readers):
            best = 5 - place * 4 // max(count, 1)
            grade(proposal, reader, {"relevance": best, "content": max(1, best - (place + reader) % 2)})
    return found
