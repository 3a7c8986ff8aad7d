"""The pages for reviewers: who may do what, what is kept, where the reader goes on; the note on every page."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.languages import actions
from convenor.shared.languages.catalogue import entries
from convenor.shared.languages.models import Confirmation, TranslationChange
from convenor.shared.languages.reading import exported, shown, standing
from convenor.shared.languages.strings import Entry, digest_of
from tools import catalogue

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
STRINGS = {"Agenda": "Ordre du jour", "Break": "Pause", "Chair": "Présidence", "Draft": ""}
DAYS = '#: a.html\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s jour"\nmsgstr[1] "%(n)s jours"\n'


@pytest.fixture(autouse=True)
def small(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the reviewers a small French catalogue; the interface keeps its own."""
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path)
    plain = [f'#: b.html\nmsgid "{one}"\nmsgstr "{words}"\n' for one, words in STRINGS.items()]
    path = catalogue.path_of("fr")
    path.parent.mkdir(parents=True)
    path.write_text("\n".join([HEAD, *plain, DAYS]), "utf-8")
    path.with_suffix(".mo").write_bytes(catalogue.compiled("fr"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    yield tmp_path
    cache.clear()


def find(english: str) -> Entry:
    """Find a string by its English."""
    return next(entry for entry in entries("fr").values() if entry.originals[0] == english)


def address(entry: Entry, verb: str = "") -> str:
    """Give the address of a string."""
    return f"/languages/fr/{entry.key}/{verb}"


def listed(client: Client, query: str = "") -> list[str]:
    """Name the strings that the list shows."""
    page = client.get(f"/languages/fr/{query}").context["page"]
    return [row.entry.originals[0] for row, _next in page]


def test_the_list_is_filtered_by_state_and_words(client_as: Callable[[Role], Client], person_as: Callable[..., Person]):
    client, person = client_as(Role.MEMBER), person_as(Role.MEMBER)
    actions.confirm("fr", find("Agenda"), digest=find("Agenda").digest, by=person, at=AT)
    actions.propose("fr", find("Break"), strings=["Interruption"], by=person, at=AT)

    assert listed(client) == ["Agenda", "Break", "Chair", "Draft", "%(n)s day"]
    assert listed(client, "?show=unconfirmed") == ["Break", "Chair", "%(n)s day"]
    assert listed(client, "?show=changed") == ["Break"]
    assert listed(client, "?show=missing") == ["Draft"]
    assert listed(client, "?q=PRÉSID") == ["Chair"]
    assert listed(client, "?q=a.html") == ["%(n)s day"]
    assert listed(client, "?q=nothing") == []


def test_a_secretariat_confirms_and_goes_on_with_the_next_string(client_as: Callable[[Role], Client]):
    client, entry = client_as(Role.SECRETARIAT), find("Agenda")
    kept = {"digest": entry.digest, "show": "unconfirmed", "at": find("Break").key}

    answer = client.post(address(entry, "confirm/"), kept)

    assert answer["Location"] == f"/languages/fr/?show=unconfirmed&at={find('Break').key}"
    page = client.get(answer["Location"])
    assert [row.entry.originals[0] for row, _next in page.context["page"]] == ["Break", "Chair", "%(n)s day"]
    focused = page.content.decode().split("autofocus>Confirm")
    assert (len(focused), focused[1].startswith('<span class="vh">: Break</span>')) == (2, True)


def test_only_a_secretariat_confirms(client_as: Callable[[Role], Client]):
    entry = find("Agenda")

    for role in set(Role) - {Role.SECRETARIAT, Role.PUBLIC}:
        assert client_as(role).post(address(entry, "confirm/"), {"digest": entry.digest}).status_code == 403
    assert not Confirmation.objects.exists()
    assert "Confirm<" not in client_as(Role.MEMBER).get("/languages/fr/").content.decode()


def test_a_confirmation_of_another_wording_is_refused(person_as: Callable[[Role], Person]):
    with pytest.raises(Refused, match="it is another one now"):
        actions.confirm("fr", find("Agenda"), digest="0" * 32, by=person_as(Role.SECRETARIAT), at=AT)


def test_an_untranslated_string_cannot_be_confirmed(person_as: Callable[[Role], Person]):
    with pytest.raises(Refused, match="was not confirmed"):
        actions.confirm("fr", find("Draft"), digest=find("Draft").digest, by=person_as(Role.SECRETARIAT), at=AT)


def test_a_confirmation_is_taken_back(client_as: Callable[[Role], Client]):
    client, entry = client_as(Role.SECRETARIAT), find("Agenda")
    for _time in range(2):
        client.post(address(entry, "confirm/"), {"digest": entry.digest})
    assert standing(shown("fr")).confirmed == 1

    client.post(address(entry, "withdraw/"))

    assert standing(shown("fr")).confirmed == 0


def test_anybody_signed_in_proposes_and_the_wording_is_kept(client_as: Callable[[Role], Client]):
    client, entry = client_as(Role.SIGNED_IN), find("%(n)s day")

    for _time in range(2):
        answer = client.post(address(entry), {"form-0": "%(n)s journée", "form-1": "%(n)s journées"})

    assert answer["Location"] == address(entry)
    assert [row.strings for row in TranslationChange.objects.all()] == [["%(n)s journée", "%(n)s journées"]]
    assert '<bdi dir="ltr">%(n)s</bdi> journées' in client.get("/languages/fr/").content.decode()
    assert "Better wording for 2, 3, 4, 5, 6, 7" in client.get(address(entry)).content.decode()


def test_a_wording_that_lost_a_placeholder_is_refused_and_what_was_typed_stays(client_as: Callable[[Role], Client]):
    client, entry = client_as(Role.SIGNED_IN), find("%(n)s day")

    answer = client.post(address(entry), {"form-0": "%(jour)s <i>typed</i>", "form-1": "jours"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "letter by letter as in “%(n)s days”" in page
    assert "%(jour)s &lt;i&gt;typed&lt;/i&gt;</textarea>" in page
    assert not TranslationChange.objects.exists()


def test_a_proposal_names_nobody(client_as: Callable[[Role], Client], person_as: Callable[[Role], Person]):
    author = person_as(Role.CHAIR)
    actions.propose("fr", find("Break"), strings=["Interruption"], by=author, at=AT)

    pages = [client_as(Role.MEMBER).get(path).content.decode() for path in ("/languages/fr/", address(find("Break")))]

    assert [(author.name in page, "Interruption" in page) for page in pages] == [(False, True), (False, True)]


def test_what_readers_said_is_exported_and_merged(person_as: Callable[[Role], Person], small: Path, tmp_path: Path):
    person, entry = person_as(Role.SECRETARIAT), find("Break")
    change = actions.propose("fr", entry, strings=["Interruption"], by=person, at=AT)
    actions.confirm("fr", entry, digest=change.digest, by=person, at=AT)
    actions.confirm("fr", find("Chair"), digest=find("Chair").digest, by=person, at=AT)
    actions.propose("fr", find("%(n)s day"), strings=["%(n)s j.", "%(n)s j."], by=person, at=AT)
    out = StringIO()
    call_command("translations", "--export", "fr", stdout=out)
    file = tmp_path / "fr.json"
    file.write_text(out.getvalue(), "utf-8")

    assert catalogue.merge(file) == "fr: 2 wordings taken over, 0 left out, 2 confirmed."

    merged = {entry.originals[0]: entry.strings for entry in entries("fr").values()}
    assert merged["Break"] == ("Interruption",)
    assert merged["%(n)s day"] == ("%(n)s j.", "%(n)s j.")
    digests = json.loads(catalogue.confirmed_path("fr").read_text("utf-8"))
    assert digests == sorted([digest_of(entry, ["Interruption"]), find("Chair").digest])
    Confirmation.objects.all().delete()
    assert standing(shown("fr")).confirmed == 2
    assert exported("fr")["changes"] == []


def test_a_hostile_export_is_left_out(tmp_path: Path, db: None):
    file = tmp_path / "fr.json"
    changes = [
        {"context": "", "id": ["Break"], "strings": ["<script>x</script>"]},
        {"context": "", "id": ["Gone"], "strings": ["Parti"]},
    ]
    file.write_text(json.dumps({"language": "fr", "changes": changes, "confirmed": ["f" * 32]}), "utf-8")

    assert catalogue.merge(file).splitlines() == [
        "fr: 0 wordings taken over, 2 left out, 0 confirmed.",
        "  left out: Break",
        "  left out: Gone",
    ]
    assert find("Break").strings == ("Pause",)


def test_a_language_that_is_none_of_ours_is_refused_on_the_command_line(db: None):
    with pytest.raises(CommandError, match=r"“tlh” is no translation of the interface. Known: fr"):
        call_command("translations", "--export", "tlh")


def test_the_foot_says_that_a_language_was_made_by_machine(
    client: Client, cycle: Any, person_as: Callable[..., Person]
):
    note = "?show=unconfirmed"
    client.cookies["language"] = "fr"
    assert note in client.get("/").content.decode()
    client.cookies["language"] = "en"
    assert note not in client.get("/").content.decode()

    for entry in entries("fr").values():
        if entry.is_whole:
            Confirmation.objects.create(language="fr", digest=entry.digest, by=person_as(Role.SECRETARIAT), at=AT)
    cache.clear()
    client.cookies["language"] = "fr"

    assert note not in client.get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_database_a_constant_number_of_times(
    rows: int, client_as: Callable[[Role], Client], django_assert_num_queries: Any, small: Path
):
    more = "\n".join(f'#: c.html\nmsgid "Word {n}"\nmsgstr "Mot {n}"\n' for n in range(rows))
    path = catalogue.path_of("fr")
    path.write_text(f"{path.read_text('utf-8')}\n{more}", "utf-8")
    person = Person.objects.create(email="x@example.org")
    for entry in list(entries("fr").values())[5:]:
        actions.propose("fr", entry, strings=["Parole"], by=person, at=AT)
    client = client_as(Role.SECRETARIAT)
    client.get("/languages/fr/")

    with django_assert_num_queries(5):
        client.get("/languages/fr/")


def test_a_proposed_wording_is_printed_as_text(
    client_as: Callable[[Role], Client], person_as: Callable[[Role], Person]
):
    TranslationChange.objects.create(
        language="fr", key=find("Break").key, strings=["<b>%(x)s</b>"], digest="0" * 32, by=None, at=AT
    )

    page = client_as(Role.MEMBER).get("/languages/fr/?show=changed").content.decode()

    assert '&lt;b&gt;<bdi dir="ltr">%(x)s</bdi>&lt;/b&gt;' in page


@pytest.mark.parametrize("path", ["/languages/en/", "/languages/tlh/", "/languages/fr/0000/"])
def test_what_is_no_translation_is_not_found(path: str, client_as: Callable[[Role], Client]):
    assert client_as(Role.MEMBER).get(path).status_code == 404
