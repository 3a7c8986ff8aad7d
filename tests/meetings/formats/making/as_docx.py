"""A sheet as DOCX, by python-docx."""

import io
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.meetings.formats.making.sheets import Grid, Sheet, Words

TWIPS = 180


def as_docx(sheet: Sheet) -> bytes:
    """Return the sheet as a document; numbers are automatic, cells are merged, page numbers are fields."""
    document = docx.Document()
    lists = _Lists(document)
    for part in sheet.parts:
        if isinstance(part, Grid):
            _grid(document, part, lists)
        else:
            _write(document.add_paragraph(), part, lists)
    section = document.sections[0]
    if sheet.columns > 1:
        columns = section._sectPr.find(qn("w:cols"))
        (columns if columns is not None else section._sectPr._add_cols()).set(qn("w:num"), str(sheet.columns))
    if sheet.is_furnished:
        section.header.paragraphs[0].text = "Draft Agenda – 3 May 2011\tDocument A/12"
        run = section.footer.paragraphs[0].add_run("Page ")
        for kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(paragraph: Any, line: Words, lists: "_Lists") -> None:
    if line.level:
        paragraph.style = f"Heading {line.level}"
    paragraph.add_run(line.text)
    if line.label:
        lists.put(paragraph, line)
    elif line.indent:
        paragraph.paragraph_format.left_indent = Pt(line.indent * TWIPS / 20)


def _grid(document: Any, grid: Grid, lists: "_Lists") -> None:
    table = document.add_table(len(grid.rows), len(grid.rows[0]))
    table.style = "Table Grid"
    for y, row in enumerate(grid.rows):
        for x, box in enumerate(row):
            if box is None:
                continue
            cell = table.cell(y, x)
            if box.columns > 1 or box.rows > 1:
                cell = cell.merge(table.cell(y + box.rows - 1, x + box.columns - 1))
            for at, line in enumerate(box.lines):
                _write(cell.add_paragraph() if at else cell.paragraphs[0], line, lists)


class _Lists:
    """Automatic lists: one definition, a new instance wherever the count does not go on by itself."""

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        self._kinds: dict[tuple[int, str], tuple[str, int]] = {}
        self._key = 900

    def put(self, paragraph: Any, line: Words) -> None:
        label, depth = line.label or "1", line.depth or 0
        kind = "decimal" if label.isdecimal() else "upperLetter" if label.isupper() else "lowerLetter"
        value = int(label) if kind == "decimal" else ord(label.lower()) - 96
        key, last = self._kinds.get((depth, kind), ("", -1))
        if last != value - 1:
            key = self._new(depth, kind, value)
        self._kinds[depth, kind] = (key, value)
        properties = paragraph._p.get_or_add_pPr()
        number = OxmlElement("w:numPr")
        for name, said in (("w:ilvl", str(depth)), ("w:numId", key)):
            child = OxmlElement(name)
            child.set(qn("w:val"), said)
            number.append(child)
        properties.append(number)

    def _new(self, depth: int, kind: str, start: int) -> str:
        self._key += 1
        key = str(self._key)
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), key)
        for level in range(depth + 1):
            one = OxmlElement("w:lvl")
            one.set(qn("w:ilvl"), str(level))
            text = f"%{level + 1}." if kind != "lowerLetter" else f"%{level + 1})"
            for name, said in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text)):
                child = OxmlElement(name)
                child.set(qn("w:val"), said)
                one.append(child)
            space = OxmlElement("w:pPr")
            indent = OxmlElement("w:ind")
            indent.set(qn("w:left"), str(360 + 720 * level))
            indent.set(qn("w:hanging"), "360")
            space.append(indent)
            one.append(space)
            abstract.append(one)
        self._numbering.insert(0, abstract)
        number = OxmlElement("w:num")
        number.set(qn("w:numId"), key)
        link = OxmlElement("w:abstractNumId")
        link.set(qn("w:val"), key)
        number.append(link)
        override = OxmlElement("w:lvlOverride")
        override.set(qn("w:ilvl"), str(depth))
        begin = OxmlElement("w:startOverride")
        begin.set(qn("w:val"), str(start))
        override.append(begin)
        number.append(override)
        self._numbering.append(number)
        return key
