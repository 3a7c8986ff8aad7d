"""Tries are counted once for all processes, in a window that slides; the rows tell nothing about anybody."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from convenor.people.sign_in_limits import LIMITS, forget, in_words, wait
from convenor.people.sign_in_models import Tally

NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
MANY = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from convenor.people.sign_in_limits import wait
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
print(sum(wait("code", address="amina@example.org", network=sys.argv[1], at=NOW) == 0 for _try in range(5)))
"""
MAKE = """
import django
django.setup()
from django.db import connection
from convenor.people.sign_in_models import Tally
with connection.schema_editor() as editor:
    editor.create_model(Tally)
"""


def ask(seconds: float, *, address: str = "amina@example.org", network: str = "192.0.2.1") -> int:
    return wait("code", address=address, network=network, at=NOW + timedelta(seconds=seconds))


@pytest.mark.django_db
def test_the_window_slides_and_says_how_long_to_wait():
    assert [ask(second) for second in (0, 20, 40, 50, 59)] == [0, 0, 0, 10, 1]
    assert [ask(second) for second in (60, 61, 80)] == [0, 19, 0]


@pytest.mark.django_db
def test_the_longer_limit_holds_beside_the_shorter():
    assert [ask(60 * minute) for minute in range(20)] == [0] * 20
    assert ask(60 * 20) == 40 * 60
    assert ask(60 * 60) == 0


@pytest.mark.django_db
def test_what_is_refused_is_not_counted():
    for _try in range(3):
        ask(0)
    assert [ask(second) for second in (10, 20, 30, 40, 50)] == [50, 40, 30, 20, 10]
    assert ask(60) == 0


@pytest.mark.django_db
def test_each_address_and_each_network_has_its_own_count():
    assert [ask(0, address=f"{number}@example.org") for number in range(21)] == [0] * 20 + [60]
    assert ask(0, address="20@example.org", network="192.0.2.2") == 0


@pytest.mark.django_db
def test_a_proof_forgets_what_was_tried():
    def tried() -> int:
        return wait("password", address="amina@example.org", network="192.0.2.1", at=NOW)

    assert [tried() for _try in range(6)] == [0] * 5 + [900]
    forget("password", "address", "amina@example.org")
    assert tried() == 0


@pytest.mark.django_db
def test_rows_name_nobody_and_go_when_they_count_no_more():
    ask(0)
    kept = [str(row) for row in Tally.objects.values_list("key", "times")]
    assert len(kept) == 2
    assert [text for text in kept if "amina" in text or "192.0" in text] == []
    ask(3601, address="kofi@example.org", network="192.0.2.9")
    assert Tally.objects.count() == 2


@pytest.mark.slow
def test_processes_share_the_count(tmp_path: Path):
    environment = {
        "CONVENOR_DATABASE_URL": f"sqlite:///{tmp_path}/limits.sqlite3",
        "CONVENOR_SECRET_KEY": "x",
        "DJANGO_SETTINGS_MODULE": "convenor.config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src"),
    }
    subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, f"192.0.2.{number}"], env=environment, stdout=subprocess.PIPE, text=True
        )
        for number in range(3)
    ]
    assert sum(int(process.communicate()[0]) for process in running) == 3


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes")])
def test_waiting_is_said_in_whole_minutes(seconds, words):
    assert in_words(seconds) == words


@pytest.mark.django_db
def test_every_way_has_a_limit_for_the_whole_network():
    assert {action for action, rows in LIMITS.items() if "network" in rows} == {
        "code",
        "password",
        "passkey",
        "provider",
        "registration",
    }


@pytest.mark.django_db
def test_the_sixth_password_for_an_address_waits_though_it_is_right(amina):
    amina.set_password("kettle orbit tangent moss")
    amina.save()
    for _try in range(5):
        Client().post("/sign-in/", {"email": "amina@example.org", "password": "wrong"})
    answer = Client().post("/sign-in/", {"email": "amina@example.org", "password": "kettle orbit tangent moss"})
    assert answer.context["form"].errors["password"] == [
        (
            "Too many passwords were tried, so this one was not looked at. Try again in 15 minutes, "
            "or have a code sent to you now."
        )
    ]
    assert Client().post("/sign-in/", {"email": "amina@example.org"}).status_code == 302  # the code still works


@pytest.mark.django_db
def test_one_network_cannot_try_passwords_on_many_addresses():
    answers = [
        Client().post("/sign-in/", {"email": f"{number}@example.org", "password": "wrong"}) for number in range(101)
    ]
    waits = ["Too many passwords" in answer.context["form"].errors["password"][0] for answer in answers]
    assert waits == [False] * 100 + [True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/sign-in/passkey/", "Too many tries from your network. Try again in 1 minute, or have a code sent to you."),
        ("/sign-in/with/example/", "Too many tries from your network. Try Example again in 1 minute."),
    ],
)
def test_passkeys_and_providers_are_throttled_with_a_sentence(settings, path, sentence):
    settings.OIDC = [{"id": "example", "name": "Example", "server_url": "http://localhost:9", "client_id": "x"}]
    for _try in range(30):
        wait(path.split("/")[2].replace("with", "provider"), network="127.0.0.1", at=datetime.now(UTC))
    answer = Client().post(path, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [sentence]
