"""The agenda as a paper: printed labels and times stay, and the paper is read back into the same agenda."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import docx
import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.utils import timezone, translation
from docx.table import Table
from pypdf import PdfReader

from convenor.meetings.agenda import to_interchange
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Meeting
from convenor.meetings.papers import agenda_paper, make_docx, make_pdf
from convenor.meetings.reader import read
from convenor.meetings.storing import agenda_of
from convenor.people.roles import Role
from convenor.shared.documents.models import File
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.documents.wordfile import to_docx
from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
PAGE = "/igf/2017/meetings/june/documents/"


def silent(share: float | None, sentence: str) -> None:
    """Report to nobody."""


def as_plain_text(data: bytes) -> str:
    """Give the words of a DOCX as a word processor saves them as plain text: cells behind tabs, a line a paragraph."""
    lines = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                first, second = ([one.text.replace("\t", " ") for one in cell.paragraphs] for cell in row.cells)
                lines.append(" ".join(first) + "\t" + "\n\t".join(second))
        else:
            lines.append(part.text)
    return "\n".join(lines)


@pytest.fixture
def word(june: Meeting) -> bytes:
    """Give the agenda of June as DOCX."""
    return to_docx(agenda_paper(june, days_of(june), at=AT)).data


def test_the_paper_is_read_back_into_the_same_agenda(june: Meeting, word: bytes):
    again = read(as_plain_text(word)).agenda

    assert to_interchange(again) == to_interchange(agenda_of(june, days_of(june)))
    assert again.purpose == june.purpose


def test_printed_labels_and_times_stand_in_the_pdf(june: Meeting):
    made = to_pdf(agenda_paper(june, days_of(june), at=AT))
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


def test_the_agenda_page_leads_to_its_papers(june: Meeting, client_as: Callable[[Role], Client]):
    assert f'href="{PAGE}"' in client_as(Role.PUBLIC).get(june.get_absolute_url()).content.decode()
