"""Changing the rules of a year: a draft is written section by section, looked at with its consequences, then saved.

The draft belongs to the year, not to a person: two who edit see each other's changes. A section that somebody else
changed since it was shown is not written over, and neither are rules that were saved since the draft was begun.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle, RuleDraft, RuleSet
from convenor.cycle.rule_call import FIELD, KIND, without_gone
from convenor.cycle.rule_data import DIMENSIONS, faults, shape_faults
from convenor.cycle.rule_life import DEFAULTS, EVERY_FORMAT, VISIBLE
from convenor.cycle.rules import limits_of
from convenor.cycle.rules_in_use import uses_of
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

LEAST_WORDS, REASON_LENGTH = 3, 1_000
Data = dict[str, Any]


class ChangedMeanwhile(Refused):
    """Somebody else changed the same section since it was shown; nothing was written."""


def whole(data: Mapping[str, Any]) -> Data:
    """Give the data of a rule set with every part that an older one leaves out."""
    told = {"source": "", **DEFAULTS, **data}
    return {
        **told,
        "limits": limits_of(told["limits"]),
        "visibility": {**VISIBLE, **told["visibility"]},
        "kinds": [{**KIND, **one} for one in told["kinds"]],
        "fields": [{**FIELD, **one} for one in told["fields"]],
    }


def draft_of(cycle: Cycle) -> RuleDraft | None:
    """Give the draft of a year's next rules, if somebody began one."""
    return RuleDraft.objects.filter(cycle=cycle).select_related("changed_by", "based_on").first()


def data_of(cycle: Cycle, draft: RuleDraft | None) -> Data:
    """Give the rules as they are being written: those of the draft, else those in force."""
    return whole(draft.data if draft else cycle.rule_set.data)


def mark_of(value: object) -> str:
    """Give a short mark of a value; another value has another mark."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


@transaction.atomic
def keep_section(cycle: Cycle, *, key: str, part: Any, seen: str, by: Person, at: datetime) -> RuleDraft:
    """Write one section into the draft, and take away what other sections said of codes that are gone.

    `seen` is the mark of the section as it was shown.

    Raises:
        ChangedMeanwhile: somebody else changed the section; what they wrote stays.
        Refused: the rules could not be read any more.
    """
    draft = _locked(cycle, by=by, at=at)
    if mark_of(draft.data[key]) not in (seen, mark_of(part)):
        who = str(draft.changed_by) if draft.changed_by_id else _("somebody")
        raise ChangedMeanwhile(
            _("%(person)s changed this section while you did. What they wrote stands; what you typed is kept below.")
            % {"person": who}
        )
    data = without_orphans({**draft.data, key: part})
    if found := shape_faults(data):
        raise Refused(" ".join(found))
    draft.data, draft.changed_by, draft.changed_at = data, by, at
    draft.save()
    return draft


@transaction.atomic
def throw_away(cycle: Cycle) -> bool:
    """Throw the draft away; the rules in force stay as they are. Give whether there was one."""
    return RuleDraft.objects.filter(cycle=cycle).delete()[0] > 0


@transaction.atomic
def carry_over(cycle: Cycle, *, by: Person, at: datetime) -> RuleDraft:
    """Put the draft on top of the rules that were saved since it was begun.

    Sections that the draft did not change are taken from the rules in force; those it changed stay as drafted.
    """
    draft, now = _locked(cycle, by=by, at=at), whole(cycle.rule_set.data)
    data = {key: value if value != draft.base[key] else now[key] for key, value in draft.data.items()}
    draft.data, draft.base, draft.based_on = without_orphans(data), now, cycle.rule_set
    draft.changed_by, draft.changed_at = by, at
    draft.save()
    return draft


@transaction.atomic
def save_rules(cycle: Cycle, *, reason: str, seen: str, by: Person, at: datetime) -> RuleSet:
    """Put the draft in force: in place where nothing was made under the rules yet, else as a new version.

    `seen` is the mark of the draft whose consequences were shown.

    Raises:
        Refused: nothing changed, the draft or the rules changed since, the rules cannot be kept, or the reason is
            missing where there is to be one. The draft is kept.
    """
    draft = _locked(cycle, by=by, at=at)
    uses = uses_of(cycle.rule_set, cycle)
    reason = " ".join(reason.split())[:REASON_LENGTH]
    _check(cycle, draft, seen, reason, needs_reason=bool(uses))
    rules = cycle.rule_set
    if uses:
        rules = _new_version(cycle, draft, reason, by=by, at=at)
        cycle.rule_set = rules
        cycle.save(update_fields=["rule_set"])
    else:
        rules.data, rules.made_by, rules.made_at = draft.data, by, at
        rules.reason = reason or rules.reason
        rules.save(update_fields=["data", "made_by", "made_at", "reason"])
        rules.__dict__.pop("rules", None)  # read anew
    draft.delete()
    _record(cycle, rules, is_new=bool(uses), by=by, at=at)
    return rules


def is_overtaken(cycle: Cycle, draft: RuleDraft) -> bool:
    """Say whether the rules in force are others than those that the draft was taken from."""
    return draft.based_on_id != cycle.rule_set_id or whole(draft.base) != whole(cycle.rule_set.data)


def versions_of(cycle: Cycle) -> list[RuleSet]:
    """Give the versions that the year's rules come from and went to: the forum's own, and the presets behind them."""
    now = cycle.rule_set
    rows = RuleSet.objects.filter(forum=cycle.forum_id, name=now.name)
    own = list(rows.select_related("made_by", "origin").order_by("-version"))
    presets = {one.origin for one in own if one.origin and one.origin.forum_id is None}
    presets |= {now} if now.forum_id is None else set()
    return own + sorted(presets, key=lambda one: -one.version)


def digest_of(rules: RuleSet) -> str:
    """Give the digest of a version that the journal keeps: of its data; the reason is sealed beside it."""
    return mark_of(rules.data)


def without_orphans(data: Data) -> Data:
    """Take away what the rules say of themes, regions, groups, formats and kinds that are gone."""
    codes = {kind: {one["code"] for one in data[kind]} for kind in (*DIMENSIONS.values(), "formats")}
    quotas = [one for one in data["quotas"] if one["value"] in codes[DIMENSIONS[one["dimension"]]]]
    kept = {EVERY_FORMAT, *codes["formats"]}
    required = {of: some for of, some in data["required"].items() if of in kept}
    return {**data, "quotas": quotas, "required": required, **without_gone(data)}


def _locked(cycle: Cycle, *, by: Person, at: datetime) -> RuleDraft:
    """Lock the year, read its rules anew, and give its draft, begun where there is none."""
    fresh = Cycle.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=cycle.pk)
    cycle.rule_set = fresh.rule_set
    data = whole(cycle.rule_set.data)
    start = {"based_on": cycle.rule_set, "base": data, "data": data, "changed_by": by, "changed_at": at}
    draft, _made = RuleDraft.objects.select_related("changed_by").get_or_create(cycle=cycle, defaults=start)
    draft.data, draft.base = whole(draft.data), whole(draft.base)  # begun before rules had a part that they have now
    return draft


def _check(cycle: Cycle, draft: RuleDraft, seen: str, reason: str, *, needs_reason: bool) -> None:
    if is_overtaken(cycle, draft):
        raise Refused(_("The rules were changed by somebody else meanwhile. Your draft is kept: carry it over first."))
    if draft.data == draft.base:
        raise Refused(_("Nothing was saved: the draft says the same as the rules in force."))
    if mark_of(draft.data) != seen:
        raise Refused(
            _("The draft was changed since you saw its consequences. Look at them again; everything is kept.")
        )
    if found := faults(draft.data):
        raise Refused(" ".join(found))
    if needs_reason and len(reason.split()) < LEAST_WORDS:
        raise Refused(
            _(
                "Say in a sentence why the rules change: they are in use, and everybody may read the reason. "
                "The draft is kept."
            )
        )


def _new_version(cycle: Cycle, draft: RuleDraft, reason: str, *, by: Person, at: datetime) -> RuleSet:
    now = cycle.rule_set
    newest = RuleSet.objects.filter(forum=cycle.forum_id, name=now.name).aggregate(Max("version"))["version__max"]
    return RuleSet.objects.create(
        forum_id=cycle.forum_id,
        name=now.name,
        version=max(newest or 0, now.version) + 1,
        data=draft.data,
        origin=now,
        reason=reason,
        made_by=by,
        made_at=at,
    )


def _record(cycle: Cycle, rules: RuleSet, *, is_new: bool, by: Person, at: datetime) -> None:
    new = gettext_noop(
        "The rules were changed: “%(rules_word)s” is now version %(version)s, digest %(digest)s. Reason: %(reason)s"
    )
    same = gettext_noop("The rules “%(rules_word)s”, version %(version)s, were changed before use, digest %(digest)s.")
    record(
        scope=cycle.scope,
        verb="rules.changed",
        at=at,
        actor=by,
        subject=cycle,
        template=new if is_new else same,
        values={"rules_word": rules.name, "version": rules.version, "digest": digest_of(rules)},
        private={"reason": typed(rules.reason)} if is_new else None,
    )
