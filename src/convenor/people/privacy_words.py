"""Striking a name and an address out of what others wrote, as a pen would: each sign gives way to a bar.

As long as what it covers, so that places in a document that was read in (`meetings`) stay right; and in no language.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from convenor.people.links import forums_of, ways_to_forum
from convenor.people.models import Organisation, Person
from convenor.shared.journal.models import Texts
from convenor.shared.journal.texts import texts_about, texts_holding, whole_word

BAR = "█"
LEAST_WORDS = 2  # of a name that can be struck: one word alone may mean anything
# Not struck: the journal, whose texts have a way of their own; keys; what rules in use say, which is frozen.
EXEMPT = frozenset({"shared.entry", "shared.journalpayload", "shared.removal", "people.browsersession"})
FROZEN = frozenset({"cycle.ruleset.name", "cycle.ruleset.data"})


def strike_out(person: Person, forums: Collection[str]) -> int:
    """Strike a person's address everywhere, and the full name in the texts of some forums; give how many texts changed.

    The name stays where it can mean somebody else: when it is one word, or another person here has it, too.
    """
    changed = 0
    for model in _models():
        columns = [field for field in model._meta.concrete_fields if _holds_words(field)]
        if person.email:
            changed += _strike(model._base_manager.all(), columns, person.email)
        if forums and can_be_struck(person) and (here := _within(model, forums)):
            changed += _strike(model._base_manager.filter(here), columns, person.name)
    return changed + _strike_namesake(person)


def journal_texts(person: Person) -> Texts:
    """Give the journal's texts that go with a person.

    Those about them; and of those that others wrote, a title or a reason, each that holds their address, or their full
    name in one of their forums: a sealed text cannot be struck sign by sign, so it goes whole.
    """
    held = set(texts_holding(person.email or ""))
    if named := texts_holding(person.name) if can_be_struck(person) else {}:
        forums = forums_of(person)
        held |= {key for key, scope in named.items() if scope.split("/")[0] in forums}
    return texts_about(person.keys, words=[person.name, person.email or ""], rows=held)


def can_be_struck(person: Person) -> bool:
    """Say whether the name surely means this person."""
    if len(person.name.split()) < LEAST_WORDS:
        return False
    return not Person.objects.filter(name__iexact=person.name).exclude(pk=person.pk).exists()


def struck(value: Any, word: str) -> Any:
    """Give a text, or a structure of texts, with a word struck out wherever it stands alone, whatever its case."""
    if isinstance(value, str):
        return whole_word(word).sub(BAR * len(word), value)
    if isinstance(value, list):
        return [struck(one, word) for one in value]
    if isinstance(value, dict):
        return {key: struck(one, word) for key, one in value.items()}
    return value


def _strike_namesake(person: Person) -> int:
    """Strike the name of an organisation that is the person's own."""
    if not can_be_struck(person):
        return 0
    rows = Organisation.objects.filter(name__iexact=person.name)
    return rows.update(name=BAR * len(person.name))


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        label = model._meta.label_lower
        if model.__module__.startswith("convenor.") and label not in EXEMPT and model not in (Person, Organisation):
            yield model


def _within(model: type[models.Model], forums: Collection[str]) -> Q:
    """Narrow rows to those of forums, or of their years where a row says its "forum/year"; empty where it says none."""
    ways = [Q(**{f"{way}__in": list(forums)}) for way in ways_to_forum(model)]
    ways += [Q(**{f"{way}__startswith": f"{forum}/"}) for way in _ways_to_scope(model) for forum in forums]
    return Q(*ways, _connector=Q.OR)


def _ways_to_scope(model: type[models.Model]) -> list[str]:
    keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    steps = [("", model), *((f"{key.name}__", key.related_model) for key in keys)]
    return [f"{step}scope" for step, end in steps if any(field.name == "scope" for field in end._meta.get_fields())]


def _holds_words(field: models.Field[Any, Any]) -> bool:
    if field.primary_key or field.choices or isinstance(field, models.SlugField) or str(field).lower() in FROZEN:
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def _strike(rows: models.QuerySet[Any], columns: Collection[models.Field[Any, Any]], word: str) -> int:
    changed = 0
    for column in columns:
        written = {word, json.dumps(word)[1:-1]} if isinstance(column, models.JSONField) else {word}
        holding = Q(*((f"{column.name}__icontains", one) for one in written), _connector=Q.OR)
        for key, value in rows.filter(holding).values_list("pk", column.name):
            if (new := struck(value, word)) != value:
                changed += rows.model._base_manager.filter(pk=key).update(**{column.name: new})
    return changed
