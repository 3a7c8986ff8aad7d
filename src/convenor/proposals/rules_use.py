"""What proposals know of a change of rules: whether any was handed in under them, and what would become of those."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from convenor.cycle.consequences import Consequence, gone
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rule_data import DIMENSIONS
from convenor.cycle.rules import Rules
from convenor.cycle.wording import DIMENSION_NAMES
from convenor.proposals.drafting.counting import count_words
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.proposals.statistics import Counts, count

LIVE = (State.DRAFT, State.SUBMITTED, State.SCREENED_OUT)


def uses(rule_set: RuleSet) -> list[str]:
    """Say how many proposals were begun or handed in under a rule set."""
    number = Proposal.objects.filter(cycle__rule_set=rule_set).count()
    words = ngettext("%(n)s proposal was made under it.", "%(n)s proposals were made under it.", number)
    return [words % {"n": number}] if number else []


def changed(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    """Give what a change would do to the proposals of a year: a fixed number of queries, however many there are."""
    proposals = Proposal.objects.filter(cycle=cycle, state__in=LIVE).order_by()
    if not proposals.exists():
        return
    yield from _of_gone_themes(count(proposals), before, after)
    yield from _of_formats(cycle, before, after)
    yield from _of_kinds(cycle, before, after)
    yield from _of_fields(cycle, before, after)
    yield from _short_of_places(cycle, before, after)
    if after.sessions_per_speaker < before.sessions_per_speaker:
        yield from _above_the_cap(cycle, after)
    if after.proposals_per_person < before.proposals_per_person:
        yield from _more_than(cycle, "owner", after.proposals_per_person)
    if after.proposals_per_organisation < before.proposals_per_organisation:
        yield from _more_than(cycle, "organisation", after.proposals_per_organisation)
    if after.description_words < before.description_words:
        yield from _too_long(cycle, after.description_words)
    if after.least_speakers > before.least_speakers:
        yield from _too_few_speakers(cycle, after.least_speakers)


def _of_gone_themes(counts: Counts, before: Rules, after: Rules) -> Iterator[Consequence]:
    themes = gone(before, after, "themes")
    if number := sum(counts["theme"][code] for code in themes):
        words = ngettext(
            "%(n)s proposal has a theme that goes; it keeps a theme without a name.",
            "%(n)s proposals have a theme that goes; they keep a theme without a name.",
            number,
        )
        yield Consequence(words % {"n": number})


def _of_formats(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    lengths = {one.code: one.minutes for one in after.formats}
    was = {one.code: one.minutes for one in before.formats}
    rows = Proposal.objects.filter(cycle=cycle, state__in=LIVE).order_by()
    no_format, no_length = 0, 0
    for code, minutes, number in rows.values_list("format", "minutes").annotate(Count("pk")):
        no_format += number if code in was and code not in lengths else 0
        no_length += number if minutes in was.get(code, ()) and minutes not in lengths.get(code, (minutes,)) else 0
    if no_format:
        words = ngettext(
            "%(n)s proposal has a format that goes.", "%(n)s proposals have a format that goes.", no_format
        )
        yield Consequence(words % {"n": no_format})
    if no_length:
        words = ngettext(
            "%(n)s proposal has a length that its format no longer allows.",
            "%(n)s proposals have a length that their format no longer allows.",
            no_length,
        )
        yield Consequence(words % {"n": no_length})


def _of_kinds(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    """Say how many proposals lose their kind, or stand in a format that their kind no longer allows."""
    if before.kinds == after.kinds:
        return
    rows = Proposal.objects.filter(cycle=cycle, state__in=LIVE).order_by()
    no_kind, no_format = 0, 0
    for code, format_code, number in rows.values_list("kind", "format").annotate(Count("pk")):
        was, now = before.kind(code), after.kind(code)
        no_kind += number if was is not None and now is None else 0
        is_narrower = was is not None and was.allows(format_code) and after.find("formats", format_code) is not None
        no_format += number if is_narrower and now is not None and not now.allows(format_code) else 0
    if no_kind:
        words = ngettext(
            "%(n)s proposal is of a kind that goes; it keeps its texts and cannot be handed in again.",
            "%(n)s proposals are of a kind that goes; they keep their texts and cannot be handed in again.",
            no_kind,
        )
        yield Consequence(words % {"n": no_kind})
    if no_format:
        words = ngettext(
            "%(n)s proposal has a format that its kind no longer allows.",
            "%(n)s proposals have a format that their kind no longer allows.",
            no_format,
        )
        yield Consequence(words % {"n": no_format})


def _of_fields(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    """Say how many proposals have answered a question that goes, and how many lack one that is new and required."""
    lost = gone(before, after, "fields")
    known = {one.code for one in before.fields if one.is_required}
    fresh = [one for one in after.fields if one.is_required and one.code not in known]
    if not lost and not fresh:
        return
    rows = Proposal.objects.filter(cycle=cycle, state__in=LIVE).order_by().values_list("answers", "kind", "format")
    answered, lacking = 0, 0
    for answers, code, format_code in rows.iterator(chunk_size=1000):
        kind = after.kind(code)
        answered += any(answers.get(field) not in (None, "", []) for field in lost)
        lacking += kind is not None and any(
            one.asks(kind.code, format_code) and answers.get(one.code) in (None, "", []) for one in fresh
        )
    if answered:
        words = ngettext(
            "%(n)s proposal has answered a question that goes; the answer is kept, but no page shows it.",
            "%(n)s proposals have answered a question that goes; the answers are kept, but no page shows them.",
            answered,
        )
        yield Consequence(words % {"n": answered})
    if lacking:
        words = ngettext(
            "%(n)s proposal has no answer to a question that must now be answered.",
            "%(n)s proposals have no answer to a question that must now be answered.",
            lacking,
        )
        yield Consequence(words % {"n": lacking})


def _short_of_places(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    """Name the classes that a change would give more places than they have proposals."""
    fresh = [quota for quota in after.quotas if quota not in before.quotas]
    counts = count(Proposal.objects.graded(cycle)) if fresh else {}
    for quota in fresh:
        there = counts[quota.dimension][quota.value]
        if quota.least and there < quota.least:
            said = _("%(dimension)s “%(name)s” is to have at least %(least)s places, but has %(there)s proposals.")
            name = after.named(DIMENSIONS[quota.dimension], quota.value, get_language() or "en")
            words = {"name": name, "dimension": DIMENSION_NAMES[quota.dimension]}
            yield Consequence(said % {**words, "least": quota.least, "there": there})


def _above_the_cap(cycle: Cycle, after: Rules) -> Iterator[Consequence]:
    speaking = Contributor.objects.filter(proposal__cycle=cycle, proposal__state__in=LIVE, part=Part.SPEAKER)
    heard = speaking.order_by().values("person").annotate(n=Count("proposal", distinct=True))
    if number := heard.filter(n__gt=after.sessions_per_speaker).count():
        words = ngettext(
            "%(n)s speaker is above the new cap of %(cap)s sessions.",
            "%(n)s speakers are above the new cap of %(cap)s sessions.",
            number,
        )
        yield Consequence(words % {"n": number, "cap": after.sessions_per_speaker})


def _more_than(cycle: Cycle, of: str, most: int) -> Iterator[Consequence]:
    rows = Proposal.objects.filter(cycle=cycle, state__in=LIVE).order_by().values(of).annotate(n=Count("pk"))
    if number := rows.filter(n__gt=most).count():
        if of == "owner":
            words = ngettext(
                "%(n)s person has more proposals than the new cap of %(cap)s.",
                "%(n)s people have more proposals than the new cap of %(cap)s.",
                number,
            )
        else:
            words = ngettext(
                "%(n)s organisation has more proposals than the new cap of %(cap)s.",
                "%(n)s organisations have more proposals than the new cap of %(cap)s.",
                number,
            )
        yield Consequence(words % {"n": number, "cap": most})


def _too_long(cycle: Cycle, most: int) -> Iterator[Consequence]:
    texts = Proposal.objects.filter(cycle=cycle, state__in=LIVE).order_by().values_list("summary", flat=True)
    if number := sum(count_words(text) > most for text in texts.iterator(chunk_size=1000)):
        words = ngettext(
            "%(n)s description is longer than %(most)s words.",
            "%(n)s descriptions are longer than %(most)s words.",
            number,
        )
        yield Consequence(words % {"n": number, "most": most})


def _too_few_speakers(cycle: Cycle, least: int) -> Iterator[Consequence]:
    live = Proposal.objects.filter(cycle=cycle, state__in=LIVE).values_list("pk", flat=True).order_by()
    speakers = Contributor.objects.filter(
        proposal__cycle=cycle, proposal__state__in=LIVE, part=Part.SPEAKER, is_confirmed=True
    )
    confirmed = Counter(speakers.order_by().values_list("proposal", flat=True))
    if number := sum(confirmed[key] < least for key in live):
        words = ngettext(
            "%(n)s proposal has fewer than %(least)s speakers who have said yes.",
            "%(n)s proposals have fewer than %(least)s speakers who have said yes.",
            number,
        )
        yield Consequence(words % {"n": number, "least": least})
