"""The agenda as a paper that the worker makes: printed labels and times stay, and everybody may fetch it."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Meeting
from convenor.meetings.outputs.about import about
from convenor.meetings.outputs.paper import agenda_paper
from convenor.meetings.papers import make_docx, make_pdf
from convenor.meetings.storing import agenda_of
from convenor.people.roles import Role
from convenor.shared.documents.models import File
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
PAGE = "/igf/2017/meetings/june/documents/"


def silent(share: float | None, sentence: str) -> None:
    """Report to nobody."""


def test_printed_labels_and_times_stand_in_the_pdf(june: Meeting):
    made = to_pdf(agenda_paper(agenda_of(june, days_of(june)), about(june), at=AT))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages).split())

    assert made.missing == ()
    assert "15:00 – 16:00 10. Updates from IGF Dynamic Coalitions (DCs) 11. Updates on MAG working Groups" in text
    assert "10:30 – 13:00 (continued below)" in text
    assert "a) Review final workshop selection process b) Workshop selection" in text


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_it_is_made_in_every_language(june: Meeting, language: str):
    values = {"cycle": june.cycle_id, "meeting": june.pk}
    with translation.override(language):
        sentences = [make(values, at=AT, report=silent) for make in (make_pdf, make_docx)]

    assert all(sentences)
    assert sorted(File.objects.values_list("form", "language")) == [("docx", language), ("pdf", language)]


def test_a_meeting_that_is_gone_is_a_sentence(db: None):
    with pytest.raises(Refused, match="no longer here"):
        make_pdf({"cycle": 1, "meeting": 1}, at=AT, report=silent)


def test_anybody_asks_sees_it_coming_and_fetches_it(june: Meeting, client_as: Callable[[Role], Client]):
    client = client_as(Role.PUBLIC)
    assert client.post(f"{PAGE}pdf/make/")["Location"] == PAGE
    assert "It is being made." in client.get(PAGE).content.decode()

    job = Job.objects.get()
    make_pdf(job.values, at=timezone.now(), report=silent)
    Job.objects.update(state="done")
    file = File.objects.get()

    page = client.get(PAGE).content.decode()
    assert (f'href="{PAGE}{file.pk}/"' in page, "It is being made." in page) == (True, False)
    assert client.get(f"{PAGE}{file.pk}/").content.startswith(b"%PDF")


def test_an_unchanged_agenda_is_made_once(june: Meeting, client_as: Callable[[Role], Client]):
    make_pdf({"cycle": june.cycle_id, "meeting": june.pk}, at=timezone.now(), report=silent)
    client_as(Role.PUBLIC).post(f"{PAGE}pdf/make/")
    assert Job.objects.count() == 0

    Meeting.objects.update(sequence=F("sequence") + 1)
    client_as(Role.PUBLIC).post(f"{PAGE}pdf/make/")
    assert Job.objects.count() == 1


def test_why_it_failed_is_said_on_the_shelf(june: Meeting, client_as: Callable[[Role], Client]):
    client = client_as(Role.PUBLIC)
    client.post(f"{PAGE}docx/make/")
    Job.objects.update(state="failed", sentence="Too large for a DOCX.")

    assert "Too large for a DOCX." in client.get(PAGE).content.decode()


def test_the_pdf_has_tags_for_its_table_and_says_at_its_head_where_it_stands(june: Meeting):
    made = to_pdf(agenda_paper(agenda_of(june, days_of(june)), about(june), at=AT))
    reader = PdfReader(io.BytesIO(made.data))
    root = reader.trailer["/Root"]

    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en"
    assert {"/Table", "/TH", "/TD", "/H1", "/L", "/LI"} <= kinds_in(root["/StructTreeRoot"])
    for page in reader.pages:
        assert page.extract_text().startswith("Draft, version 0 of 12 June 2017 · Times are those of Europe/Zurich.")


def kinds_in(element: object) -> set[str]:
    """Give the kinds of tags in a part of a structure tree."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return {kind for child in element for kind in kinds_in(child)}
    if not isinstance(element, dict):
        return set()
    return {str(element.get("/S", ""))} | kinds_in(element.get("/K", []))


def test_the_agenda_page_leads_to_its_papers(june: Meeting, client_as: Callable[[Role], Client]):
    assert f'href="{PAGE}"' in client_as(Role.PUBLIC).get(june.get_absolute_url()).content.decode()
