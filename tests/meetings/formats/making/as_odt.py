"""A sheet as ODT: a zip file with the parts that a word processor needs."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.meetings.formats.making.sheets import Box, Grid, Sheet, Words

MIME = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
KINDS = {"1": "L1", "a": "La", "A": "LA"}


def as_odt(sheet: Sheet) -> bytes:
    """Return the sheet as a document; numbers are automatic, cells are merged, page numbers are fields."""
    indents = sorted({line.indent for part in sheet.parts for line in _lines(part)})
    body = "".join(_grid(part) if isinstance(part, Grid) else _line(part) for part in sheet.parts)
    if sheet.columns > 1:
        body = f'<text:section text:style-name="S2" text:name="Columns">{body}</text:section>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3">'
        f"<office:automatic-styles>{''.join(map(_indent_style, indents))}{''.join(map(_list_style, KINDS))}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    footer = (
        "<style:header><text:p>Draft Agenda – 3 May 2011</text:p></style:header><style:footer><text:p>Page "
        "<text:page-number>1</text:page-number></text:p></style:footer>"
    )
    master = f'<style:master-page style:name="Standard">{footer if sheet.is_furnished else ""}</style:master-page>'
    styles = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {SPACES} office:version="1.3"><office:styles/>'
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("styles.xml", styles)
    return out.getvalue()


def _lines(part: Words | Grid) -> list[Words]:
    return [line for row in part.rows for box in row if box for line in box.lines] if isinstance(part, Grid) else [part]


def _indent_style(indent: int) -> str:
    return (
        f'<style:style style:name="P{indent}" style:family="paragraph"><style:paragraph-properties '
        f'fo:margin-left="{indent / 8}in"/></style:style>'
    )


def _list_style(kind: str) -> str:
    suffix = ")" if kind == "a" else "."
    levels = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{kind}" style:num-suffix="{suffix}"/>'
        for level in range(1, 6)
    )
    return f'<text:list-style style:name="{KINDS[kind]}">{levels}</text:list-style>'


def _line(line: Words) -> str:
    words = escape(line.text)
    if line.label:
        kind = "1" if line.label.isdecimal() else "A" if line.label.isupper() else "a"
        start = int(line.label) if kind == "1" else ord(line.label.lower()) - 96
        item = f'<text:list-item text:start-value="{start}"><text:p>{words}</text:p></text:list-item>'
        for _ in range(line.depth or 0):
            item = f"<text:list-item><text:list>{item}</text:list></text:list-item>"
        return f'<text:list text:style-name="{KINDS[kind]}">{item}</text:list>'
    if line.level:
        return f'<text:h text:outline-level="{line.level}">{words}</text:h>'
    return f'<text:p text:style-name="P{line.indent}">{words}</text:p>'


def _grid(grid: Grid) -> str:
    rows = "".join(f"<table:table-row>{''.join(map(_box, row))}</table:table-row>" for row in grid.rows)
    return f'<table:table><table:table-column table:number-columns-repeated="{len(grid.rows[0])}"/>{rows}</table:table>'


def _box(box: Box | None) -> str:
    if box is None:
        return "<table:covered-table-cell/>"
    spans = f'table:number-columns-spanned="{box.columns}" table:number-rows-spanned="{box.rows}"'
    return f"<table:table-cell {spans}>{''.join(map(_line, box.lines))}</table:table-cell>"
