"""Every column about people is answered for: by a holding that reads it out and erases it, or by a reason why not."""

from django.apps import apps
from django.db import models

from convenor.people.links import links_to
from convenor.people.models import Person
from convenor.people.privacy import HOLDINGS, covered
from convenor.people.privacy_erasure import BLANK, KEPT, MADE_NEW

# Columns that look like a name, an address or free words about somebody, and are something else.
NO_PERSON = {
    "cycle.cycle.name": "a year's",
    "cycle.forum.name": "a forum's",
    "cycle.ruleset.name": "a rule set's",
    "cycle.ruleset.reason": "said of rules; in the download of whoever wrote it",
    "cycle.deadline.reason": "said of a deadline; in the download of whoever set it",
    "meetings.textmodule.text": "a forum's wording",
    "meetings.continuation.words": "printed words of an agenda",
    "proposals.calldeadline.reason": "said of a deadline; in the download of whoever stated it",
    "people.organisation.name": "a body's; struck where it is a person's own",
    "programme.closure.reason": "why a room is closed",
    "programme.room.name": "a room's",
    "selection.choice.reason": "a code",
    "shared.beat.name": "of something that runs",
    "shared.file.name": "of a document",
    "shared.topic.name": "of what pages follow",
    "shared.mailtemplate.text": "a forum's wording; in the download of whoever changed it",
}
WORDS = {"name", "email", "to", "address", "text", "html", "comment", "reason", "words", "gender", "lost_email"}


def columns_about_people() -> set[str]:
    """Give every foreign key to a person, and every column of ours that by its name holds words about people."""
    keys = {f"{model._meta.label_lower}.{key}" for model, key in links_to(Person)}
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("convenor.")]
    words = {
        f"{model._meta.label_lower}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField) or (field.name in WORDS and not field.is_relation)
    }
    return keys | words


def test_every_column_about_people_is_in_a_holding():
    library = {
        column for column in columns_about_people() if column.startswith(("people.person_groups", "people.person_user"))
    }
    assert library == {"people.person_groups.person", "people.person_user_permissions.person"}  # nothing here uses them

    assert columns_about_people() - set(covered()) - NO_PERSON.keys() - library == set()


def test_nothing_is_excused_that_is_not_there():
    assert NO_PERSON.keys() - columns_about_people() == set()


def test_no_holding_answers_for_a_column_that_is_not_there():
    there = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }

    assert set(covered()) - there == set()


def test_every_column_of_an_account_is_blanked_made_new_or_kept():
    columns = {field.name for field in Person._meta.concrete_fields}

    assert sorted([*BLANK, *MADE_NEW, *KEPT]) == sorted(columns)


def test_every_holding_says_what_becomes_of_it_and_names_its_columns(db: None):
    person = Person.objects.create(name="Nobody Known")

    for holding in HOLDINGS.values():
        assert str(holding.title)
        assert str(holding.fate)
        assert list(holding.labels()) == [path.replace("__", "_") for path in holding.paths]
        assert isinstance(holding.rows(person), list)
