"""Writing, holding, releasing, discarding; and the pace at which a batch leaves."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import translation

from convenor.cycle.removal import remove_forum
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry
from convenor.shared.mail import actions, rounds, wording
from convenor.shared.mail.actions import Letter, discard, hold_again, release, send_again, write, write_all
from convenor.shared.mail.kinds import KINDS
from convenor.shared.mail.models import Batch, Beat, Mail, State, Stop
from convenor.shared.mail.rounds import send_waiting
from convenor.shared.mail.wording import Words
from tests.shared.mail.conftest import DOOR, NEWS, RECEIPT

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
SCOPE = "igf/2017"
EVERYTHING = 2**60


@pytest.fixture
def amina(db: None) -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina", language="ar")


@pytest.fixture
def secretary(db: None) -> Person:
    return Person.objects.create_user("secretary@example.org", name="Secretary")


@pytest.fixture
def news(amina: Person) -> Callable[[int], Batch]:
    """Write held news to some addresses."""

    def make(count: int) -> Batch:
        letters = [Letter(f"p{number}@example.org", {"name": f"P{number}"}) for number in range(count)]
        write_all(NEWS, letters, forum="igf", at=NOW)
        return Batch.objects.get(closed_at=None)

    return make


def states(batch: Batch) -> list[str]:
    return list(batch.mails.order_by("pk").values_list("state", flat=True))


def journal() -> list[str]:
    return [sentence(entry) for entry in Entry.objects.order_by("number")]


def test_a_mail_is_written_in_the_language_of_its_reader(amina):
    mail = write(RECEIPT, to=amina, context={"name": "Amina", "link": "https://example.org/1"}, forum="igf", at=NOW)
    assert (mail.to, mail.person, mail.forum, mail.kind, mail.language) == (
        "amina@example.org", amina, "igf", RECEIPT, "ar",
    )  # fmt: skip
    assert (mail.subject, mail.text) == ("Receipt for Amina", "Dear Amina,\n\nsee https://example.org/1\n")
    assert mail.html.count('<html lang="ar" dir="rtl">') == 1
    assert mail.html.count('<a href="https://example.org/1">https://example.org/1</a>') == 1


@pytest.mark.parametrize(
    ("asked", "theirs", "of_page", "language"),
    [
        ("fr", "ar", "en", "fr"),
        ("", "ar", "fr", "ar"),
        ("", "", "fr", "fr"),
        ("tlh", "", "fr", "fr"),
        ("", "", None, "en"),
    ],
)
def test_which_language_a_mail_is_in(amina, asked, theirs, of_page, language):
    amina.language = theirs
    with translation.override(of_page):
        assert write(NEWS, to=amina, context={"name": "x"}, forum="igf", at=NOW, language=asked).language == language


def test_a_receipt_leaves_at_once(sink, amina):
    write(RECEIPT, to=amina, context={"name": "Amina", "link": "https://example.org/1"}, forum="igf", at=NOW)
    assert [recipients for recipients, _mail in sink.taken] == [["amina@example.org"]]
    assert Mail.objects.get().state == State.SENT


def test_without_a_mail_server_a_mail_is_kept(amina):
    assert write(NEWS, to=amina, context={"name": "x"}, forum="igf", at=NOW).state == State.KEPT


def test_a_person_without_an_address_gets_none(amina):
    amina.email = None
    with pytest.raises(Refused, match="No mail was written to Amina: no e-mail address is known"):
        write(NEWS, to=amina, context={"name": "x"}, forum="igf", at=NOW)


def test_held_mails_of_a_kind_gather_in_one_batch_until_it_is_released(sink, secretary, amina):
    first = write(NEWS, to=amina, context={"name": "a"}, forum="igf", at=NOW, hold=True, by=secretary)
    second = write(NEWS, to="b@example.org", context={"name": "b"}, forum="igf", at=NOW, hold=True, by=secretary)
    elsewhere = write(NEWS, to="c@example.org", context={"name": "c"}, forum="far", at=NOW, hold=True)
    assert first.batch == second.batch != elsewhere.batch
    release(first.batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    third = write(NEWS, to="d@example.org", context={"name": "d"}, forum="igf", at=NOW, hold=True)
    assert third.batch not in (first.batch, elsewhere.batch)
    assert sink.taken == []


def test_nothing_leaves_that_is_held(sink, news):
    batch = news(3)
    assert send_waiting(at=NOW + timedelta(days=9)) == (0, 0)
    assert (states(batch), sink.taken) == ([State.HELD] * 3, [])


def test_a_released_batch_leaves_and_the_journal_says_so_without_names(sink, news, secretary):
    batch = news(3)
    assert release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING) == 3
    assert sink.taken == []
    assert send_waiting(at=NOW) == (3, 0)
    assert states(batch) == [State.SENT] * 3
    batch.refresh_from_db()
    assert (batch.released_by, batch.released_at, batch.closed_at) == (secretary, NOW, NOW)
    assert journal() == ["Mails were released, 3 in number: News."]


def test_some_are_released_and_some_discarded(sink, news, secretary):
    batch = news(4)
    keys = list(batch.mails.order_by("pk").values_list("pk", flat=True))
    release(batch, scope=SCOPE, by=secretary, at=NOW, chosen=[keys[1]], upto=0)
    discard(batch, scope=SCOPE, by=secretary, at=NOW, chosen=keys[1:3], upto=0)
    assert states(batch) == [State.HELD, State.WAITING, State.DISCARDED, State.HELD]
    assert journal() == [
        "Mails were released, 1 in number: News.",
        "Held mails were discarded, 1 in number: News.",
    ]


def test_what_came_in_after_the_reader_looked_stays_held(sink, news, secretary):
    batch = news(2)
    seen = max(batch.mails.values_list("pk", flat=True))
    news(1)
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=seen)
    assert states(batch) == [State.WAITING, State.WAITING, State.HELD]


def test_another_batch_is_never_touched(sink, news, secretary):
    mine = news(1)
    foreign = write(NEWS, to="c@example.org", context={"name": "c"}, forum="far", at=NOW, hold=True)
    for act in (release, discard):
        with pytest.raises(Refused):
            act(mine, scope=SCOPE, by=secretary, at=NOW, chosen=[foreign.pk], upto=0)
    foreign.refresh_from_db()
    assert foreign.state == State.HELD


def test_two_clicks_release_once(sink, news, secretary):
    batch = news(1)
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    with pytest.raises(Refused, match="none of these mails is held any more"):
        release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    assert len(journal()) == 1


def test_without_a_mail_server_nothing_is_released_and_all_is_held_as_before(news, secretary, settings):
    batch = news(2)
    with pytest.raises(Refused, match="no mail server is set"):
        release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    assert states(batch) == [State.HELD] * 2
    settings.DEMO = True
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    assert states(batch) == [State.KEPT] * 2


def test_addresses_that_take_no_mail_stay_held_unless_chosen(sink, amina, secretary):
    amina.email_bounced_at = NOW
    amina.save()
    good, dead = write_all(
        NEWS, [Letter("a@example.org", {"name": "a"}), Letter(amina, {"name": "b"})], forum="igf", at=NOW
    )
    release(good.batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    assert states(good.batch) == [State.WAITING, State.HELD]
    release(good.batch, scope=SCOPE, by=secretary, at=NOW, chosen=[dead.pk], upto=0)
    assert states(good.batch) == [State.WAITING, State.WAITING]


def test_a_batch_leaves_at_the_pace_of_the_settings(sink, news, secretary, settings):
    settings.MAIL_PER_MINUTE = 2
    release(news(5), scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    seconds = timedelta(seconds=1)
    assert [send_waiting(at=NOW + seconds * s)[0] for s in (0, 5, 30, 60, 65, 120, 200)] == [2, 0, 0, 2, 0, 1, 0]


def test_a_receipt_does_not_wait_for_a_batch(sink, news, secretary, settings, amina):
    settings.MAIL_PER_MINUTE = 1
    release(news(3), scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    send_waiting(at=NOW)
    write(
        RECEIPT, to=amina, context={"name": "A", "link": "https://e.org/"}, forum="igf", at=NOW + timedelta(seconds=1)
    )
    assert [mail["To"] for _to, mail in sink.taken] == ["p0@example.org", "amina@example.org"]


def test_what_has_not_left_can_be_held_back(sink, news, secretary, settings):
    settings.MAIL_PER_MINUTE = 1
    batch = news(3)
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    send_waiting(at=NOW)
    assert hold_again(batch, scope=SCOPE, by=secretary, at=NOW) == 2
    assert states(batch) == [State.SENT, State.HELD, State.HELD]
    with pytest.raises(Refused, match="every released mail has left"):
        hold_again(batch, scope=SCOPE, by=secretary, at=NOW)
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    assert send_waiting(at=NOW + timedelta(minutes=1)) == (1, 1)


def test_a_mail_in_somebodys_hands_is_not_held_back(sink, news, secretary):
    batch = news(1)
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    batch.mails.update(lease_until=NOW + timedelta(minutes=1))
    with pytest.raises(Refused):
        hold_again(batch, scope=SCOPE, by=secretary, at=NOW)


def test_two_senders_have_different_mails_in_hand_and_one_pace(news, secretary, settings):
    settings.DEMO, settings.MAIL_PER_MINUTE = True, 25
    batch = news(30)
    batch.mails.update(state=State.WAITING, due_at=NOW, released_at=NOW)
    hands = [{mail.pk for mail in rounds._take_in_hand(at=NOW, is_early=False)} for _sender in range(3)]
    assert [len(hand) for hand in hands] == [20, 5, 0]
    assert hands[0] & hands[1] == set()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the test database of SQLite lives in memory: no two writers")
def test_two_senders_at_once_deliver_each_mail_once(sink, news, secretary):
    release(news(12), scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)

    def send() -> None:
        try:
            send_waiting(at=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail["To"] for _to, mail in sink.taken) == sorted(f"p{number}@example.org" for number in range(12))


def test_a_deliverer_that_vanished_is_followed_by_another(sink, news, secretary):
    batch = news(1)
    release(batch, scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    rounds._take_in_hand(at=NOW, is_early=False)  # and is killed here
    assert send_waiting(at=NOW + timedelta(minutes=9)) == (0, 1)
    assert send_waiting(at=NOW + timedelta(minutes=11)) == (1, 0)


def test_the_rounds_go_on_whatever_happens_and_give_a_sign_of_life(sink, news, secretary, monkeypatch):
    release(news(1), scope=SCOPE, by=secretary, at=NOW, upto=EVERYTHING)
    ended, waits = threading.Event(), []

    class Ended:
        def wait(self, seconds: float) -> bool:
            waits.append(seconds)
            if len(waits) == 1:
                Beat.objects.all().delete()
            return len(waits) == 3

    rounds.keep_sending(Ended())  # type: ignore[arg-type]  # an event whose time passes at once
    assert (waits, Beat.objects.count(), len(sink.taken), ended.is_set()) == ([5] * 3, 1, 1, False)


def test_a_failed_mail_goes_again_by_hand_and_a_code_does_not(sink, secretary, amina):
    sink.answers = {"amina@example.org": "550 5.7.1 not today"}
    mail = write(NEWS, to=amina, context={"name": "a"}, forum="igf", at=NOW)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    sink.answers = {}
    later = NOW + timedelta(minutes=1)
    send_again(mail, at=later)
    assert send_waiting(at=later) == (1, 0)
    with pytest.raises(Refused, match="only a mail that failed"):
        send_again(mail, at=NOW)
    Mail.objects.update(kind="code", state=State.FAILED)
    with pytest.raises(Refused, match="a code goes stale"):
        send_again(mail, at=NOW)


def test_who_stopped_letters_to_many_gets_none_but_still_receipts(sink, amina):
    first = write(NEWS, to=amina, context={"name": "a"}, forum="igf", at=NOW)
    held = write(NEWS, to=amina, context={"name": "a"}, forum="igf", at=NOW, hold=True)
    elsewhere = write(NEWS, to=amina, context={"name": "a"}, forum="far", at=NOW, hold=True)
    actions.stop(first, at=NOW)
    again = write(NEWS, to=amina, context={"name": "a"}, forum="igf", at=NOW)
    receipt = write(RECEIPT, to=amina, context={"name": "a", "link": "https://e.org/"}, forum="igf", at=NOW)
    found = Mail.objects.in_bulk()
    assert [found[one.pk].state for one in (held, elsewhere, again, receipt)] == [
        State.DISCARDED,
        State.HELD,
        State.DISCARDED,
        State.SENT,
    ]
    actions.start_again(first)
    assert Stop.objects.count() == 0


def test_a_mail_that_lets_its_reader_in_is_marked(amina):
    mail = write(DOOR, to=amina, context={"link": "https://example.org/secret"}, forum="igf", at=NOW)
    assert mail.is_secret


def test_writing_many_costs_the_same_however_many(django_assert_num_queries):
    for count in (1, 30):
        letters = [Letter(f"q{count}-{number}@example.org", {"name": "x"}) for number in range(count)]
        with django_assert_num_queries(9):
            write_all(NEWS, letters, forum=f"f{count}", at=NOW)


def test_a_value_cannot_add_a_head_or_a_tag(sink, amina):
    name = "Amina\r\nBcc: all@example.org\r\n\r\n<script>1</script>"
    write(RECEIPT, to=amina, context={"name": name, "link": "https://e.org/"}, forum="igf", at=NOW)
    [(recipients, arrived)] = sink.taken
    assert (recipients, arrived["Bcc"]) == (["amina@example.org"], None)
    assert arrived["Subject"] == "Receipt for Amina Bcc: all@example.org <script>1</script>"
    html = arrived.get_body(("html",)).get_content()
    assert html.count("<script>") == 0


def test_own_words_for_one_letter(amina):
    words = Words("Hello {name}", "Only {name}.")
    mail = write(NEWS, to=amina, context={"name": "A"}, forum="igf", at=NOW, words=words)
    assert (mail.subject, mail.text) == ("Hello A", "Only A.\n")
    assert wording.faults(KINDS[NEWS], words) == {}


def test_a_batch_is_called_what_its_letters_share():
    letters = [Letter(f"{name}@example.org", {"name": name}) for name in ("a", "b")]
    write_all(NEWS, letters, forum="igf", at=NOW, words=Words("For {name}", "x"))
    write_all(NEWS, letters[:1], forum="far", at=NOW, words=Words("For {name}", "x"))
    assert list(Batch.objects.order_by("pk").values_list("title", flat=True)) == ["For …", "For a"]


def test_an_erased_text_is_not_sent_again(settings):
    mail = write(NEWS, to="a@example.org", context={"name": "a"}, forum="igf", at=NOW)
    Mail.objects.update(state=State.FAILED, text="", html="")
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    with pytest.raises(Refused, match="only a mail that failed"):
        send_again(mail, at=NOW)


def test_a_removed_forum_takes_its_mails_along(cycle, secretary, news):
    news(2)
    kept = write(NEWS, to="a@example.org", context={"name": "a"}, forum="far", at=NOW)
    actions.stop(Mail.objects.filter(forum="igf")[0], at=NOW)
    remove_forum(cycle.forum, by=secretary, at=NOW)
    assert (list(Mail.objects.all()), Batch.objects.count(), Stop.objects.count()) == ([kept], 0, 0)
