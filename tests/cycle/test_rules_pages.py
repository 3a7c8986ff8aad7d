"""The editor of the rules: every section as a form without script, what is refused, and what is said before saving."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from convenor.cycle import rule_drafts as drafts
from convenor.cycle.actions import load_presets
from convenor.cycle.models import Cycle, Forum, RuleDraft, RuleSet
from convenor.cycle.rule_call import KIND
from convenor.cycle.rule_forms import FORMS
from convenor.cycle.rule_words import SECTIONS
from convenor.people.models import Person
from convenor.people.roles import Role

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EDIT = "/igf/2017/rules/edit/"
AS = Callable[[Role], Client]
Values = dict[str, str | list[str]]


@pytest.fixture
def browser(cycle: Cycle, client_as: AS) -> Client:
    """Give a browser of the secretariat."""
    return client_as(Role.SECRETARIAT)


def shown(browser: Client, section: str) -> Values:
    """Give what the form of a section would send back if nobody touched it."""
    page = browser.get(f"{EDIT}{section}/").context
    form = page["form"]
    values: Values = {"seen": page["seen"]}
    for name in form.fields:
        value = form[name].value()
        if value is not None and value is not False and value != "":
            values[name] = [str(one) for one in value] if isinstance(value, list) else str(value)
    for name in ("count", "known"):
        if hasattr(form, name):
            values["rows" if name == "count" else name] = str(getattr(form, name))
    return values


def send(browser: Client, section: str, **changes: str) -> str:
    """Send the form of a section with changes; give the page that answers."""
    values = {**shown(browser, section), **changes}
    response = browser.post(
        f"{EDIT}{section}/", {key: value for key, value in values.items() if value != ""}, follow=True
    )
    return unescape(response.content.decode())


def test_every_section_has_its_form():
    assert list(FORMS) == list(SECTIONS)
    assert set(FORMS) == set(drafts.whole({**MINIMAL, "limits": {"proposals_per_person": 1}}))


MINIMAL = dict.fromkeys(("themes", "regions", "groups", "formats", "criteria", "reasons", "budget", "quotas"), 0)


@pytest.mark.parametrize("preset", ["igf-2017", "igf-2021", "national-light"])
def test_sections_sent_back_untouched_change_nothing(browser: Client, cycle: Cycle, preset: str):
    Cycle.objects.update(rule_set=load_presets()[preset])

    for section in FORMS:
        send(browser, section)

    draft = RuleDraft.objects.get()
    assert draft.data == draft.base


def test_a_theme_is_added_renamed_and_taken_away(browser: Client, cycle: Cycle):
    page = send(
        browser, "themes", **{"0-name-en": "Access", "1-goes": "on", "8-name-en": "Outer space", "8-name-fr": "Espace"}
    )

    assert "The draft changes 4 things." in page
    assert "Theme “Outer space” is new." in page
    themes = RuleDraft.objects.get().data["themes"]
    assert themes[-1] == {"code": "outer-space", "names": {"en": "Outer space", "fr": "Espace"}}
    assert [one["code"] for one in themes][:2] == ["access", "economy"]


def test_a_kind_is_added_narrowed_and_put_first(browser: Client, cycle: Cycle):
    page = send(
        browser,
        "kinds",
        **{
            "7-name-en": "Issue",
            "7-name-fr": "Sujet",
            "7-word-en": "issue",
            "7-who": "newcomer",
            "7-per_person": "2",
            "7-minutes": "45, 30",
            "7-place": "1",
            "5-goes": "on",
        },
    )

    kinds = RuleDraft.objects.get().data["kinds"]
    assert [one["code"] for one in kinds] == [
        "workshop",
        "issue",
        "open-forum",
        "lightning",
        "day-0",
        "coalition",
        "main-session",
    ]
    assert kinds[1] == {
        **KIND,
        "code": "issue",
        "names": {"en": "Issue", "fr": "Sujet"},
        "word": {"en": "issue"},
        "who": "newcomer",
        "per_person": 2,
        "minutes": [30, 45],
    }
    assert "Kind “Issue” is new." in page
    assert "Kind “Session of national and regional initiatives” goes." in page

    page = send(browser, "kinds", **{"0-who": "code", "1-minutes": ""})
    assert "Kind “Workshop”, who may propose it: those who have an access code instead of anybody." in page


def test_contributors_are_asked_in_the_words_of_the_rules_and_empty_ones_are_left_out(browser: Client, cycle: Cycle):
    page = send(browser, "consents", **{"recorded-en": "May we stream you?", "recorded-fr": "Diffusion ?"})

    rules = drafts.data_of(cycle, RuleDraft.objects.get())
    assert rules["consents"] == {"recorded": {"en": "May we stream you?", "fr": "Diffusion ?"}}
    assert page.count("Contributors are asked in other words: May you be recorded in sound and picture?") == 1


def test_a_question_with_options_keeps_their_codes_when_they_are_renamed(browser: Client, cycle: Cycle):
    typed = {
        "1-name-en": "Room",
        "1-type": "choice",
        "1-option-en": "Round\nTheatre",
        "1-option-fr": "\nThéâtre",
        "1-help-en": "How people sit.",
        "1-visible": "committee",
        "1-changes_until": "2017-06-01",
        "1-required": "on",
    }
    send(browser, "fields", **typed)
    _wish, field = RuleDraft.objects.get().data["fields"]
    assert field["options"] == [
        {"code": "round", "names": {"en": "Round"}},
        {"code": "theatre", "names": {"en": "Theatre", "fr": "Théâtre"}},
    ]
    assert (field["visible"], field["changes_until"], field["required"]) == ("committee", "2017-06-01", True)

    page = send(browser, "fields", **{"1-option-en": "Round table\nTheatre"})
    _wish, field = RuleDraft.objects.get().data["fields"]
    assert [one["code"] for one in field["options"]] == ["round", "theatre"]
    assert "Question “Room” is new." in page


@pytest.mark.parametrize(
    ("section", "changes", "words"),
    [
        ("themes", {"8-name-fr": "Espace"}, "Give the English name"),
        ("themes", {"8-name-en": "Space", "8-code": "A b"}, "Use up to 40 small Latin letters"),
        ("themes", {"8-name-en": "Space", "8-code": "trust"}, "“trust” stands twice"),
        ("themes", {f"{n}-goes": "on" for n in range(8)}, "“Themes” would be empty: name at least one."),
        ("formats", {"0-minutes": "60, 1000"}, "Give whole minutes from 5 to 600"),
        ("formats", {"0-minutes": ""}, "Give whole minutes from 5 to 600"),
        ("criteria", {"0-low": "5"}, "Give two whole numbers from 0 to 100, the lower one first."),
        ("criteria", {"0-weight": "0"}, "Give a number above 0, at most 100."),
        ("budget", {"grid": "23"}, "The grid holds 23 sessions and 23 are taken: no place is left for proposals."),
        ("budget", {"3-sessions": "4"}, "Say what these sessions are."),
        ("budget", {"3-kind": "open forums", "3-sessions": "4"}, "“open forums” stands twice: keep one."),
        ("quotas", {"0-least": "17"}, "This is less than the least number, 17."),
        ("quotas", {"0-of": "theme:data"}, "This stands twice: keep one."),
        ("quotas", {"0-least": "", "0-most": ""}, "Give a least number, a greatest, or both"),
        ("quotas", {"0-of": "theme:space"}, "Select a valid choice."),
        ("limits", {"grace_minutes": "2000"}, "Ensure this value is less than or equal to 1440."),
        ("visibility", {"email": "friends"}, "Select a valid choice."),
        ("kinds", {"0-who": "friends"}, "Select a valid choice."),
        ("kinds", {"0-per_person": "0"}, "Ensure this value is greater than or equal to 1."),
        ("kinds", {"0-minutes": "20 minutes"}, "Give whole minutes from 5 to 600"),
        ("kinds", {f"{n}-goes": "on" for n in range(7)}, "“Kinds of proposals” would be empty"),
        ("fields", {"1-help-en": "A help without a question"}, "Give the English name"),
        ("fields", {"1-name-en": "Colour", "1-type": "choice"}, "Give the options in English, one per line."),
        ("fields", {"1-name-en": "Summary"}, "Every proposal has “summary” already: choose another."),
        ("fields", {"1-name-en": "Colour", "1-help-fr": "x" * 501}, "Give at most 500 characters."),
        ("reports", {"days": "-1"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_a_wrong_section_says_why_and_the_draft_stays(
    browser: Client, section: str, changes: dict[str, str], words: str
):
    page = send(browser, section, **changes)

    assert words in page
    assert "What you typed is kept." in page
    assert not RuleDraft.objects.exists()


def test_what_was_typed_stays_when_somebody_else_was_faster(browser: Client, cycle: Cycle):
    kofi = Person.objects.create(name="Kofi <i>Sample</i>", email="kofi@example.org")
    values = shown(browser, "reports")
    drafts.keep_section(
        cycle,
        key="reports",
        part={"days": 21, "template": {}},
        seen=drafts.mark_of(drafts.whole(cycle.rule_set.data)["reports"]),
        by=kofi,
        at=AT,
    )

    answer = browser.post(f"{EDIT}reports/", {**values, "days": "30"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Kofi &lt;i&gt;Sample&lt;/i&gt; changed this section while you did" in page
    assert "A report is due 30 days after its session instead of 21." in page
    assert 'name="days" value="30"' in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    assert browser.post(f"{EDIT}reports/", {**values, "days": "30", "seen": seen[1]}).status_code == 302
    assert RuleDraft.objects.get().data["reports"]["days"] == 30


def test_quotas_above_the_places_are_said_and_cannot_be_saved(browser: Client, cycle: Cycle):
    page = send(browser, "quotas", **{"0-least": "46", "0-most": ""})

    assert "Theme: quotas ask for 81 of 80 places: no selection is possible." in page
    assert "not possible" in page
    assert 'name="reason"' not in page


def test_a_draft_is_saved_with_its_reason_and_shown_in_the_versions(browser: Client, cycle: Cycle, client: Client):
    page = send(browser, "budget", grid="95")
    assert "The budget falls from 80 to 72 places." in page
    seen = browser.get(EDIT).context["seen"]

    refused = browser.post(EDIT, {"seen": seen, "reason": "Two <b>words"})
    assert refused.status_code == 422
    assert "Say in a sentence why the rules change" in refused.content.decode()
    assert "Two &lt;b&gt;words</textarea>" in refused.content.decode()

    done = browser.post(EDIT, {"seen": seen, "reason": "The venue is smaller."}, follow=True)
    assert done.redirect_chain == [("/igf/2017/rules/", 302)]
    assert "The rules are saved as version 2." in done.content.decode()
    public = client.get("/igf/2017/rules/versions/").content.decode()
    assert "The venue is smaller." in public
    assert "The grid holds 95 sessions instead of 103." in public


def test_the_draft_is_for_the_secretariat_and_the_rules_in_force_for_everybody(
    browser: Client, client: Client, client_as: AS
):
    send(browser, "budget", grid="95")

    assert "80 places, 72 by score" in client.get("/igf/2017/rules/").content.decode()
    assert "Change the rules" not in client.get("/igf/2017/rules/").content.decode()
    for role, status in ((Role.MEMBER, 403), (Role.CHAIR, 403), (Role.SECRETARIAT, 200)):
        assert client_as(role).get(EDIT).status_code == status
        assert client_as(role).get(f"{EDIT}budget/").status_code == status


def test_a_draft_can_be_thrown_away(browser: Client, cycle: Cycle):
    send(browser, "budget", grid="95")

    page = browser.post(f"{EDIT}discard/", follow=True).content.decode()

    assert "The draft is thrown away." in page
    assert not RuleDraft.objects.exists()


def test_the_versions_of_another_forum_are_not_compared(browser: Client, cycle: Cycle):
    other = RuleSet.objects.create(
        forum=Forum.objects.create(slug="other", name="Other"),
        name="IGF 2017",
        version=7,
        data=cycle.rule_set.data,
        reason="Their own secret reason.",
    )
    page = browser.get(f"/igf/2017/rules/versions/?from={other.pk}&to={cycle.rule_set_id}").content.decode()

    assert "Their own secret reason." not in page
    assert "version 7" not in page


def test_entries_beyond_what_a_form_holds_are_kept(browser: Client, cycle: Cycle):
    data = cycle.rule_set.data
    many = [{"code": f"t{n}", "names": {"en": f"Theme {n}"}} for n in range(60)]
    RuleSet.objects.update(data={**data, "themes": data["themes"] + many})

    send(browser, "themes", **{"0-name-en": "Access"})

    codes = [one["code"] for one in RuleDraft.objects.get().data["themes"]]
    assert codes == [one["code"] for one in data["themes"] + many]


def test_an_unknown_section_is_no_page(browser: Client):
    assert browser.get(f"{EDIT}nothing/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_versions_cost_the_same_for_many(cycle: Cycle, client: Client, count: int, django_assert_num_queries):
    RuleSet.objects.bulk_create(
        RuleSet(forum=cycle.forum, name="IGF 2017", version=n + 2, data=cycle.rule_set.data, origin=cycle.rule_set)
        for n in range(count)
    )
    with django_assert_num_queries(2):
        client.get("/igf/2017/rules/versions/")
