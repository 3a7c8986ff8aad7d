"""A sheet as plain text: what the other formats are compared with."""

from tests.meetings.formats.making.sheets import Grid, Sheet, Words, printed


def as_text(sheet: Sheet) -> bytes:
    """Return the sheet as text, a tab between cells."""
    lines: list[str] = []
    for part in sheet.parts:
        if isinstance(part, Grid):
            for row in part.rows:
                stacks = [[_line(line) for line in box.lines] if box else [] for box in row]
                lines += [
                    "\t".join(stack[at] if at < len(stack) else "" for stack in stacks).rstrip("\t")
                    for at in range(max(map(len, stacks)))
                ]
        else:
            lines.append(_line(part))
    return "\n".join(lines).encode()


def _line(line: Words) -> str:
    head = "#" * line.level + " " if line.level else " " * line.indent
    return head + (f"{printed(line.label)} " if line.label else "") + line.text
