"""Which proposals hold all of some words: in title, description, organisation or the names of their people.

Title and description are kept folded. Organisations and people are few beside the texts and change their names
elsewhere, so their names are read and folded with every search: nobody's name is kept a second time, and who is renamed
or erased is found, or not, from that moment. Four queries and one per word, however many proposals, people and words.
"""

from collections.abc import Collection, Mapping

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from convenor.people.models import Organisation, Person
from convenor.proposals.contributing.models import NAMED
from convenor.proposals.folding import folded, folded_name
from convenor.proposals.models import Contributor, Proposal
from convenor.proposals.visible import UNNAMED

MOST_WORDS = 8
MOST_KEYS = 400  # in one condition; more people than that are told apart here


def words_of(text: str) -> list[str]:
    """Part what somebody looks for into folded words, each once."""
    return list(dict.fromkeys(folded(text).split()))[:MOST_WORDS]


def keys_holding(proposals: QuerySet[Proposal], words: Collection[str], hidden: Collection[str]) -> set[int]:
    """Give the keys of the proposals that hold every word where the reader may see it.

    Args:
        proposals: where to look.
        words: folded, some.
        hidden: fields that the reader may not see; what they hold finds nothing.
    """
    organisations = {} if "organisation" in hidden else _organisations(proposals, words)
    column = "searched_title" if "summary" in hidden else "searched_text"
    holds = {
        f"holds_{n}": ExpressionWrapper(Q(**{f"{column}__contains": word}), BooleanField())
        for n, word in enumerate(words)
    }
    rows = proposals.order_by().annotate(**holds).values_list("pk", "number", "organisation", *holds)
    lacking = {
        key: [
            word
            for word, is_in_text in zip(words, in_text, strict=True)
            if not (is_in_text or organisation in organisations.get(word, ()) or word == str(number))
        ]
        for key, number, organisation, *in_text in rows
    }
    return {key for key, some in lacking.items() if not some} | _by_people(
        proposals, {key: some for key, some in lacking.items() if some}, words, hidden
    )


def keys_tagged(proposals: QuerySet[Proposal], tag: str) -> set[int]:
    """Give the keys of the proposals with a tag, however it is written."""
    wanted = folded(tag)
    rows = proposals.order_by().exclude(tags=[]).values_list("pk", "tags")
    return {key for key, tags in rows if any(folded_name(one) == wanted for one in tags)}


def _organisations(proposals: QuerySet[Proposal], words: Collection[str]) -> dict[str, set[int]]:
    """Give for each word the organisations that bear it."""
    inside = proposals.order_by().values("organisation")
    names = list(Organisation.objects.filter(pk__in=inside).order_by().values_list("pk", "name"))
    return {word: {key for key, name in names if word in folded_name(name)} for word in words}


def _by_people(
    proposals: QuerySet[Proposal], lacking: Mapping[int, list[str]], words: Collection[str], hidden: Collection[str]
) -> set[int]:
    """Give those of the proposals whose lacking words are all borne by people whom the reader is shown there.

    Names are read last, and the word that fewest bear first: each word leaves fewer proposals for the next.
    """
    if not lacking or {"proposer", "speakers"} <= set(hidden):
        return set()
    parts = _shown(_parts_of(proposals, lacking), hidden)
    typed = _typed(parts, words)
    own = parts.filter(named_as="")
    bearers = _bearing_their_own(own, words)
    for word in sorted(words, key=lambda one: len(bearers[one])):
        people, found = bearers[word], typed[word]
        wanted = {key for key, some in lacking.items() if word in some} - found
        if people and wanted:
            some_parts = own.filter(person__in=people) if len(people) <= MOST_KEYS else own
            if len(wanted) <= MOST_KEYS:
                some_parts = some_parts.filter(proposal__in=wanted)
            pairs = some_parts.values_list("proposal", "person")
            found = found | {proposal for proposal, person in pairs if person in people}
        lacking = {key: some for key, some in lacking.items() if word not in some or key in found}
    return set(lacking)


def _parts_of(proposals: QuerySet[Proposal], keys: Collection[int]) -> QuerySet[Contributor]:
    parts = Contributor.objects.order_by()
    if len(keys) <= MOST_KEYS:
        return parts.filter(proposal__in=list(keys))
    return parts.filter(proposal__in=proposals.order_by().values("pk"))


def _shown(parts: QuerySet[Contributor], hidden: Collection[str]) -> QuerySet[Contributor]:
    """Leave out whom the reader is not shown."""
    if UNNAMED in hidden:
        parts = parts.filter(NAMED)
    if "proposer" in hidden:
        parts = parts.exclude(person=F("proposal__owner"))
    if "speakers" in hidden:
        parts = parts.filter(person=F("proposal__owner"))
    return parts


def _typed(parts: QuerySet[Contributor], words: Collection[str]) -> dict[str, set[int]]:
    """Give for each word the proposals that name somebody so, as their proposer typed it."""
    found: dict[str, set[int]] = {word: set() for word in words}
    for proposal, name in parts.exclude(named_as="").filter(person__erased_at=None).values_list("proposal", "named_as"):
        for word in words:
            if word in folded_name(name):
                found[word].add(proposal)
    return found


def _bearing_their_own(parts: QuerySet[Contributor], words: Collection[str]) -> dict[str, set[int]]:
    """Give for each word the people whose name holds it."""
    known = Person.objects.filter(erased_at=None, pk__in=parts.values("person"))
    names = list(known.order_by().values_list("pk", "name"))
    return {word: {key for key, name in names if word in folded_name(name)} for word in words}
