"""The page to print and the plain text: everybody's, without navigation, and of few queries."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from convenor.meetings.models import Meeting

pytestmark = pytest.mark.django_db


def address(meeting: Meeting, name: str) -> str:
    """Give the address of a form of the agenda."""
    return reverse(f"meetings:{name}", args=(*meeting.cycle.address, meeting.slug))


def test_the_page_to_print_has_the_agenda_and_nothing_else(client: Client, june: Meeting):
    page = client.get(address(june, "print")).content.decode()

    assert re.findall(r"<(nav|header|form|script|button|aside)\b", page) == []
    assert '<html lang="en" dir="ltr">' in page
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == [
        "Day 1: 12 June 2017 – Open Consultations",
        "Day 2: 13 June 2017 – MAG Meeting (open to observers)",
        "Day 3: 14 June 2017 – MAG Meeting (open to observers)",
    ]
    assert page.count('<th scope="col">') == 6
    assert "Draft, version 1 of 12 June 2017 · Times are those of Europe/Zurich." in page
    assert f'<a href="{june.get_absolute_url()}">Agenda</a>' in page


def test_words_are_no_mark_up(client: Client, june: Meeting):
    june.days.update(place="<b>Hall</b> & more")

    assert "&lt;b&gt;Hall&lt;/b&gt; &amp; more" in client.get(address(june, "print")).content.decode()


def test_the_text_reads_like_the_paper(client: Client, june: Meeting):
    answer = client.get(address(june, "text"))
    text = answer.content.decode()

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "\nTime           Agenda item\n10:00 – 10:50  Welcome from MAG Chair\n               2. Welcome from" in text
    second = next(line for line in text.splitlines() if "2. Overview of workshop" in line)
    below = next(line for line in text.splitlines() if "a) Review final workshop" in line)
    assert second.startswith("10:30 – 13:00 (continued below)  2. ")
    assert below.index("a)") == second.index("2.") + 4


@pytest.mark.parametrize(("name", "queries"), [("print", 7), ("text", 7), ("csv", 7), ("json", 7), ("full-json", 7)])
def test_each_form_takes_the_same_few_queries(
    client: Client, june: Meeting, name: str, queries: int, django_assert_max_num_queries
):
    with django_assert_max_num_queries(queries):
        client.get(address(june, name))


def test_the_agenda_leads_to_every_form(client: Client, june: Meeting):
    page = client.get(june.get_absolute_url()).content.decode()

    names = ("calendar", "print", "documents", "text", "csv", "full-json")
    assert [name for name in names if f'href="{address(june, name)}"' not in page] == []
    listed = client.get(reverse("meetings:list", args=june.cycle.address)).content.decode()
    assert reverse("meetings:calendar-of-all", args=june.cycle.address) in listed
