"""What the parts of a rule set are called on pages: sections, fields, limits, checks, and who sees what."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenor.cycle.rule_call import COMMITTEE, NAMED, PHOTOGRAPHED, PUBLIC, RECORDED, SECRETARIAT

Words = Mapping[str, Promise]

KINDS: Words = {
    "themes": _("Themes"),
    "regions": _("Regions"),
    "groups": _("Stakeholder groups"),
    "formats": _("Formats and their lengths"),
    "criteria": _("Criteria"),
    "reasons": _("Reasons for a low grade"),
    "statuses": _("What can become of a proposal"),
    "screening": _("Screening"),
    "kinds": _("Kinds of proposals"),
    "fields": _("Further questions"),
}
SECTIONS: Words = {
    "themes": KINDS["themes"],
    "regions": KINDS["regions"],
    "groups": KINDS["groups"],
    "formats": KINDS["formats"],
    "kinds": KINDS["kinds"],
    "required": _("Required fields"),
    "fields": KINDS["fields"],
    "consents": _("What contributors are asked to allow"),
    "screening": KINDS["screening"],
    "limits": _("Limits"),
    "criteria": KINDS["criteria"],
    "grading": _("Low grades and mergers"),
    "reasons": KINDS["reasons"],
    "budget": _("Places"),
    "quotas": _("Balance"),
    "statuses": KINDS["statuses"],
    "reports": _("Reports"),
    "visibility": _("Who sees what"),
    "adoption": _("Adoption by a meeting"),
    "source": _("Where the rules come from"),
}
ONE: Words = {
    "themes": _("Theme"),
    "regions": _("Region"),
    "groups": _("Stakeholder group"),
    "formats": _("Format"),
    "criteria": _("Criterion"),
    "reasons": _("Reason"),
    "statuses": _("Status"),
    "screening": _("Criterion of screening"),
    "kinds": _("Kind"),
    "fields": _("Question"),
}
CONSENTS: Words = {
    NAMED: _("May your name stand on public pages of this session?"),
    RECORDED: _("May you be recorded in sound and picture?"),
    PHOTOGRAPHED: _("May you be photographed?"),
}
LIMITS: Words = {
    "description_words": _("Words of a description, at most"),
    "least_speakers": _("Speakers who have said yes for now, at least"),
    "most_speakers": _("Speakers of a session, at most"),
    "proposals_per_person": _("Proposals of one person, at most"),
    "proposals_per_organisation": _("Proposals of one organisation, at most"),
    "sessions_per_speaker": _("Sessions of one speaker, at most"),
    "evaluations_per_proposal": _("Members of the committee who read each proposal"),
    "grace_minutes": _("Minutes after a deadline in which a proposal is still taken, marked late"),
}
FIELDS: Words = {
    "summary": _("Description"),
    "issue": _("Specific issue"),
    "policy-questions": _("Policy questions"),
    "expected-outcomes": _("Expected outcomes"),
    "online-participation": _("Online participation"),
    "session-agenda": _("Agenda of the session"),
    "tags": _("Tags"),
    "co-organisers": _("Co-organisers"),
    "speakers": _("Speakers"),
    "moderator": _("Moderator"),
    "online-moderator": _("Online moderator"),
    "rapporteur": _("Rapporteur"),
    "background-paper": _("Background paper"),
    "earlier-report": _("Report of an earlier session"),
    "first-proposal": _("First proposal ever"),
    "submitted-at": _("Day handed in"),
    "screening": _("Outcome of screening"),
    "organisation": _("Organisation"),
    "proposer": _("Proposer’s name"),
    "confirmed": _("Who has confirmed"),
    "group": _("Stakeholder group"),
    "region": _("Region"),
    "country": _("Country"),
    "gender": _("Gender"),
    "email": _("E-mail address"),
    "grades": _("Grades"),
    "comments": _("Comments of the committee"),
    "evaluators": _("Who gave which grade"),
    "conflicts": _("Conflicts of interest"),
}
SEERS: Words = {PUBLIC: _("public"), COMMITTEE: _("committee"), SECRETARIAT: _("secretariat")}
OUTCOMES: Words = {
    "in": _("takes a place"),
    "open": _("may still take a place"),
    "out": _("takes no place"),
}
CHECKS: Words = {
    "asked": _("judged by the secretariat"),
    "complete": _("computed: every required field is there"),
    "least-speakers": _("computed: enough speakers"),
    "most-per-person": _("computed: proposals of one person"),
    "most-per-organisation": _("computed: proposals of one organisation"),
    "committee-apart": _("computed: the proposer sits on no committee here"),
    "reports-filed": _("computed: the proposer owes no report"),
    "speaker-cap": _("computed: sessions of one speaker"),
    "another-gender": _("computed: speakers of two genders"),
    "on-site": _("computed: a moderator and two speakers on site"),
}
WHO: Words = {
    "anyone": _("anybody"),
    "activity": _("those who lead an activity of the forum"),
    "institution": _("institutions with a member on the committee"),
    "newcomer": _("those who proposed nothing in another year"),
    "code": _("those who have an access code"),
}
TYPES: Words = {
    "short": _("short text"),
    "long": _("text"),
    "choice": _("one of a list"),
    "choices": _("any of a list"),
    "number": _("number"),
    "yes-no": _("yes or no"),
    "link": _("address of a page"),
}
EVERY_FORMAT = _("Every format")


def word(words: Words, code: str) -> str:
    """Say a code in the reader's language, the code itself where it has no word."""
    return str(words.get(code, code))
