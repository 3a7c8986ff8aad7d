"""A sheet as PDF, set by Typst."""

import typst

from convenor.shared.documents.pdf import fonts
from tests.meetings.formats.making.sheets import Box, Grid, Sheet, Words, printed


def as_pdf(sheet: Sheet, *, has_rules: bool = True) -> bytes:
    """Return the sheet as pages of A4."""
    head = '#set page(paper: "a4", margin: 2.2cm'
    if sheet.is_furnished:
        head += ", header: [Draft Agenda – 3 May 2011 #h(1fr) Document A/12]"
        head += ", footer: context align(center)[Page #counter(page).display() of #counter(page).final().first()]"
    head += ')\n#set text(font: "Noto Sans", size: 10pt)\n'
    parts = [_grid(part, has_rules=has_rules) if isinstance(part, Grid) else _line(part) for part in sheet.parts]
    if sheet.columns > 1:
        lead = [part for part in parts[:1] if sheet.parts[0].level] if isinstance(sheet.parts[0], Words) else []
        parts = [*lead, f"#columns({sheet.columns})[\n{chr(10).join(parts[len(lead) :])}\n]"]
    source = (head + "\n".join(parts)).encode()
    return bytes(typst.compile(source, font_paths=fonts(), ignore_system_fonts=True, format="pdf"))


def _said(text: str) -> str:
    """Return a text as a string of Typst, which nothing in it can end."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(line: Words) -> str:
    if not line.text and not line.label:
        return "#block(height: 0.7em)"
    words = _said(f"{printed(line.label)} {line.text}" if line.label else line.text)
    if line.level:
        return f"#block(text(size: {15 - line.level}pt, weight: 700)[{words}])"
    return f"#block(inset: (left: {line.indent * 5}pt), spacing: 0.75em)[{words}]"


def _grid(grid: Grid, *, has_rules: bool) -> str:
    widths = ", ".join(f"{width}fr" for width in grid.widths)
    boxes = ", ".join(_box(box) for row in grid.rows for box in row if box)
    stroke = "0.5pt" if has_rules else "none"
    return f"#table(columns: ({widths}), stroke: {stroke}, {boxes})"


def _box(box: Box) -> str:
    spans = f"colspan: {box.columns}, rowspan: {box.rows}"
    return f"table.cell({spans})[{chr(10).join(map(_line, box.lines))}]"
