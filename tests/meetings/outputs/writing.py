"""Agendas written in every form, for the tests that read them back and for the bench."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.utils import translation

from convenor.meetings.agenda import Agenda
from convenor.meetings.outputs.about import About
from convenor.meetings.outputs.paper import agenda_paper
from convenor.meetings.reader import read
from convenor.meetings.syncing import as_stored
from convenor.shared.documents import Document
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.documents.plain import to_text
from convenor.shared.documents.wordfile import to_docx
from convenor.shared.languages.guess import guess_language

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
ABOUT = About(
    zone="Europe/Zurich",
    author="Example Forum, 2017",
    url="https://forum.example/meetings/june/",
    language="en",
    state="draft",
    version=3,
    since=AT,
)


def _as_page(paper: Document) -> bytes:
    return render_to_string("documents/paper.html", {"paper": paper, "back": "/", "back_name": "Agenda"}).encode()


WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "text": lambda paper: to_text(paper).encode(),
    "html": _as_page,
    "docx": lambda paper: to_docx(paper).data,
    "pdf": lambda paper: to_pdf(paper).data,
}


def stored(text: str) -> tuple[Agenda, About]:
    """Read a document as a meeting keeps it; a meeting always has a title."""
    agenda = as_stored(read(text).agenda)
    about = replace(ABOUT, language=guess_language(text) or "en")
    return (agenda if agenda.title else replace(agenda, title="Meeting of the Forum")), about


def paper_of(agenda: Agenda, about: About, language: str) -> Document:
    """Give the paper as somebody takes it who reads in a language."""
    with translation.override(language):
        return agenda_paper(agenda, about, at=AT)


def written(agenda: Agenda, about: About, form: str, language: str) -> bytes:
    """Write an agenda in a form."""
    with translation.override(language):
        return WRITERS[form](paper_of(agenda, about, language))
