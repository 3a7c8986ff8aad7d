"""The pages of a forum's mail: the whole job of a secretariat, and that no other forum's mail shows."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from convenor.cycle.models import Cycle, Forum
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.journal.models import Entry
from convenor.shared.mail.actions import Letter, write, write_all
from convenor.shared.mail.models import Batch, Mail, MailTemplate, State
from tests.shared.mail.conftest import DOOR, NEWS, RECEIPT

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
DESK = "/igf/2017/mail/"
WORDS = f"{DESK}words/{RECEIPT}/en/"
GOOD = {"subject": "Your receipt, {name}", "text": "Dear {name}: {link}", "seen": 0}


@pytest.fixture
def secretariat(client_as: Callable[[Role], Client]) -> Client:
    return client_as(Role.SECRETARIAT)


@pytest.fixture
def far(cycle: Cycle) -> Batch:
    """Another forum with a held batch, a failed mail, words of its own and somebody whose address is dead."""
    forum = Forum.objects.create(slug="far", name="Far Forum")
    Cycle.objects.create(
        forum=forum, slug="2017", name="Far 2017", zone="UTC", starts_on=NOW, ends_on=NOW, rule_set=cycle.rule_set
    )
    person = Person.objects.create_user("farperson@example.org", name="Farperson", email_bounced_at=NOW)
    write_all(NEWS, [Letter(person, {"name": "Farperson"})], forum="far", at=NOW)
    failed = write(NEWS, to=person, context={"name": "Farperson"}, forum="far", at=NOW)
    Mail.objects.filter(pk=failed.pk).update(state=State.FAILED)
    MailTemplate.objects.create(
        forum="far", kind=RECEIPT, language="en", version=1, subject="Farwords", text="Farwords {link}", at=NOW
    )
    return Batch.objects.get(forum="far")


def held(count: int) -> Batch:
    letters = [Letter(f"p{number}@example.org", {"name": f"P{number}"}) for number in range(count)]
    write_all(NEWS, letters, forum="igf", at=NOW)
    return Batch.objects.get(forum="igf", closed_at=None)


def states(batch: Batch) -> list[str]:
    return list(batch.mails.order_by("pk").values_list("state", flat=True))


def test_a_letter_to_the_committee_is_written_held_read_and_released(secretariat, person_as, cycle, settings):
    settings.SMTP_URL, settings.ORIGIN = "smtp://127.0.0.1:1", "https://forum.example.org"
    for number in range(2):
        member = Person.objects.create_user(f"m{number}@example.org", name=f"Member {number}")
        RoleTerm.objects.create(person=member, role=Role.MEMBER, forum="igf", cycle="2017")
    silent = Person.objects.create(name="No address")
    RoleTerm.objects.create(person=silent, role=Role.MEMBER, forum="igf", cycle="2017")
    page = secretariat.get(f"{DESK}letter/").content.decode()
    assert page.count("Committee member (3)") == 1
    words = {
        "subject": "Agenda of {forum}",
        "text": "Dear {name},\n\nread {link}",
        "roles": ["member"],
        "language": "fr",
    }
    answer = secretariat.post(f"{DESK}letter/", words, follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert said == ["2 letters are written and held. 1 person has no e-mail address."]
    batch = Batch.objects.get()
    assert answer.redirect_chain == [(f"{DESK}batches/{batch.pk}/", 302)]
    mail = batch.mails.order_by("to")[0]
    assert (mail.subject, mail.text, mail.language) == (
        "Agenda of IGF 2017",
        "Dear Member 0,\n\nread https://forum.example.org/igf/2017/\n",
        "fr",
    )
    assert states(batch) == [State.HELD] * 2
    upto = answer.context["upto"]
    decided = secretariat.post(f"{DESK}batches/{batch.pk}/decide/", {"do": "release-all", "upto": upto}, follow=True)
    assert [str(one) for one in decided.context["messages"]] == ["2 mails are released."]
    assert states(batch) == [State.WAITING] * 2
    batch.refresh_from_db()
    assert batch.released_by == person_as(Role.SECRETARIAT)
    assert Entry.objects.get().verb == "mail.released"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"roles": []}, "roles"),
        ({"roles": ["chair"]}, "roles"),
        ({"roles": ["public"]}, "roles"),
        ({"text": "Dear {nobody}"}, "text"),
        ({"subject": ""}, "subject"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_a_letter_that_cannot_be_written_is_refused_and_kept(secretariat, person_as, changes, field):
    person_as(Role.MEMBER)
    words = {"subject": "Hello", "text": "Kept words", "roles": ["member"], "language": "en", **changes}
    answer = secretariat.post(f"{DESK}letter/", words)
    assert (answer.status_code, list(answer.context["form"].errors), Mail.objects.count()) == (422, [field], 0)
    assert answer.content.decode().count(words["text"]) == 1


def test_only_those_ticked_are_released_or_discarded(secretariat, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    batch = held(3)
    keys = list(batch.mails.order_by("pk").values_list("pk", flat=True))
    path = f"{DESK}batches/{batch.pk}/decide/"
    secretariat.post(path, {"do": "release-chosen", "mail": [keys[0]]})
    secretariat.post(path, {"do": "discard-chosen", "mail": [keys[2]]})
    assert states(batch) == [State.WAITING, State.HELD, State.DISCARDED]
    secretariat.post(path, {"do": "back"})
    assert states(batch) == [State.HELD, State.HELD, State.DISCARDED]


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"do": "release-chosen"}, "Nothing was changed: no mail is ticked."),
        ({"do": "release-chosen", "mail": ["x", "-1", "9" * 40]}, "Nothing was changed: no mail is ticked."),
        ({}, "Nothing was changed: choose whether to release or to discard."),
        ({"do": "explode-all", "upto": "x"}, "Nothing was changed: choose whether to release or to discard."),
        ({"do": "discard-all", "upto": "0"}, "Nothing was discarded: none of these mails is held any more."),
    ],
)
def test_a_decision_that_means_nothing_changes_nothing(secretariat, posted, sentence):
    batch = held(1)
    answer = secretariat.post(f"{DESK}batches/{batch.pk}/decide/", posted, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [sentence]
    assert states(batch) == [State.HELD]


def test_any_mail_of_a_batch_can_be_read_before(secretariat):
    batch = held(3)
    last = batch.mails.order_by("-pk")[0]
    page = secretariat.get(f"{DESK}batches/{batch.pk}/?mail={last.pk}").content.decode()
    assert page.count("Dear P2, hello.") >= 1
    assert page.count("Dear P0, hello.") == 0


def test_the_log_of_a_person_holds_their_mails_of_this_forum_only(secretariat, far):
    person = Person.objects.get(name="Farperson")
    write(NEWS, to=person, context={"name": "x"}, forum="igf", at=NOW)
    page = secretariat.get(f"{DESK}log/?person={person.pk}").context["page"]
    assert [(one.forum, one.person) for one in page] == [("igf", person)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("q=amina", 1),
        ("q=RECEIPT", 1),
        ("state=kept", 3),
        ("state=sent", 0),
        (f"kind={NEWS}", 2),
        ("kind=x&state=x&person=x", 3),
    ],
)
def test_the_log_is_narrowed_by_its_address(secretariat, query, found):
    write(NEWS, to="amina@example.org", context={"name": "x"}, forum="igf", at=NOW)
    write(NEWS, to="bo@example.org", context={"name": "x"}, forum="igf", at=NOW)
    write(RECEIPT, to="cy@example.org", context={"name": "x", "link": "https://e.org"}, forum="igf", at=NOW)
    assert len(secretariat.get(f"{DESK}log/?{query}").context["page"].object_list) == found


def test_a_failed_mail_is_sent_again_from_its_page(secretariat, settings):
    settings.SMTP_URL = ""
    mail = write(NEWS, to="a@example.org", context={"name": "x"}, forum="igf", at=NOW)
    Mail.objects.update(state=State.FAILED, failure="550 no")
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    assert secretariat.get(f"{DESK}log/{mail.pk}/").content.decode().count("Send it again") == 1
    secretariat.post(f"{DESK}log/{mail.pk}/again/")
    mail.refresh_from_db()
    assert mail.state == State.WAITING


def test_a_mail_that_lets_its_reader_in_is_withheld_from_the_secretariat(secretariat):
    mail = write(DOOR, to="a@example.org", context={"link": "https://e.org/opensesame"}, forum="igf", at=NOW)
    page = secretariat.get(f"{DESK}log/{mail.pk}/").content.decode()
    assert (page.count("opensesame"), page.count("The text is withheld.")) == (0, 1)


def test_addresses_that_take_no_mail_are_shown_to_the_forums_that_wrote_there(secretariat):
    person = Person.objects.create_user("gone@example.org", name="Gone Person", email_bounced_at=NOW)
    assert secretariat.get(DESK).content.decode().count("Gone Person") == 0
    to_address = write(NEWS, to="gone@example.org", context={"name": "x"}, forum="igf", at=NOW)
    assert secretariat.get(DESK).content.decode().count("Gone Person") == 1
    to_address.delete()
    write(NEWS, to=person, context={"name": "x"}, forum="igf", at=NOW)
    assert secretariat.get(DESK).content.decode().count("Gone Person") == 1


def test_nothing_of_another_forum_shows_or_moves(secretariat, far, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    foreign = far.mails.get(state=State.HELD)
    failed = Mail.objects.get(forum="far", state=State.FAILED)
    open_pages = [DESK, f"{DESK}log/", f"{DESK}log/?q=farperson", f"{DESK}words/", WORDS, f"{DESK}letter/"]
    for path in open_pages:
        page = secretariat.get(path).content.decode()
        assert page.casefold().replace("q=farperson", "").count("farwords") == 0
        assert page.count("Farperson") + page.count("Far Forum") + page.count("farperson@") == 0
    shut = [f"batches/{far.pk}/", f"log/{foreign.pk}/"]
    assert [secretariat.get(f"{DESK}{path}").status_code for path in shut] == [404, 404]
    posts = [f"batches/{far.pk}/decide/", f"log/{failed.pk}/again/"]
    assert [secretariat.post(f"{DESK}{path}", {"do": "release-all", "upto": 2**40}).status_code for path in posts] == [
        404
    ] * 2
    assert [secretariat.get(f"/far/2017/mail/{path}").status_code for path in ("", "log/", *shut)] == [403] * 4
    mine = held(1)
    secretariat.post(f"{DESK}batches/{mine.pk}/decide/", {"do": "release-chosen", "mail": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.state == State.HELD


def test_words_are_previewed_saved_used_and_taken_back(secretariat, cycle):
    preview = secretariat.post(WORDS, {**GOOD, "do": "preview"})
    assert (preview.status_code, MailTemplate.objects.count()) == (200, 0)
    assert preview.context["preview"].subject == "Your receipt, Amina"
    assert preview.content.decode().count('<a href="https://example.org/">https://example.org/</a>') == 1
    saved = secretariat.post(WORDS, {**GOOD, "do": "save"}, follow=True)
    assert [str(one) for one in saved.context["messages"]] == [
        "Saved. The next mails of this kind are written in these words."
    ]
    mail = write(RECEIPT, to="a@example.org", context={"name": "Bo", "link": "https://e.org/"}, forum="igf", at=NOW)
    assert (mail.subject, mail.text) == ("Your receipt, Bo", "Dear Bo: https://e.org/\n")
    secretariat.post(WORDS, {**GOOD, "seen": 1, "do": "reset"})
    assert [one.is_default for one in MailTemplate.objects.order_by("version")] == [False, True]


def test_an_unknown_or_missing_placeholder_is_named_at_its_field_and_nothing_is_lost(secretariat):
    typed = {"subject": "Hi {nam}", "text": "My long text for {name}", "seen": 0, "do": "save"}
    answer = secretariat.post(WORDS, typed)
    errors = {field: list(said) for field, said in answer.context["form"].errors.items()}
    assert (answer.status_code, errors) == (
        422,
        {
            "subject": ["Nothing fills {nam}: it is no placeholder of this mail. Known are {name}, {link}."],
            "text": ["{link} is missing from the text: without it the mail is of no use to its reader."],
        },
    )
    page = answer.content.decode()
    assert (page.count("My long text for {name}"), page.count('value="Hi {nam}"')) == (1, 1)


def test_words_saved_by_somebody_else_meanwhile_are_not_overwritten(secretariat):
    secretariat.post(WORDS, {**GOOD, "do": "save"})
    late = secretariat.post(WORDS, {**GOOD, "text": "Mine: {link}", "do": "save"})
    page = late.content.decode()
    assert (late.status_code, MailTemplate.objects.count(), page.count("Mine: {link}")) == (422, 1, 1)
    assert page.count("somebody else saved version 1 meanwhile") == 1


def test_a_preview_is_filled_with_somebody_real_of_this_forum_and_nobody_elses(secretariat, person_as, far):
    member = person_as(Role.MEMBER)
    path = f"{DESK}words/cycle.letter/en/"
    words = {"subject": "For {name}", "text": "{name} of {forum}", "seen": 0, "do": "preview"}
    outsider = Person.objects.get(name="Farperson")
    shown = [
        secretariat.post(path, {**words, "with": key}).context["preview"].subject
        for key in (member.pk, outsider.pk, "x", "9" * 50)
    ]
    assert shown[0] == "For Example member"
    assert "Farperson" not in " ".join(shown)
    assert [name for _key, name in secretariat.get(path).context["choices"]] == [
        "Example member",
        "Example secretariat",
    ]


def test_a_test_mail_goes_to_the_writer_alone(secretariat, person_as):
    answer = secretariat.post(WORDS, {**GOOD, "do": "test"})
    assert [str(one) for one in answer.context["messages"]] == ["A test mail was written to secretariat@example.org."]
    mail = Mail.objects.get()
    assert (mail.subject, mail.person, mail.batch) == ("[Test] Your receipt, Amina", person_as(Role.SECRETARIAT), None)
    assert MailTemplate.objects.count() == 0


def test_a_preview_never_runs_what_was_typed(secretariat):
    typed = {"subject": "<script>1</script>", "text": "<img src=x onerror=1> [a](javascript:1) {link}", "seen": 0}
    page = secretariat.post(WORDS, {**typed, "do": "preview"}).content.decode()
    assert page.count("<script>1") + page.count("<img") + page.count('href="javascript') == 0


@pytest.mark.parametrize("path", ["words/x/en/", f"words/{RECEIPT}/tlh/", "words/../en/"])
def test_there_are_no_such_words(secretariat, path):
    assert secretariat.get(f"{DESK}{path}").status_code == 404


def test_an_empty_desk_says_what_will_be_here(secretariat):
    assert [secretariat.get(f"{DESK}{path}").content.decode().count('class="empty"') for path in ("", "log/")] == [1, 1]


@pytest.mark.parametrize(("path", "queries"), [("", 8), ("log/", 7), ("batches/{}/", 10)])
def test_the_lists_cost_the_same_however_long_they_are(secretariat, django_assert_num_queries, path, queries):
    secretariat.get(DESK)
    for count in (1, 30):
        for number in range(count):
            person = Person.objects.create_user(f"q{count}-{number}@example.org", email_bounced_at=NOW)
            write(NEWS, to=person, context={"name": "x"}, forum="igf", at=NOW, hold=True)
            write(RECEIPT, to=person, context={"name": "x", "link": "y"}, forum="igf", at=NOW, hold=number < 5)
        batch = Batch.objects.get(kind=NEWS)
        with django_assert_num_queries(queries):
            secretariat.get(DESK + path.format(batch.pk))
