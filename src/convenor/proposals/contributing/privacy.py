"""What is held about the people whom proposals name beside their names, how long, and how two entries become one."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.people import merging
from convenor.people.models import Person
from convenor.people.privacy import GOES, Holding, Outcome, Rows, goes, register
from convenor.proposals.contributing.models import NEEDS_LENGTH, ContributorAnswer, ContributorNeeds
from convenor.proposals.contributing.shelves import CONTRIBUTORS
from convenor.shared.documents.models import File

EMPTY = {"words": "", "zone": "", "available": []}


def _needs_go(rows: Rows, at: datetime) -> Outcome:
    """Delete what somebody needs, and the tables that were made with it."""
    _forget_tables()
    return goes(rows, at)


def _words_go(rows: Rows, _at: datetime) -> Outcome:
    """Keep for the figures what was answered; words and hours go, and the tables that were made with them."""
    _forget_tables()
    return Outcome(kept=rows.update(**EMPTY))


def _forget_tables() -> None:
    File.objects.filter(kind=CONTRIBUTORS).delete()


def needs(forum: Forum | None) -> Mapping[int, date]:
    """Find what people of a forum need, with the last day of the annual meeting."""
    if forum is None:
        return {}
    return dict(ContributorNeeds.objects.filter(cycle__forum=forum).values_list("pk", "cycle__ends_on"))


def words(forum: Forum | None) -> Mapping[int, date]:
    """Find answers of people of a forum that still say more than yes or no."""
    if forum is None:
        return {}
    rows = ContributorAnswer.objects.filter(contributor__proposal__cycle__forum=forum).exclude(**EMPTY)
    return dict(rows.values_list("pk", "contributor__proposal__cycle__ends_on"))


def _delete_needs(keys: Collection[int], _at: datetime) -> Done:
    _forget_tables()
    return Done(ContributorNeeds.objects.filter(pk__in=keys).delete()[0])


def _empty_words(keys: Collection[int], _at: datetime) -> Done:
    _forget_tables()
    return Done(ContributorAnswer.objects.filter(pk__in=keys).update(**EMPTY))


def join(kept: Person, lost: Person) -> Counter[str]:
    """Put together what two entries of one person need in the same year: nothing that was said is lost."""
    joined = 0
    own = {row.cycle_id: row for row in kept.contributor_needs.all()}
    for theirs in lost.contributor_needs.filter(cycle__in=own):
        mine = own[theirs.cycle_id]
        if theirs.needs not in mine.needs:
            mine.needs = f"{mine.needs}\n{theirs.needs}"[:NEEDS_LENGTH]
            mine.save(update_fields=["needs"])
        theirs.delete()
        joined += 1
    return Counter({"proposals.contributorneeds": joined} if joined else {})


def register_all() -> None:
    """Register what this part holds, for how long, and how it merges."""
    merging.JOINERS.append(join)
    register(
        Holding(
            "contributor-answers",
            _("What you said to your parts in proposals"),
            _("Whether you took part stays for the figures, without your name; words and hours go."),
            find=lambda person: ContributorAnswer.objects.filter(contributor__person=person.pk),
            paths=(
                "contributor__proposal__cycle__name",
                "contributor__proposal__title",
                "contributor__part",
                "said",
                "words",
                "zone",
                "available",
                "may_be_named",
                "may_be_recorded",
                "may_be_photographed",
                "asked_at",
                "reminded_at",
                "answered_at",
            ),
            erase=_words_go,
            covers=("proposals.contributoranswer.words",),
        ),
        Holding(
            "contributor-needs",
            _("What you need to take part in sessions"),
            GOES,
            find=lambda person: ContributorNeeds.objects.filter(person=person.pk),
            paths=("cycle__name", "needs"),
            erase=_needs_go,
            covers=("proposals.contributorneeds.person",),
        ),
    )
    _register_times()


def _register_times() -> None:
    retention.register(
        Rule(
            "contributors-needs",
            gettext_noop("what people named in proposals need"),
            _("Is deleted. Counted from the last day of the year's annual meeting."),
            months=3,
            since=needs,
            act=_delete_needs,
        ),
        Rule(
            "contributors-words",
            gettext_noop("words and hours of people named in proposals"),
            _("Are emptied; whether they took part stays. Counted from the last day of the year's annual meeting."),
            months=12,
            since=words,
            act=_empty_words,
        ),
    )
