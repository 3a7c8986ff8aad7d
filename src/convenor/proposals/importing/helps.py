"""What goes into each column, in words: for the template, for the page, and for the documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from convenor.cycle.rule_life import EVERY_FORMAT
from convenor.cycle.rules import Rules
from convenor.proposals.importing.fields import FIELDS
from convenor.proposals.importing.vocabulary import choices_of
from convenor.proposals.importing.wording import name_of
from convenor.shared.languages.lists import listed

ALWAYS = ("title", "theme", "format", "proposer-name")
_PEOPLE = _("One person a line: name, e-mail address in brackets, organisation.")
HELP: Mapping[str, Promise] = {
    "outside-id": _("Your own number of the proposal; with it the next import changes the proposal."),
    "title": _("At most 200 letters."),
    "theme": _("One of the themes of the year."),
    "format": _("One of the formats of the year."),
    "minutes": _("A length that the format allows. Left open, it is the shortest."),
    "summary": _("What it is about."),
    "issue": _("The issue it treats."),
    "policy-questions": _("One question a line."),
    "expected-outcomes": _("What should come of it."),
    "online-participation": _("How people online take part."),
    "session-agenda": _("How the session runs."),
    "tags": _("Words parted by commas."),
    "language": _("The language these texts are in. Left open, it is that of the year."),
    "seats": _("How many people are expected."),
    "proposer-name": _("Who proposes it. A name or an e-mail address is needed."),
    "proposer-email": _("People are found again by it, and can sign in with it to see their proposal."),
    "first-proposal": _("Yes or no."),
    "organisation": _("For whom the proposer speaks."),
    "group": _("The stakeholder group of the organisation."),
    "country": _("The country of the organisation. The region follows from it."),
    "co-organisers": _PEOPLE,
    "speakers": _PEOPLE,
    "moderator": _PEOPLE,
    "online-moderator": _PEOPLE,
    "rapporteur": _PEOPLE,
}


@dataclass(frozen=True, slots=True)
class ColumnHelp:
    """A column of the template: what goes in, whether it must, and what may be chosen."""

    code: str
    name: str
    help: str
    is_required: bool
    choices: tuple[str, ...]

    @property
    def choices_listed(self) -> str:
        """The choices in one text, where they are few."""
        return listed(self.choices) if len(self.choices) <= 40 else ""  # noqa: PLR2004 - countries are too many to list


def column_helps(rules: Rules) -> Iterator[ColumnHelp]:
    """Yield the columns of the template in the reader's language."""
    required = {*ALWAYS, *rules.required.get(EVERY_FORMAT, ())}
    for code, field in FIELDS.items():
        if field.in_template:
            yield ColumnHelp(
                code,
                name_of(code),
                str(HELP[code]),
                code in required,
                tuple(name for _code, name in choices_of(field.kind, rules)) if field.kind else _lengths(code, rules),
            )


def _lengths(code: str, rules: Rules) -> tuple[str, ...]:
    lengths = sorted({length for one in rules.formats for length in one.minutes})
    return tuple(map(str, lengths)) if code == "minutes" else ()


def format_lengths(rules: Rules) -> list[tuple[str, str]]:
    """Give the formats with the lengths they allow, as a table says them."""
    language = get_language() or "en"
    return [(one.name(language), listed(one.minutes)) for one in rules.formats]
