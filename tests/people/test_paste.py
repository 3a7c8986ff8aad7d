"""A pasted list: read in any of its usual forms, every line with its fate, nothing saved unseen and nothing lost."""

from datetime import date

import pytest
from django.test import Client

from convenor.people import spellings
from convenor.people.countries import LANGUAGES, country_names
from convenor.people.models import Group, Invitation, Person, RoleTerm
from convenor.people.paste import MOST_LINES, read
from convenor.people.regions import GROUPS
from convenor.people.roles import Role
from convenor.shared.mail.models import Mail

PAGE = "/igf/2017/people/roles/paste/"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Civil Society", "civ"), ("civil-society", "civ"), ("NGO", "civ"), ("Governments", "gov"), ("Govt.", "gov"),
        ("International Organization", "igo"), ("Inter-governmental Organisation", "igo"), ("Business", "prv"),
        ("The Private Sector", "prv"), ("Société civile", "civ"), ("Technical/Academic Community", "tec"),
        ("Гражданское общество", "civ"), ("Частный сектор", "prv"), ("政府", "gov"), ("技术社群", "tec"),
        ("القطاع الخاص", "prv"),
        ("Wizards", None),
        ("", None),
    ],
)  # fmt: skip
def test_spellings_of_groups(text, code):
    assert spellings.group_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GRULAC", "lac"), ("African Group", "af"), ("WEOG", "weo"), ("Asia-Pacific", "ap"), ("Eastern European", "ee"),
        ("Western European and Others Group", "weo"), ("Latin American and Caribbean", "lac"),
        ("Grupo de América Latina y el Caribe", "lac"), ("Восточная Европа", "ee"), ("亚太集团", "ap"),
        ("المجموعة الأفريقية", "af"), ("Atlantis", None),
    ],
)  # fmt: skip
def test_spellings_of_regions(text, code):
    assert spellings.region_named(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KE", "KE"),
        ("kenya", "KE"),
        ("Côte d’Ivoire", "CI"),
        ("USA", "US"),
        ("كينيا", "KE"),
        ("Allemagne", "DE"),
        ("Suiza", "CH"),
        ("Российская Федерация", "RU"),
        ("США", "US"),
        ("韩国", "KR"),
        ("Antigua y Barbuda", "AG"),
        ("XX", None),
    ],
)
def test_spellings_of_countries(text, code):
    assert spellings.country_of(text) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_our_table_is_read_as_its_country(language):
    names = country_names(language)

    assert {code: spellings.country_of(name) for code, name in names.items()} == {code: code for code in names}


def test_every_code_of_ours_is_read_as_itself():
    assert [spellings.group_of(code) for code in Group] == list(Group)
    assert [spellings.region_named(code) for code in GROUPS] == list(GROUPS)
    assert [spellings.role_of(role) for role in Role if role.is_held] == [role for role in Role if role.is_held]


@pytest.mark.parametrize(
    ("text", "is_last", "day"),
    [
        ("2017-03-31", False, date(2017, 3, 31)), ("31.3.2017", False, date(2017, 3, 31)),
        ("31/03/2017", False, date(2017, 3, 31)), ("03/31/2017", False, date(2017, 3, 31)),
        ("4/4/2017", False, date(2017, 4, 4)), ("2017", False, date(2017, 1, 1)), ("2017", True, date(2017, 12, 31)),
        ("", True, None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text, is_last, day):
    assert spellings.day_of(text, is_last=is_last) == day


@pytest.mark.parametrize("text", ["03/04/2017", "31.2.2017", "soon", "2017-13-01", "٢٠١٧", "1/1/17"])
def test_a_day_that_can_be_read_in_two_ways_or_none_is_refused(text):
    try:
        found = spellings.day_of(text, is_last=False)
    except ValueError:
        found = None
    assert found in (None, date(2017, 1, 1))  # Arabic digits are digits: the year 2017


def found(text: str, role: str = "") -> list[tuple[str, ...]]:
    """Read a list and give what was understood."""
    return [(one.name, one.email, one.country, one.group, one.role) for one in read(text, role=role)]


AMINA = ("Amina Mfano", "amina@example.org", "KE", "civ", "member")


@pytest.mark.parametrize(
    "text",
    [
        "Amina Mfano\tamina@example.org\tKenya\tCivil society\tMember",
        "Amina Mfano, AMINA@example.org, KE, civ, member",
        "Amina Mfano;amina@example.org;Kenya;NGO;MAG member;;",
        '"Amina Mfano","amina@example.org","Kenya","Civil society","Member"',
        "Role\tE-Mail\tStakeholder Group\tName\tCountry\tNotes\nMember\tamina@example.org\tCS\tAmina Mfano\tKenya\t-",
        "\n  \nname,email,country,group,role\r\nAmina Mfano,mailto:amina@example.org,Kenya,civ,member\r\n\t\t\t\n",
    ],
    ids=["tabs", "commas", "semicolons", "quotes", "headings", "blank lines"],
)
def test_the_usual_forms_of_a_list_are_one(text):
    assert found(text) == [AMINA]


def test_a_line_without_a_role_takes_the_one_chosen():
    assert found("Amina Mfano, amina@example.org, KE, civ", role="member") == [AMINA]


def test_unusual_spellings_are_said():
    line = read("name,email,country,region,group,role\nAmina,amina@example.org,Kenya,GRULAC,Civil  Soc. NGO,member")[0]
    assert line.faults == ["“Civil  Soc. NGO” is no stakeholder group."]
    assert line.notes == ["“GRULAC” is not the group of this country; the country counts."]
    assert read("Amina,amina@example.org,KE,NGOs")[0].faults != []
    assert read("Amina,amina@example.org,KE,NGO,member")[0].notes == ["“NGO” is read as Civil society."]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Amina,amina@,KE,civ,member", "“amina@” is no e-mail address."),
        ("Amina,,KE,civ,member,,,", "There is no e-mail address."),
        ("Amina,a@example.org,Atlantis,civ,member", "“Atlantis” is no country that we know."),
        ("Amina,a@example.org,KE,civ,wizard", "“wizard” is no role here."),
        ("Amina,a@example.org,KE,civ,", "The role is missing."),
        ("Amina,a@example.org,KE,civ,member,03/04/2017", "“03/04/2017” is no certain day; write it like 2017-03-31."),
        ("Amina,a@example.org,KE,civ,member,2017-02-01,2017-01-01",
         "The term would end on 2017-01-01, before it starts on 2017-02-01."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_why(line, fault):
    assert read(line)[0].faults == [fault]


def test_no_line_is_left_out_above_the_limit():
    lines = read("\n".join(f"P,p{number}@example.org,KE,civ,member" for number in range(MOST_LINES + 2)))
    assert [bool(line.faults) for line in lines[-3:]] == [False, True, True]


@pytest.mark.parametrize("text", ["", "\0\0", "=1+1", '"', "\t\t", "a" * 5000, "x\u2028y", "😀,😀,😀"])
def test_hostile_text_is_read_without_harm(text):
    for line in read(text):
        assert line.faults != []


@pytest.fixture
def desk(cycle, client_as) -> Client:
    return client_as(Role.SECRETARIAT)


@pytest.fixture
def amina(cycle) -> Person:
    person = Person.objects.create_user("amina@example.org", name="Amina Mfano")
    RoleTerm.objects.create(person=person, role=Role.OBSERVER, forum="igf", cycle="2017")
    return person


def look(desk: Client, text: str, **more: str) -> object:
    """Ask what becomes of a list."""
    return desk.post(PAGE, {"text": text, "role": "member", "place": "year", **more})


def fates(answer: object) -> list[str]:
    """Read the fates that a page shows."""
    return [str(row[0].fate) for row in answer.context["rows"]]  # type: ignore[attr-defined]  # a test's answer


LIST = "Amina,amina@example.org,KE,NGO\nBahati,bahati@example.org,KE,civ,host\nNobody,x\nChidi,amina@example.org,KE,civ"


def test_looking_saves_nothing(desk, amina):
    answer = look(desk, LIST)

    assert fates(answer) == ["given", "invited", "refused", "refused"]
    assert answer.context["rows"][3][0].line.faults == ["The same address and role stand in line 1."]
    assert (amina.role_terms.count(), Invitation.objects.count(), Mail.objects.count()) == (1, 0, 0)
    amina.refresh_from_db()
    assert amina.country == ""


def test_what_was_shown_is_done_and_the_rest_comes_back_as_typed(desk, amina):
    shown = look(desk, LIST)
    done = look(desk, LIST, seen=shown.context["seen"])

    assert sorted(amina.role_terms.values_list("role", flat=True)) == ["member", "observer"]
    assert list(Invitation.objects.values_list("email", "role", "name")) == [("bahati@example.org", "host", "Bahati")]
    assert done.context["form"]["text"].value() == "Nobody,x\nChidi,amina@example.org,KE,civ"
    amina.refresh_from_db()
    assert (amina.name, amina.country, amina.group) == ("Amina Mfano", "KE", "civ")


def test_the_same_list_again_has_nothing_to_do(desk, amina):
    text = "Amina,amina@example.org,KE,NGO\nBahati,bahati@example.org,KE,civ,host"
    look(desk, text, seen=look(desk, text).context["seen"])

    assert fates(look(desk, text)) == ["kept", "kept"]


def test_other_days_change_the_term(desk, amina):
    text = "Amina,amina@example.org,KE,,observer,2017-01-01,2018-12-31"
    shown = look(desk, text)
    assert fates(shown) == ["changed"]
    assert look(desk, text, seen=shown.context["seen"]).status_code == 302
    assert list(amina.role_terms.values_list("since", "until")) == [(date(2017, 1, 1), date(2018, 12, 31))]


def test_what_changed_since_it_was_shown_is_shown_again_and_not_done(desk, amina):
    text = "Bahati,bahati@example.org,KE,civ,host"
    seen = look(desk, text).context["seen"]
    bahati = Person.objects.create_user("bahati@example.org")
    RoleTerm.objects.create(person=bahati, role=Role.OBSERVER, forum="igf", cycle="2017")
    answer = look(desk, text, seen=seen)

    assert answer.content.decode().count("Something changed since you looked: nothing was saved.") == 1
    assert fates(answer) == ["given"]
    assert bahati.role_terms.count() == 1


def test_the_last_secretariat_cannot_be_ended_by_a_list(desk, amina):
    text = "Sec,secretariat@example.org,,,secretariat,,2017-01-01"
    shown = look(desk, text)
    done = look(desk, text, seen=shown.context["seen"])

    assert fates(done) == ["refused"]
    assert RoleTerm.objects.get(role=Role.SECRETARIAT).until is None


def test_an_address_known_elsewhere_looks_like_an_unknown_one(desk):
    stranger = Person.objects.create_user("far@example.org", name="Zanzara Quill", country="BR", group="tec")
    RoleTerm.objects.create(person=stranger, role=Role.CHAIR, forum="far", cycle="")
    answer = look(desk, "A,far@example.org,KE,civ\nB,nobody@example.org,KE,civ")

    assert fates(answer) == ["invited", "invited"]
    assert answer.content.decode().count("Zanzara") == 0


def test_lines_are_shown_as_words(desk):
    page = look(desk, "<script>alert(1)</script>,a@example.org,<b>,civ").content.decode()

    assert page.count("<script>alert") == 0
    assert page.count("“&lt;b&gt;” is no country that we know.") == 1


def test_a_list_of_500_costs_as_many_queries_to_look_at_as_one(desk, django_assert_num_queries):
    look(desk, "P,p@example.org,KE,civ")
    for count in (1, 500):
        text = "\n".join(f"P,p{number}@example.org,KE,civ" for number in range(count))
        with django_assert_num_queries(9):
            look(desk, text)
