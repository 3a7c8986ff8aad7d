"""The kinds of mail that the house writes; each part registers its own in `apps.ready()`.

    kinds.register(
        Kind(
            code="people.invitation",
            title=gettext_noop("Invitation to a role"),
            purpose=gettext_noop("Goes to an address that the secretariat invites."),
            placeholders=(Placeholder("name", gettext_noop("how the person is called"), "Amina Diallo"), …),
            subject=gettext_noop("{place}: invitation as {role}"),
            text=gettext_noop("Dear {name}, …"),
        )
    )

Subject and text are English and come out in the reader's language through the catalogue.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from convenor.shared.mail.letter import placeholders_in


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something that is filled in; `meaning` is marked with gettext_noop."""

    name: str
    meaning: str
    sample: str
    is_needed: bool = False  # without it the mail is of no use
    is_link: bool = False

    @property
    def typed(self) -> str:
        """How it is written in a template."""
        return f"{{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Example:
    """Real values for a preview."""

    values: Mapping[str, str]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail; the strings are English and marked with gettext_noop.

    `choices(cycle)` gives up to fifty (key, words) to fill a preview with, `example(cycle, key)` the values of one.
    """

    code: str
    title: str
    purpose: str
    subject: str
    text: str
    placeholders: tuple[Placeholder, ...] = ()
    is_list: bool = False  # the same words to many: can be stopped by its reader, and says so
    is_secret: bool = False  # lets its reader in: the text is withheld on every page
    choices: Callable[[Any], Sequence[tuple[str, str]]] | None = None
    example: Callable[[Any, str], Example | None] | None = None

    @property
    def samples(self) -> dict[str, str]:
        """A value per placeholder, for a preview where nothing real is there yet."""
        return {one.name: one.sample for one in self.placeholders}

    @property
    def links(self) -> frozenset[str]:
        """The placeholders whose value is an address to click on."""
        return frozenset(one.name for one in self.placeholders if one.is_link)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind.

    Raises:
        ValueError: its code is taken, or its own words hold what it does not declare.
    """
    if kind.code in KINDS:
        raise ValueError(f"there are two kinds of mail called {kind.code}")
    declared = {one.name for one in kind.placeholders}
    unknown = [name for name in placeholders_in(kind.subject + kind.text) if name not in declared]
    if unknown:
        raise ValueError(f"{kind.code} holds {unknown}, which it does not declare")
    KINDS[kind.code] = kind
