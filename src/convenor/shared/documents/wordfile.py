"""Documents as Word files (DOCX) that people go on writing in: real styles, real tables, the document's language."""

import io
from collections import Counter
from datetime import UTC
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from convenor.shared.documents import (
    Block,
    Cell,
    Direction,
    Document,
    Figure,
    Heading,
    Item,
    Listing,
    Made,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from convenor.shared.documents.pdf import LINKS, SHORT_TITLE, check_size, column_widths, picture
from convenor.shared.documents.text import direction_of, listed, tidied
from convenor.shared.documents.zipped import dated

Element = Any  # lxml's elements as python-docx extends them
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
MARGIN = Cm(1.8)
STEP_TWIPS = 510  # of an indent: 0.9 cm
SMALL_HALF_POINTS = {True: "18", False: "14"}  # letters in tables: of few columns, of many
BETWEEN_HALF_POINTS = "8"  # of the empty line behind a table
FEW_COLUMNS = 6
HEADS = {"Title": 18, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11, "Heading 4": 10}
DEFAULT_TABS = ("4680", "9360")  # of Word's style of footers
LINK_COLOUR = "0B4F8A"
WORD_TAGS = {"ar": "ar-SA", "zh": "zh-CN"}  # where Word's tag is not ours
EAST_ASIAN = frozenset({"ja", "ko", "zh"})
LONGEST_ABOUT = 255  # letters that a property of the file holds


def to_docx(document: Document) -> Made:
    """Write a document; the same document gives the same bytes.

    Headings, lists, captions and tables use Word's own styles, header rows are marked and repeated, and each paragraph
    has the direction of its first letter. Labels of points are written out, so that they stay as printed.

    Raises:
        Refused: a table has more cells than a document can hold.
    """
    check_size(document)
    writer = _Writer(document)
    writer.write()
    out = io.BytesIO()
    writer.file.save(out)
    return Made(dated(out.getvalue(), document.at), listed(writer.lost))


def _set_look(file: WordDocument) -> None:
    """Set title and headings in bold black, in the sizes of the PDF: Word's own are blue and ruled."""
    for name, points in HEADS.items():
        style = file.styles[name]
        style.font.color.rgb, style.font.size, style.font.bold = RGBColor(0, 0, 0), Pt(points), True
        size, bold = _made("w:szCs", val=str(points * 2)), OxmlElement("w:bCs")  # of letters from right to left
        for old in [*style.element.rPr.findall(qn("w:szCs")), *style.element.rPr.findall(qn("w:bCs"))]:
            style.element.rPr.remove(old)
        for apart in [*style.element.rPr.findall(qn("w:spacing")), *style.element.rPr.findall(qn("w:kern"))]:
            style.element.rPr.remove(apart)  # letters that join would be pulled apart
        style.element.rPr.find(qn("w:b")).addnext(bold)
        style.element.rPr.find(qn("w:sz")).addnext(size)
        for rule in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(rule)


def _languages(document: Document) -> dict[str, str]:
    """Give the language of each of Word's three kinds of script, in Word's own tags."""
    base = document.language.partition("-")[0]
    tag = WORD_TAGS.get(base, document.language)
    east = tag if base in EAST_ASIAN else WORD_TAGS["zh"]
    return {"val": tag, "eastAsia": east, "bidi": tag if document.direction == "rtl" else "ar-SA"}


class _Writer:
    """Writes the parts in their order and counts what the format cannot store."""

    def __init__(self, document: Document) -> None:
        self.of, self.lost = document, Counter[int]()
        self.is_new_page = False  # what comes next begins one
        self.file = docx.Document()

    def write(self) -> None:
        """Write everything."""
        self.about()
        _set_look(self.file)
        self.page()
        self.edges()
        self.paragraph("Title", (Run(self.of.title),))
        for block in self.of.in_order():
            self.block(block)

    def about(self) -> None:
        """Say what the file is, in which language, and when it was made."""
        core, at = self.file.core_properties, self.of.at.astimezone(UTC).replace(tzinfo=None)
        about = (self.text(words)[:LONGEST_ABOUT] for words in (self.of.title, self.of.author, self.of.subject))
        core.title, core.author, core.subject = about
        core.language, core.created, core.modified, core.last_modified_by = self.of.language, at, at, core.author
        core.comments = core.keywords = ""
        defaults = self.file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_made("w:lang", **_languages(self.of)))
        for fonts in self.file.settings.element.findall(
            qn("w:themeFontLang")
        ):  # else Chinese is set in Japanese letters
            for name, tag in _languages(self.of).items():
                fonts.set(qn(f"w:{name}"), tag)

    def page(self) -> None:
        """Set the paper: A4, lying where the document asks for it."""
        section = self.file.sections[0]
        short, long = Cm(21), Cm(29.7)
        section.page_width, section.page_height = (long, short) if self.of.is_landscape else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if self.of.is_landscape else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        if self.of.direction == "rtl":
            section._sectPr.find(qn("w:docGrid")).addprevious(OxmlElement("w:bidi"))

    def edges(self) -> None:
        """Put what runs at the head of every page there, and at its foot the title and the page's number of all."""
        section = self.file.sections[0]
        if self.of.running:
            self.fill(section.header.paragraphs[0]._p, (Run(self.of.running),), size=SMALL_HALF_POINTS[False])
        foot, size = section.footer.paragraphs[0]._p, SMALL_HALF_POINTS[False]
        tabs = OxmlElement("w:tabs")
        tabs.extend([_made("w:tab", val="clear", pos=pos) for pos in DEFAULT_TABS])
        tabs.append(_made("w:tab", val="right", pos=str(int(Emu(self.line_width).pt * 20))))
        foot.get_or_add_pPr().append(tabs)
        title = self.of.title if len(self.of.title) <= SHORT_TITLE else f"{self.of.title[: SHORT_TITLE - 1]}…"
        self.fill(foot, (Run(f"{title}\t"),), size=size)
        for place, name in enumerate(("PAGE", "NUMPAGES")):
            if place:
                foot.append(self.run(Run(" / "), self.of.direction, size))
            field = _made("w:fldSimple", instr=name)
            field.append(self.run(Run("1"), self.of.direction, size))
            foot.append(field)

    @property
    def line_width(self) -> int:
        """Width of a line, in EMU."""
        section = self.file.sections[0]
        return int(section.page_width) - 2 * int(MARGIN)  # type: ignore[arg-type]  # set above

    def block(self, block: Block) -> None:
        """Write one part."""
        match block:
            case Heading(text, level):
                self.paragraph(f"Heading {level}", (Run(text),))
            case Paragraph(runs):
                self.paragraph("Normal", runs)
            case Listing(items, marker):
                for item in items:
                    self.item(item, marker)
            case Table():
                self.table(block)
            case Figure(svg, words, table):
                self.figure(svg, words)
                self.table(table)
            case PageBreak():
                self.is_new_page = True  # a break of its own would leave an empty line above

    def paragraph(self, style: str, runs: tuple[Run, ...], label: str = "", level: int = 0) -> Element:
        """Write a paragraph in a style; a label stands before the words, hanging."""
        made = self.file.add_paragraph(style=style)
        if self.is_new_page:
            made.paragraph_format.page_break_before = True
        self.is_new_page, element = False, made._p
        self.fill(element, runs, label, level)
        return element

    def fill(self, element: Element, runs: tuple[Run, ...], label: str = "", level: int = 0, size: str = "") -> None:
        """Put words into a paragraph."""
        said = "".join(run.text for run in runs)
        direction = direction_of(said) or self.of.direction
        properties = element.get_or_add_pPr()
        if direction == "rtl":
            properties.append(OxmlElement("w:bidi"))
        if label:
            properties.append(_made("w:ind", start=str(STEP_TWIPS * (level + 1)), hanging=str(STEP_TWIPS)))
            element.append(self.run(Run(f"{label}\t"), direction, size))
        elif level:
            properties.append(_made("w:ind", start=str(STEP_TWIPS * level)))
        for run in runs:
            made = self.run(run, direction, size)
            element.append(self.linked(made, run.link) if LINKS.fullmatch(run.link) else made)

    def run(self, run: Run, around: Direction, size: str = "") -> Element:
        """Make a run; line ends and tabs become Word's own."""
        element, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        marks = [("w:b", run.bold), ("w:bCs", run.bold), ("w:i", run.italic), ("w:iCs", run.italic)]
        properties.extend([OxmlElement(name) for name, is_on in marks if is_on])
        if run.link and LINKS.fullmatch(run.link):
            properties.append(_made("w:color", val=LINK_COLOUR))
        if size:
            properties.extend([_made("w:sz", val=size), _made("w:szCs", val=size)])
        if run.link and LINKS.fullmatch(run.link):
            properties.append(_made("w:u", val="single"))
        if (direction_of(run.text) or around) == "rtl":
            properties.append(OxmlElement("w:rtl"))
        if len(properties):
            element.append(properties)
        label, tab, text = run.text.rpartition("\t") if run.text.endswith("\t") else ("", "", run.text)
        for place, line in enumerate(self.text(label or text).split("\n")):
            if place:
                element.append(OxmlElement("w:br"))
            words = OxmlElement("w:t")
            words.text = line
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.append(words)
        if tab:
            element.append(OxmlElement("w:tab"))
        return element

    def linked(self, run: Element, url: str) -> Element:
        """Wrap a run into a link."""
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), self.file.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        element.append(run)
        return element

    def item(self, item: Item, marker: str, level: int = 0) -> None:
        """Write a point and those under it; plain bullets are Word's own."""
        is_plain = not item.label and marker == "•"
        style = BULLETS[min(level, len(BULLETS) - 1)] if is_plain else "List Paragraph"
        label = "" if is_plain else item.label or marker
        self.paragraph(style, item.runs, label, level)
        for note in item.notes:
            self.paragraph("List Paragraph", note, level=level + bool(label or is_plain))
        for child in item.children:
            self.item(child, marker, level + 1)

    def table(self, table: Table) -> None:
        """Write a table with its caption above; an empty line keeps two tables apart."""
        if table.caption:
            self.paragraph("Caption", (Run(table.caption),))
        element = self.file.add_table(rows=0, cols=len(table.header), style="Table Grid")._tbl
        widths = self.widths(table)
        if self.of.direction == "rtl":
            element.tblPr.insert(1, OxmlElement("w:bidiVisual"))
        if table.caption:
            element.tblPr.append(_made("w:tblCaption", val=self.text(table.caption)))
        for column, width in zip(element.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(width))
        element.append(self.row(table, tuple(table.header), widths, is_header=True))
        element.extend(self.row(table, row, widths) for row in table.rows)
        between = self.paragraph("Normal", ()).get_or_add_pPr()
        between.extend([_made("w:spacing", before="0", after="0"), _mark(BETWEEN_HALF_POINTS)])

    def widths(self, table: Table) -> list[int]:
        """Share the line out among the columns, in twentieths of a point."""
        shares = table.widths or column_widths(table)
        line = int(Emu(self.line_width).pt * 20)
        return [int(line * share / sum(shares)) for share in shares]

    def row(self, table: Table, cells: tuple[Cell, ...], widths: list[int], *, is_header: bool = False) -> Element:
        """Make a row; the header's is marked and repeated on every page."""
        element = OxmlElement("w:tr")
        if is_header:
            properties = OxmlElement("w:trPr")
            properties.extend([OxmlElement("w:cantSplit"), OxmlElement("w:tblHeader")])
            element.append(properties)
        size = SMALL_HALF_POINTS[len(cells) <= FEW_COLUMNS]
        sides = table.alignment or ("start",) * len(cells)
        for cell, side, width in zip(cells, sides, widths, strict=True):
            box, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
            properties.append(_made("w:tcW", w=str(width), type="dxa"))
            box.append(properties)
            box.extend(self.cell(cell, side, size, is_bold=is_header))
            element.append(box)
        return element

    def cell(self, cell: Cell, side: str, size: str, *, is_bold: bool) -> list[Element]:
        """Make the paragraphs of a cell."""
        if isinstance(cell, Listing):
            points = (point for item in cell.items for point in _levels(item))
            made = [one for point, level in points for one in self.point(point, level, cell.marker, size)]
            return made or [OxmlElement("w:p")]
        element = self.inner((Run(cell, bold=is_bold),), "", 0, size)
        properties = element.pPr
        if side == "end":
            properties.append(_made("w:jc", val="end"))
        properties.append(_mark(size))  # else an empty cell makes its row higher
        return [element]

    def point(self, item: Item, level: int, marker: str, size: str) -> list[Element]:
        """Make the paragraphs of a point inside a cell."""
        label = item.label or marker
        made = [self.inner(item.runs, label, level, size)]
        return made + [self.inner(note, "", level + bool(label), SMALL_HALF_POINTS[False]) for note in item.notes]

    def inner(self, runs: tuple[Run, ...], label: str, level: int, size: str) -> Element:
        """Make a paragraph inside a cell."""
        element = OxmlElement("w:p")
        self.fill(element, runs, label, level, size)
        element.get_or_add_pPr().get_or_add_spacing().set(qn("w:after"), "20")  # behind the direction, as Word wants
        return element

    def figure(self, svg: str, words: str) -> None:
        """Put a drawing in as a picture with its words; Word reads SVG only beside one."""
        shape = self.file.add_picture(io.BytesIO(picture(svg)), width=Emu(self.line_width))
        shape._inline.docPr.set("descr", self.text(words))

    def text(self, text: str) -> str:
        """Give words that the format can store."""
        return tidied(text, self.lost)


def _levels(item: Item, level: int = 0) -> list[tuple[Item, int]]:
    return [(item, level), *(below for child in item.children for below in _levels(child, level + 1))]


def _mark(size: str) -> Element:
    """Make the size of a paragraph's own mark: the height of a line without words."""
    properties = OxmlElement("w:rPr")
    properties.extend([_made("w:sz", val=size), _made("w:szCs", val=size)])
    return properties


def _made(name: str, **attributes: str) -> Element:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
