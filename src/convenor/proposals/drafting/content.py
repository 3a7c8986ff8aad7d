"""Where the fields of the form are stored: most have a column of the proposal, the others stand among its answers."""

from collections.abc import Mapping

from convenor.proposals.drafting.merging import Value
from convenor.proposals.models import Proposal

COLUMNS: Mapping[str, str] = {
    "title": "title",
    "theme": "theme",
    "format": "format",
    "minutes": "minutes",
    "seats": "seats",
    "language": "language",
    "summary": "summary",
    "issue": "issue",
    "policy-questions": "policy_questions",
    "expected-outcomes": "expected_outcomes",
    "online-participation": "online_participation",
    "session-agenda": "session_agenda",
    "tags": "tags",
    "first-proposal": "is_first",
}
_EMPTY: Mapping[str, Value] = {"policy_questions": [], "tags": [], "is_first": False, "seats": 60}
KEPT = ("minutes", "seats")  # an empty one leaves the column as it is
ORGANISATION = "organisation"


def content_of(proposal: Proposal) -> dict[str, Value]:
    """Give what a proposal says as the form holds it; what is empty is left out."""
    found: dict[str, Value] = {code: getattr(proposal, column) for code, column in COLUMNS.items()}
    return _said(found | {ORGANISATION: proposal.organisation.name, **proposal.answers})


def written(proposal: Proposal) -> dict[str, Value]:
    """Give what is written now, handed in or not."""
    draft = getattr(proposal, "draft", None)
    return content_of(proposal) if draft is None else dict(draft.content)


def has_unsent(proposal: Proposal) -> bool:
    """Whether something is written that was not handed in."""
    draft = getattr(proposal, "draft", None)
    return draft is not None and _said(draft.content) != content_of(proposal)


def fill(proposal: Proposal, content: Mapping[str, Value]) -> list[str]:
    """Set the columns of a proposal from the form, without its organisation; give the names of those to be saved."""
    for code, column in COLUMNS.items():
        value = content.get(code)
        if value is None and code in KEPT:
            continue
        setattr(proposal, column, _EMPTY.get(column, "") if value is None else value)
    proposal.answers = {
        code: value
        for code, value in content.items()
        if code not in COLUMNS and code != ORGANISATION and value is not None
    }
    return [*COLUMNS.values(), "answers"]


def _said(content: Mapping[str, Value]) -> dict[str, Value]:
    return {
        code: value
        for code, value in content.items()
        if value not in (None, "", []) and not (code == "first-proposal" and value is False)
    }
