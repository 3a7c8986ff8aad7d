"""Links that sign in at once: in the demo only."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.utils import timezone

from convenor.people.actions import LINK_DAYS, open_link, sign_in_link
from convenor.people.models import Person
from convenor.shared.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina() -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina Mfano")


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True


def test_a_link_signs_in_at_once_and_leads_on(client, amina, demo):
    answer = client.get(f"{sign_in_link(amina, at=timezone.now())}?next=/igf/2017/")
    assert (answer.status_code, answer.url) == (302, "/igf/2017/")
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_outside_the_demo_there_is_no_such_page(client, amina, settings):
    settings.DEMO = False
    assert client.get(sign_in_link(amina, at=timezone.now())).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_link_leads_nobody_to_another_site(client, amina, demo, target):
    assert client.get(sign_in_link(amina, at=timezone.now()), {"next": target}).url == "/"


def test_a_link_holds_thirty_days(amina):
    made = timezone.now().replace(microsecond=0)
    token = sign_in_link(amina, at=made).split("/")[2]
    assert open_link(token, at=made + timedelta(days=LINK_DAYS)) == amina
    with pytest.raises(Refused, match="this link is older than 30 days or not complete"):
        open_link(token, at=made + timedelta(days=LINK_DAYS, seconds=1))


def test_a_link_that_was_changed_or_signed_for_another_purpose_is_refused(client, amina, demo):
    path = sign_in_link(amina, at=timezone.now())
    other = Signer(salt="another purpose").sign(f"{amina.pk}.{int(timezone.now().timestamp())}")
    changed = path.replace(f"/{amina.pk}.", f"/{amina.pk + 1}.")
    paths = [changed, path[:-2] + "/", f"/enter/{other}/", "/enter/x/", "/enter/::/"]
    assert [client.get(one).status_code for one in paths] == [409] * 5
    assert "_auth_user_id" not in client.session


def test_a_closed_account_has_no_link(client, amina, demo):
    amina.is_active = False
    amina.save()
    assert client.get(sign_in_link(amina, at=timezone.now())).status_code == 409
