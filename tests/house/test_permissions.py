"""Permissions: the document says what the tables say, every verb opens something, and no role is without a use."""

from importlib import import_module
from pathlib import Path

from django.urls import get_resolver

from convenor.people.roles import Role, Verb, verb
from tests.house.test_routes import routes
from tools import list_permissions

ROOT = Path(__file__).resolve().parents[2]


def test_the_document_is_what_the_tables_say():
    """`python tools/list_permissions.py` writes it anew."""
    text = list_permissions.DOCUMENT.read_text("utf-8")

    assert list_permissions.document(text) == text


def test_every_verb_is_asked_somewhere():
    sources = {path: path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")}
    idle = []
    for domain in list_permissions.domains():
        table = import_module(f"convenor.{domain}.permissions")
        for name, value in vars(table).items():
            asked = [path for path, text in sources.items() if path.name != "permissions.py" and name in text]
            if isinstance(value, Verb) and not asked:
                idle.append(f"{domain}.{name}")

    assert idle == []


def test_no_verb_is_written_outside_the_tables():
    strangers = [
        route
        for route, view in routes(get_resolver())
        if isinstance(asked := getattr(view, "verb", None), Verb)
        and not any(
            asked is value
            for domain in list_permissions.domains()
            for value in vars(import_module(f"convenor.{domain}.permissions")).values()
        )
    ]

    assert strangers == []


def test_roles_are_looked_up_behind_the_door_only():
    """Who holds what is read by the people's layer and the door; everything else asks `may` or `cycles_where`."""
    readers = sorted(
        str(path.relative_to(ROOT / "src/convenor"))
        for path in (ROOT / "src/convenor").rglob("*.py")
        if "migrations" not in path.parts
        and any(
            word in path.read_text("utf-8")
            for word in (".role_terms", "terms_on(", "terms_about(", '.holds("', "roles_of(")
        )
        and path.relative_to(ROOT / "src/convenor").parts[0] != "people"
    )

    assert readers == READERS


# The door itself, the list of forums, and pages of the installation that stand below the door.
READERS = [
    "cycle/access.py",
    "cycle/finding.py",
    "shared/languages/views.py",
    "shared/mail/views.py",
    "shared/pages/access.py",
]


def test_what_a_role_opens_is_read_from_the_table():
    asked = verb("look", Role.HOST)

    assert [role for role in Role if asked.allows(list_permissions.implied(role))] == [Role.HOST]  # type: ignore[arg-type]  # roles
