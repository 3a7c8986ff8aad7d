"""RTF → text: paragraphs, tables as rows of cells, list numbers as the word processor wrote them out."""

import re
from dataclasses import dataclass, replace

from convenor.meetings.formats.blocks import Block, Cell, Paragraph, Table
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.layout import text_of_blocks

KIND = "RTF"
MOST_GROUPS, TWIPS_A_COLUMN, MAX_TOKENS = 500, 180, 600_000
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
_LEFT_OUT = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "footnote", "annotation", "themedata", "colorschememapping", "latentstyles",
    "datastore", "xmlnstbl", "listtable", "listoverridetable", "rsidtbl", "generator", "fldinst", "filetbl", "revtbl",
    "nonshppict", "bkmkstart", "bkmkend", "pntxta", "pntxtb", "sp", "nonesttables", "atnid",
    "atnauthor", "template", "userprops", "mmathPr",
})  # fmt: skip
_SIGNS = {
    "tab": "\t", "line": "\n", "page": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
}  # fmt: skip
_ESCAPED = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_CODE_PAGES = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
               177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What a group can set and its end takes back."""

    is_left_out: bool = False
    is_hidden: bool = False
    skip: int = 1
    font: int = 0
    in_fonts: bool = False


def text_of_rtf(data: bytes) -> str:
    """Return the text.

    Raises:
        Unreadable: the groups do not close, or there is too much.
    """
    body = _Body()
    for number, match in enumerate(_TOKEN.finditer(data)):
        if number > MAX_TOKENS:
            raise Unreadable(Why.TOO_COMPLEX, {"kind": KIND})
        body.take(match)
    return text_of_blocks(body.blocks())


class _Body:
    """Follows the groups and collects paragraphs and cells."""

    def __init__(self) -> None:
        self._states = [_State()]
        self._found: list[Block] = []
        self._text: list[str] = []
        self._bytes = bytearray()
        self._cells: list[Cell | None] = []
        self._cell = Cell()
        self._in_table = False
        self._indent, self._first, self._level = 0, 0, 0
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._waits, self._is_optional = 0, False

    def blocks(self) -> list[Block]:
        """Return everything collected; what was open at the end counts too."""
        self._end_paragraph(always=False)
        self._end_row()
        return self._found

    def take(self, match: re.Match[bytes]) -> None:
        """Take one token."""
        word, number, byte, sign, brace, text = match.groups()
        if word:
            self._word(word.decode("ascii"), int(number) if number else None)
        elif byte:
            self._raw(bytes([int(byte, 16)]))
        elif sign == b"*":
            self._is_optional = True
        elif sign:
            self._say(_ESCAPED.get(sign, ""))
        elif brace:
            self._flush()
            self._group(brace)
        elif text:
            self._raw(text)

    def _group(self, brace: bytes) -> None:
        if brace == b"}":
            if len(self._states) > 1:
                self._states.pop()
            return
        if len(self._states) >= MOST_GROUPS:
            raise Unreadable(Why.TOO_COMPLEX, {"kind": KIND})
        self._states.append(self._states[-1])

    def _set(self, **changes: bool | int) -> None:
        self._states[-1] = replace(self._states[-1], **changes)  # type: ignore[arg-type]  # fields by their names

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        optional, self._is_optional = self._is_optional, False
        if word == "fonttbl":
            self._set(is_left_out=True, in_fonts=True)
        elif word in _LEFT_OUT or (optional and word not in ("shptxt", "shpinst", "listtext", "fldrslt", "pntext")):
            self._set(is_left_out=True)
        elif word == "u" and number is not None:
            self._say(chr(number % 0x10000))
            self._waits = self._states[-1].skip
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in ("f", "fcharset", "ansicpg", "uc", "v", "deleted"):
            self._font_or_state(word, number)
        else:
            self._layout(word, number)

    def _font_or_state(self, word: str, number: int | None) -> None:
        state = self._states[-1]
        if word == "f":
            self._set(font=number or 0)
        elif word == "fcharset" and state.in_fonts:
            self._fonts[state.font] = _CODE_PAGES.get(number or 0, self._code_page)
        elif word == "ansicpg" and number:
            self._code_page = _known(f"cp{number}")
        elif word == "uc":
            self._set(skip=min(max(number or 0, 0), 8))
        elif word in ("v", "deleted"):
            self._set(is_hidden=number != 0)

    def _layout(self, word: str, number: int | None) -> None:
        if self._states[-1].is_left_out:
            return
        if word == "par":
            self._end_paragraph()
        elif word == "cell":
            self._end_paragraph(always=False)
            self._cells.append(self._cell)
            self._cell = Cell()
        elif word in ("row", "nestrow"):
            self._end_paragraph(always=False)
            self._end_row()
        elif word == "intbl":
            self._in_table = True
        elif word == "pard":
            self._in_table, self._indent, self._first, self._level = False, 0, 0, 0
        elif word in ("li", "lin"):
            self._indent = number or 0
        elif word == "fi":
            self._first = number or 0
        elif word == "outlinelevel":
            self._level = min(max(number or 0, 0), 5) + 1

    def _raw(self, data: bytes) -> None:
        skipped = min(self._waits, len(data))
        self._waits -= skipped
        if not self._states[-1].is_left_out and not self._states[-1].is_hidden:
            self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._states[-1].font, self._code_page)
            self._text.append(self._bytes.decode(encoding, errors="replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        self._flush()
        if not self._states[-1].is_left_out and not self._states[-1].is_hidden:
            self._text.append(text)

    def _end_paragraph(self, *, always: bool = True) -> None:
        self._flush()
        text = "".join(self._text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._text = []
        if not text.strip() and not always:
            return
        indent = max(0, round((self._indent + self._first) / TWIPS_A_COLUMN))
        paragraph = Paragraph(text, indent=indent, level=self._level if text.strip() else 0)
        if self._in_table:
            self._cell.blocks.append(paragraph)
        else:
            self._end_row()
            self._found.append(paragraph)

    def _end_row(self) -> None:
        cells, self._cells = self._cells, []
        if self._cell.blocks:
            cells.append(self._cell)
            self._cell = Cell()
        if not cells:
            return
        last = self._found[-1] if self._found else None
        if isinstance(last, Table):
            last.rows.append(cells)
        else:
            self._found.append(Table([cells]))


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
