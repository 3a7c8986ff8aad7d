"""Minutes as Akoma Ntoso 3.0 (LegalDocML): the summary report as `debateReport`, the verbatim one as `debate`."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from convenor.meetings.minutes import Annex, Report, Section, Utterance, Verbatim, Voice

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
COUNTRY = "un"  # no state's document
LANGUAGES: Mapping[str, str] = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}
OURS = "#publisher"
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def report_akn(report: Report, *, address: str, on: date) -> str:
    """Write the summary report; `address` is the meeting's path ("igf/2017/june"), `on` the day it is dated with."""
    root, document = _document("debateReport", "summaryReport", report, address, on)
    body = _add(document, "mainBody", eId="body")
    above: list[Element] = [body]
    identities = _Identities()
    for section in report.sections:
        level = max(1, min(section.level, len(above)))
        above = [*above[:level], _section(above[level - 1], section, identities)]
    for annex in report.annexes:
        _annex(body, annex)
    return _written(root)


def verbatim_akn(record: Verbatim, *, address: str, on: date) -> str:
    """Write the verbatim record; who spoke is numbered in the order of speaking."""
    root, document = _document("debate", "verbatimRecord", record, address, on)
    voices = {one: f"speaker_{at}" for at, one in enumerate(dict.fromkeys(map(_voice, record.utterances())), start=1)}
    references = document.find("meta/references")
    for (_key, name), identity in voices.items():
        if references is not None:
            _add(
                references,
                "TLCPerson",
                eId=identity,
                href=f"/akn/ontology/person/{address}/{identity}",
                showAs=_fit(name),
            )
    body, identities = _add(document, "debateBody", eId="body"), _Identities()
    for number, sitting in enumerate(record.sittings, start=1):
        part = _add(body, "debateSection", name="agendaItem" if sitting.item else "proceedings", eId=f"dbsect_{number}")
        if sitting.label:
            _add(part, "num", sitting.label)
        _add(part, "heading", sitting.heading or sitting.date or record.title)
        for one in sitting.utterances:
            _speech(part, one, voices[_voice(one)], identities.of(f"speech_{_id(one.key)}"), record.silence)
    if not record.sittings:
        _add(_add(body, "debateSection", name="proceedings", eId="dbsect_1"), "heading", record.title)
    return _written(root)


def _voice(one: Utterance) -> tuple[str, str]:
    return one.person or one.voice.value, one.name.split(" (")[0] if one.voice is Voice.SPEAKER else one.name


def _speech(part: Element, one: Utterance, by: str, identity: str, silence: str) -> None:
    times = {"startTime": _moment(one.began_at), "endTime": _moment(max(one.began_at, one.ended_at))}
    speech = _add(part, "speech", by=f"#{by}", eId=identity, **times)
    _add(speech, "from", one.name)
    for words in one.paragraphs or (silence,):
        _add(speech, "p", words)


def _section(above: Element, section: Section, identities: "_Identities") -> Element:
    made = _add(above, "section", eId=identities.of(f"sec_{_id(section.key)}"))
    if section.label:
        _add(made, "num", section.label)
    _add(made, "heading", section.heading or "–")
    for one in section.paragraphs:
        paragraph = _add(made, "paragraph", eId=identities.of(f"para_{_id(one.key)}"))
        if one.number:
            _add(paragraph, "num", f"{one.number}.")
        _add(_add(paragraph, "content"), "p", one.text)
    return made


def _annex(body: Element, annex: Annex) -> None:
    part = _add(body, "hcontainer", name="annex", eId=f"annex_{_id(annex.key)}")
    _add(part, "heading", annex.title)
    content = _add(part, "content")
    if annex.rows:
        table = _add(content, "table")
        for cells, tag in ((annex.header, "th"), *((row, "td") for row in annex.rows)):
            row = _add(table, "tr")
            for cell in cells:
                _add(_add(row, tag), "p", cell)
    for note in annex.notes:
        _add(content, "p", note)
    if not len(content):
        _add(content, "p", annex.title)


def _document(kind: str, name: str, of: Report | Verbatim, address: str, on: date) -> tuple[Element, Element]:
    """Begin a document: what it is, of when, in which language, by whom, and its title."""
    root = Element("akomaNtoso", {"xmlns": NAMESPACE})
    document = _add(root, kind, name=name)
    meta = _add(document, "meta")
    identification = _add(meta, "identification", source=OURS)
    language = LANGUAGES.get(of.language.partition("-")[0], of.language)
    work = f"/akn/{COUNTRY}/{kind}/{on.isoformat()}/{address}"
    expression = f"{work}/{language}@{on.isoformat()}"
    for level, uri in (("Work", work), ("Expression", expression), ("Manifestation", f"{expression}.akn")):
        part = _add(identification, f"FRBR{level}")
        _add(part, "FRBRthis", value=f"{uri}/!main" if level != "Manifestation" else f"{expression}/!main.akn")
        _add(part, "FRBRuri", value=uri)
        _add(part, "FRBRdate", date=on.isoformat(), name=level.lower())
        _add(part, "FRBRauthor", href=OURS)
        if level == "Work":
            _add(part, "FRBRcountry", value=COUNTRY)
        elif level == "Expression":
            _add(part, "FRBRlanguage", language=language)
        else:
            _add(part, "FRBRformat", value="application/akn+xml")
    references = _add(meta, "references", source=OURS)
    publisher = {"eId": OURS[1:], "href": f"/akn/ontology/organization/{_id(of.forum) or 'forum'}"}
    _add(references, "TLCOrganization", **publisher, showAs=_fit(of.forum) or "–")
    preface = _add(document, "preface", eId="preface")
    _add(_add(preface, "p"), "docTitle", of.title)
    for line in of.lines:
        _add(preface, "p", line)
    return root, document


class _Identities:
    """Gives every part an identity of its own: keys that differ in signs only would share one."""

    def __init__(self) -> None:
        self.given = Counter[str]()

    def of(self, wanted: str) -> str:
        """Give the identity, with a number where it was given before."""
        self.given[wanted] += 1
        return wanted if self.given[wanted] == 1 else self.of(f"{wanted}__{self.given[wanted]}")


def _add(above: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    made = SubElement(above, tag, attributes)
    if text:
        made.text = _fit(text)
    return made


def _fit(text: str) -> str:
    """Leave out what no XML document holds."""
    return _CONTROL.sub("", text)


def _id(key: str) -> str:
    return _UNFIT.sub("_", key).strip("_")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _written(root: Element) -> str:
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
