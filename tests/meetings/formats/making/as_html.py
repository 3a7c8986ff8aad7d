"""A sheet as hypertext."""

from html import escape

from tests.meetings.formats.making.sheets import Box, Grid, Sheet, Words


def as_html(sheet: Sheet) -> bytes:
    """Return the sheet as a page; automatic numbers are lists, header and footer stand in their elements."""
    body = "".join(_grid(part) if isinstance(part, Grid) else _line(part) for part in sheet.parts)
    if sheet.columns > 1:
        body = f'<div style="columns:{sheet.columns}">{body}</div>'
    if sheet.is_furnished:
        body = f"<nav><a href='/'>Home</a> <a href='/a'>Agenda</a></nav>{body}<footer>Draft document. Page 1</footer>"
    head = '<meta charset="utf-8"><title>A page</title><style>p{margin:0}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _line(line: Words) -> str:
    words = escape(line.text) or "&nbsp;"
    if line.label:
        kind = "1" if line.label.isdecimal() else "A" if line.label.isupper() else "a"
        start = int(line.label) if kind == "1" else ord(line.label.lower()) - 96
        item = f'<ol type="{kind}" start="{start}"><li>{words}</li></ol>'
        return "<ul>" * (line.depth or 0) + item + "</ul>" * (line.depth or 0)
    tag = f"h{line.level}" if line.level else "div"
    return f'<{tag} style="margin-left:{line.indent}ch">{words}</{tag}>'


def _grid(grid: Grid) -> str:
    rows = "".join(f"<tr>{''.join(_box(box) for box in row if box)}</tr>" for row in grid.rows)
    return f"<table>{rows}</table>"


def _box(box: Box) -> str:
    spans = (f' colspan="{box.columns}"' if box.columns > 1 else "") + (
        f' rowspan="{box.rows}"' if box.rows > 1 else ""
    )
    return f"<td{spans}>{''.join(_line(line) for line in box.lines)}</td>"
