"""The account page: what people say about themselves, and the roles they hold."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.test import Client

from convenor.people import terms
from convenor.people.actions import save_profile
from convenor.people.models import Affiliation, Organisation, Person, RoleTerm
from convenor.people.roles import Role

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 12)
SAID = {
    "name": "Amina Mfano",
    "organisation": "Coastal Networks Lab",
    "country": "KE",
    "group": "civ",
    "gender": "woman",
    "language": "",
}


@pytest.fixture
def amina() -> Person:
    return Person.objects.create_user("amina@example.org")


@pytest.fixture
def browser(amina) -> Client:
    client = Client()
    client.force_login(amina, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def said(person: Person) -> dict[str, str]:
    """Give what is kept of a person, in the form's words."""
    person = Person.objects.get(pk=person.pk)
    row = {name: getattr(person, name) for name in SAID if name != "organisation"}
    return {**row, "organisation": person.organisation.name if person.organisation else ""}


def test_a_stranger_is_sent_to_sign_in_and_back(client):
    assert client.get("/account/?next=/start/").url == "/sign-in/?next=/account/%3Fnext%3D/start/"


def test_what_is_said_is_kept(browser, amina):
    answer = browser.post("/account/", SAID)
    assert (answer.status_code, answer.url) == (302, "/account/")
    assert said(amina) == SAID


def test_saving_leads_on_to_where_somebody_was_going(browser):
    assert browser.post("/account/?next=/start/", SAID).url == "/start/"
    assert browser.post("/account/?next=//evil.example/", SAID).url == "/"


def test_an_organisation_is_found_whatever_its_letter_case_else_made(amina):
    known = Organisation.objects.create(name="Coastal Networks Lab")
    fields = {**SAID, "organisation": "coastal networks LAB"}
    assert save_profile(amina, **fields, on=DAY).organisation == known
    changed = save_profile(amina, **{**fields, "organisation": "Fibra Fictícia"}, on=DAY)
    assert str(changed.organisation) == "Fibra Fictícia"
    assert save_profile(amina, **{**fields, "organisation": ""}, on=DAY).organisation is None
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Coastal Networks Lab", "Fibra Fictícia"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Amina\u202eofaM", "AminaofaM"),
        ("\u2066Amina\u2069\x00\x07 \n\t Mfano", None),
        ("ن" * 200, "ن" * 200),
        ("Zoe\u0308 Null", "Zoë Null"),
    ],
    ids=["script", "override", "control", "200 letters", "composed"],
)
def test_hostile_names_are_tidied_and_never_run(browser, amina, typed, kept):
    answer = browser.post("/account/", {**SAID, "name": typed, "organisation": typed}, follow=True)
    page = answer.content.decode()
    assert page.count("<script>alert") == 0
    assert "\u202e" not in page
    if kept is None:  # a null character is refused by the form itself, and the rest stays typed
        assert sorted(answer.context["form"].errors) == ["name", "organisation"]
    else:
        assert (said(amina)["name"], said(amina)["organisation"]) == (kept, kept)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", " \u202e "),
        ("name", "x" * 201),
        ("organisation", "x" * 201),
        ("gender", "x" * 61),
        ("country", "XX"),
        ("group", "<b>"),
        ("language", "tlh"),
    ],
)
def test_what_cannot_be_kept_gets_a_sentence_and_nothing_typed_is_lost(browser, amina, field, typed):
    answer = browser.post("/account/", {**SAID, field: typed})
    assert answer.status_code == 200
    assert [(name, len(errors)) for name, errors in answer.context["form"].errors.items()] == [(field, 1)]
    assert answer.context["form"]["gender"].value() == ("x" * 61 if field == "gender" else "woman")
    assert said(amina)["name"] == ""
    page = answer.content.decode()
    assert page.count(f'href="#id_{field}"') == 1
    assert page.count(f'id="id_{field}_error"') == 1
    assert page.count('aria-invalid="true"') == 1


def test_the_language_counts_from_the_next_page_on(browser, amina):
    answer = browser.post("/account/", {**SAID, "language": "ar"})
    assert answer.cookies["language"].value == "ar"
    page = browser.get("/account/").content.decode()
    assert page.count('<html lang="ar" dir="rtl"') == 1
    assert page.count(">كينيا</option>") == 1
    browser.post("/account/", SAID)
    assert browser.get("/account/").content.decode().count('<html lang="en" dir="ltr"') == 1


def test_saving_something_else_leaves_the_language_of_the_device_alone(browser):
    browser.cookies["language"] = "fr"
    assert "language" not in browser.post("/account/", SAID).cookies


def test_the_roles_of_today_are_listed_with_their_forum(browser, amina, monkeypatch):
    places = {("igf", "2017"): ("IGF 2017", "/igf/2017/")}
    monkeypatch.setattr(terms, "PLACES", [lambda wanted: {place: places[place] for place in wanted if place in places}])
    RoleTerm.objects.create(person=amina, role=Role.CHAIR, forum="igf", cycle="2017", until=date(2199, 12, 31))
    RoleTerm.objects.create(person=amina, role=Role.MEMBER, forum="coast", cycle="")
    RoleTerm.objects.create(person=amina, role=Role.MEMBER, forum="igf", cycle="2016", until=date(2016, 12, 31))
    held = browser.get("/account/").context["terms"]
    assert [(term.role, term.place, term.url) for term in held] == [
        ("Committee member", "coast", ""),
        ("Chair of the committee", "IGF 2017", "/igf/2017/"),
    ]


def test_a_role_counts_from_its_first_to_its_last_day(amina):
    RoleTerm.objects.create(
        person=amina, role=Role.SECRETARIAT, forum="igf", since=date(2017, 3, 1), until=date(2017, 12, 31)
    )
    days = [date(2017, 2, 28), date(2017, 3, 1), date(2017, 12, 31), date(2018, 1, 1)]
    assert [amina.holds("secretariat", on=day) for day in days] == [False, True, True, False]
    assert amina.holds("chair", on=days[1]) is False


def test_one_address_belongs_to_one_person():
    Person.objects.create(email="amina@example.org")
    with pytest.raises(IntegrityError):
        Person.objects.create(email="AMINA@example.org")


def test_the_page_costs_the_same_however_long_the_history_is(browser, amina, django_assert_num_queries):
    for count in (1, 30):
        made = Organisation.objects.bulk_create(Organisation(name=f"Organisation {count}-{n}") for n in range(count))
        Affiliation.objects.bulk_create(Affiliation(person=amina, organisation=one, until=DAY) for one in made)
        with django_assert_num_queries(11):
            browser.get("/account/")
