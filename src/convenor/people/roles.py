"""Roles, and the table form in which every domain says who may do what."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who somebody is towards one cycle."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    PROPOSER = "proposer"
    OBSERVER = "observer"
    HOST = "host"
    LEAD = "lead"
    FACILITATOR = "facilitator"
    RAPPORTEUR = "rapporteur"
    MEMBER = "member"
    CHAIR = "chair"
    SECRETARIAT = "secretariat"

    @property
    def is_held(self) -> bool:
        """Whether the role is given by a term; the others follow from what a person does."""
        return self not in (Role.PUBLIC, Role.SIGNED_IN, Role.PROPOSER)


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done, and the roles that may; where it shows a `field` of the rules, only who sees that."""

    name: str
    roles: frozenset[Role]
    field: str = ""

    def allows(self, held: Collection[Role]) -> bool:
        """Say whether somebody with these roles may."""
        return not self.roles.isdisjoint(held)


def verb(name: str, *roles: Role, field: str = "") -> Verb:
    """Write one row of a domain's table role × verb."""
    return Verb(name, frozenset(roles), field)


EVERYBODY = (Role.PUBLIC,)
COMMITTEE = (Role.MEMBER, Role.CHAIR, Role.SECRETARIAT)
STEERING = (Role.CHAIR, Role.SECRETARIAT)
