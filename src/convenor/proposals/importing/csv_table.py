"""Text with separators, in whatever encoding and with whatever separator. Pure."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from convenor.proposals.importing.tables import MOST_LETTERS, Note, Table, Unreadable, table_of

MARKS = (",", ";", "\t", "|")
NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252", "cp1251": "Windows-1251",
         "cp1256": "Windows-1256", "gb18030": "GB 18030"}  # fmt: skip
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHERS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf")  # how documents and pictures begin
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")  # what no text has many of
_SAMPLE = 200_000  # bytes and letters that a guess looks at
_RECORDS = 60  # records that the guess of a separator looks at
_CYRILLIC = frozenset(b"\xe0\xe2\xe8\xee\xf0\xf1\xf2")  # а в и о р с т in Windows-1251, next to unused in 1256
_LONG_RUN = 2.0  # letters of other scripts stand together, accented Latin ones alone


def read_csv(data: bytes, names: frozenset[str]) -> Table:
    """Read a file.

    Raises:
        Unreadable: it is no text, or no table.
    """
    encoding = encoding_of(data)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    except UnicodeError as error:  # a UTF-16 of odd length
        raise Unreadable("no-text") from error
    text = text.replace("\0", "")
    if not text.strip():
        raise Unreadable("empty")
    first, _end, rest = text.partition("\n")
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) == len("sep=,"):  # as Excel writes it
        mark, text = named[-1], rest
    else:
        mark = separator_of(text[:_SAMPLE])
    table = table_of("csv", _lines(text, mark), names)
    lost = text.count("\ufffd")
    table.notes[:0] = [Note("read-as", {"encoding": NAMES[encoding], "mark": "TAB" if mark == "\t" else mark})]
    if lost:
        table.notes.append(Note("lost-signs", {"count": lost}))
    return table


def encoding_of(data: bytes) -> str:
    """Guess the encoding: a mark at the beginning, else UTF-8 where it fits, else by the scripts of the bytes."""
    if data.startswith(_OTHERS):
        raise Unreadable("no-text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    if sum(sample.count(byte) for byte in _CONTROLS) > len(sample) // 20:
        raise Unreadable("no-text")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_script(sample)
    return "utf-8"


def _by_script(sample: bytes) -> str:
    high = [byte for byte in sample if byte > 0x7F]  # noqa: PLR2004 - ASCII ends there
    runs = sum(byte > 0x7F and (place == 0 or sample[place - 1] <= 0x7F) for place, byte in enumerate(sample))  # noqa: PLR2004 - as above
    if not high or len(high) / max(runs, 1) < _LONG_RUN:
        return "cp1252"
    counted = Counter(high)
    letters = sum(n for byte, n in counted.items() if byte >= 0xC0) / len(high)  # noqa: PLR2004 - letters begin there
    if letters > 0.9:  # noqa: PLR2004 - both single-byte alphabets lie there, Chinese pairs do not
        is_cyrillic = sum(counted[byte] for byte in _CYRILLIC) / len(high) > 0.2  # noqa: PLR2004 - a third in Russian
        return "cp1251" if is_cyrillic else "cp1256"
    text = sample.decode("gb18030", "replace")
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    return "gb18030" if chinese > text.count("\ufffd") * 10 and chinese else "cp1252"


def separator_of(text: str) -> str:
    """Guess the separator: the one with which most records have the same number of cells, and more than one."""

    def score(mark: str) -> float:
        widths = Counter(len(cells) for cells in _sample(text, mark))
        wide = [(width, n) for width, n in widths.items() if width > 1]
        if not wide:
            return 0.0
        width, n = max(wide, key=lambda one: (one[1], one[0]))
        return n / sum(widths.values()) * min(width, 12)

    return max(MARKS, key=score)


def _sample(text: str, mark: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for _number, cells in zip(range(_RECORDS), reader, strict=False):
            if any(cells):
                yield cells
    except csv.Error:
        return


def _lines(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Give records with the line of the file they begin in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("broken-csv", row=number, most=MOST_LETTERS) from error
