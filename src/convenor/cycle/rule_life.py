"""The parts of a rule set that follow a proposal through its life, with what counts where an older set is silent; pure.

Statuses, screening, required fields, grading, reports, the table of who sees what, and what waits for an adoption;
kinds and fields are in `rule_call`.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from convenor.cycle import rule_call
from convenor.cycle.rule_call import COMMITTEE, FIELDS, PUBLIC, SECRETARIAT, SEERS
from convenor.cycle.rule_shapes import choices, doubles, is_whole, keys, sound, words

# What a status means for the slot budget: it takes a place, may still take one, or takes none.
OUTCOMES = ("in", "open", "out")
# What a screening criterion asks; all but `asked` are computed from the proposal and the limits.
CHECKS = (
    "asked",
    "complete",
    "least-speakers",
    "most-per-person",
    "most-per-organisation",
    "committee-apart",
    "reports-filed",
    "speaker-cap",
    "another-gender",
    "on-site",
)
EVERY_FORMAT = "*"
# Who sees what of a proposal and its people. Number, title, theme, format and state are the list: always public.
VISIBLE: Mapping[str, str] = {
    "summary": PUBLIC,
    "issue": PUBLIC,
    "policy-questions": PUBLIC,
    "expected-outcomes": PUBLIC,
    "online-participation": PUBLIC,
    "session-agenda": PUBLIC,
    "tags": PUBLIC,
    "first-proposal": PUBLIC,
    "submitted-at": PUBLIC,
    "screening": PUBLIC,
    "organisation": PUBLIC,
    "proposer": PUBLIC,
    "speakers": PUBLIC,
    "confirmed": PUBLIC,
    "group": PUBLIC,
    "region": PUBLIC,
    "country": PUBLIC,
    "gender": SECRETARIAT,
    "email": SECRETARIAT,
    "grades": COMMITTEE,
    "comments": COMMITTEE,
    "evaluators": SECRETARIAT,
    "conflicts": COMMITTEE,
}
# What others wrote about a proposal: its own people see it only as far as the table lets them.
OF_OTHERS = frozenset({"grades", "comments", "evaluators", "conflicts"})
OWN = frozenset(VISIBLE) - OF_OTHERS
TEXT_LENGTH, MOST_REPORT_DAYS = 5_000, 365
_ACCEPTED = {
    "en": "Accepted", "fr": "Acceptée", "es": "Aceptada", "ar": "مقبول", "ru": "Принята", "zh-hans": "已接受",
}  # fmt: skip
_DECLINED = {
    "en": "Declined", "fr": "Refusée", "es": "Rechazada", "ar": "مرفوض", "ru": "Отклонена", "zh-hans": "未接受",
}  # fmt: skip
DEFAULTS: Mapping[str, Any] = {
    "statuses": [
        {"code": "accepted", "outcome": "in", "names": _ACCEPTED},
        {"code": "declined", "outcome": "out", "names": _DECLINED},
    ],
    "screening": [],
    "required": {EVERY_FORMAT: ["summary"]},
    "grading": {"reason_at_most": None, "may_ask_merger": True},
    "reports": {"days": 14, "template": {}},
    "visibility": {},
    **rule_call.DEFAULTS,
    "adoption": {"before_results": False, "before_selection": False},
}
KEYS = frozenset(DEFAULTS)


def life_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with these parts; one that is missing has its default."""
    told = {name: data.get(name, default) for name, default in DEFAULTS.items()}
    yield from chain(
        _coded("statuses", told["statuses"], "outcome", OUTCOMES, may_be_empty=False),
        _coded("screening", told["screening"], "check", CHECKS, may_be_empty=True),
        _required(told["required"], data.get("formats")),
        _grading(told["grading"]),
        _reports(told["reports"]),
        _visibility(told["visibility"]),
        rule_call.call_faults(told["kinds"], told["fields"], data),
        rule_call.consent_faults(told["consents"]),
        _adoption(told["adoption"]),
    )


def _coded(kind: str, values: object, key: str, known: tuple[str, ...], *, may_be_empty: bool) -> Iterator[str]:
    yield from choices(kind, values, frozenset({key}), may_be_empty=may_be_empty)
    for place, row in sound(values, frozenset({key})):
        if row[key] not in known:
            yield f"Entry {place} of “{kind}” has the {key} “{row[key]}”: choose one of {', '.join(known)}."


def _required(required: object, formats: object) -> Iterator[str]:
    if not isinstance(required, Mapping):
        yield "“required” is to be lists of fields by format, “*” for every format."
        return
    known = {EVERY_FORMAT, *(str(row["code"]) for _place, row in sound(formats, frozenset({"code"})))}
    for code, fields in required.items():
        if code not in known:
            yield f"“required” names the format “{code}”, which “formats” does not have."
        if not isinstance(fields, list):
            yield f"“required” of “{code}” is no list."
            continue
        for field in fields:
            if field not in FIELDS:
                yield f"“required” of “{code}” has “{field}”: choose among {', '.join(FIELDS)}."
        yield from (f"“required” of “{code}” has “{field}” {n} times." for field, n in doubles(fields))


def _grading(grading: object) -> Iterator[str]:
    wrong = list(keys("“grading”", grading, frozenset({"reason_at_most", "may_ask_merger"})))
    yield from wrong
    if wrong or not isinstance(grading, Mapping):
        return
    if grading["reason_at_most"] is not None and not is_whole(grading["reason_at_most"], 0, 100):
        yield f"“reason_at_most” is {grading['reason_at_most']}: give a whole number from 0 to 100, or null for never."
    if not isinstance(grading["may_ask_merger"], bool):
        yield f"“may_ask_merger” is {grading['may_ask_merger']}: give true or false."


def _reports(reports: object) -> Iterator[str]:
    wrong = list(keys("“reports”", reports, frozenset({"days", "template"})))
    yield from wrong
    if wrong or not isinstance(reports, Mapping):
        return
    if not is_whole(reports["days"], 0, MOST_REPORT_DAYS):
        yield f"“days” of “reports” is {reports['days']}: give a whole number from 0 to {MOST_REPORT_DAYS}."
    yield from words("“template” of “reports”", reports["template"])
    texts = reports["template"].values() if isinstance(reports["template"], Mapping) else ()
    if any(isinstance(text, str) and len(text) > TEXT_LENGTH for text in texts):
        yield f"“template” of “reports” is longer than {TEXT_LENGTH} characters."


def _visibility(visibility: object) -> Iterator[str]:
    yield from keys("“visibility”", visibility, frozenset(), frozenset(VISIBLE))
    for field, seer in visibility.items() if isinstance(visibility, Mapping) else ():
        if field in VISIBLE and seer not in SEERS:
            yield f"“visibility” of “{field}” is “{seer}”: choose one of {', '.join(SEERS)}."


def _adoption(adoption: object) -> Iterator[str]:
    wrong = list(keys("“adoption”", adoption, frozenset(DEFAULTS["adoption"])))
    yield from wrong
    for name, waits in adoption.items() if isinstance(adoption, Mapping) and not wrong else ():
        if not isinstance(waits, bool):
            yield f"“{name}” is {waits}: give true or false."
