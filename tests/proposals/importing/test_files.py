"""From a file to a table: encodings, separators, line breaks, hostile spreadsheets, exports of pretalx."""

import csv
import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from convenor.proposals.importing import xlsx_table
from convenor.proposals.importing.csv_table import encoding_of, read_csv, separator_of
from convenor.proposals.importing.fields import headings
from convenor.proposals.importing.pretalx import read_pretalx
from convenor.proposals.importing.tables import MOST_LETTERS, MOST_ROWS, Unreadable
from convenor.proposals.importing.xlsx_table import read_xlsx

NAMES = frozenset(headings())


def why(read: object, data: bytes) -> str:
    """Give the code of a refusal."""
    with pytest.raises(Unreadable) as caught:
        read(data, NAMES)  # type: ignore[operator]  # a reader
    return caught.value.note.code


def sheet(rows: list[list[object]], **sheets: list[list[object]]) -> bytes:
    """Write a spreadsheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        other = book.create_sheet(title)
        for row in more:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """Put other parts into a package; `sheet1` stands for the first sheet."""
    out = io.BytesIO()
    names = {"sheet1": "xl/worksheets/sheet1.xml", "bomb": "xl/media/bomb.bin"}
    replaced = {names[name]: content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return out.getvalue()


RUSSIAN = "Название;Описание\nКабели для островов;Кто платит за второй кабель и почему это важно\n"
ARABIC = "العنوان;الوصف\nكابلات للجزر;من يدفع ثمن الكابل الثاني ولماذا يهم ذلك كل الناس\n"
CHINESE = "标题;描述\n海岛的电缆;谁为第二条电缆付费以及为什么这很重要\n"
FRENCH = "Titre;Résumé\nCâbles pour les îles;Qui paie le deuxième câble, et pourquoi c’est décidé là\n"


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-16", "utf-16"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "utf-16", "utf-16"),
        (ARABIC, "cp1256", "cp1256"),
        (CHINESE, "gb18030", "gb18030"),
    ],
)
def test_an_encoding_is_told_by_the_bytes(text: str, encoding: str, guessed: str):
    data = text.encode(encoding)

    assert encoding_of(data) == guessed
    table = read_csv(data, NAMES)
    lines = [line.split(";") for line in text.strip().split("\n")]
    assert table.header == tuple(lines[0])
    assert table.rows == [(2, lines[1])]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_separator_is_told_by_the_number_of_cells(mark: str):
    rows = [["Title", "Theme", "Description"], ["A, b; c", "x", 'one\ntwo, "three"'], ["D", "y", "z | t"]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)

    assert separator_of(out.getvalue()) == mark
    assert [cells for _number, cells in read_csv(out.getvalue().encode(), NAMES).rows] == rows[1:]


def test_a_line_that_names_the_separator_is_believed():
    table = read_csv(b"sep=;\r\nTitle;Theme\r\nA,b;c,d\r\n", NAMES)

    assert (table.header, table.rows) == (("Title", "Theme"), [(2, ["A,b", "c,d"])])


def test_rows_keep_their_line_in_the_file():
    table = read_csv(b'Our list of 2017,,\n\nTitle,Theme,\nA,"x\ny",\n,,\nB,z,\n', NAMES)

    assert table.header == ("Title", "Theme")
    assert table.rows == [(4, ["A", "x\ny"]), (7, ["B", "z"])]


def test_what_our_export_quoted_is_unquoted_and_stays_text():
    table = read_csv(b"Title,Theme\n'=1+1,-\n=2+2,'tis\n", NAMES)

    assert [cells for _number, cells in table.rows] == [["=1+1", "-"], ["=2+2", "'tis"]]


def test_a_cell_that_is_too_long_is_cut_and_told():
    table = read_csv(b"Title,Theme\n" + b"x" * (MOST_LETTERS + 5) + b",y\n", NAMES)

    assert len(table.rows[0][1][0]) == MOST_LETTERS
    assert [note.code for note in table.notes] == ["read-as", "cell-cut"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n\n", "empty"),
        (b"Title,Theme\n", "no-rows"),
        (b"just words\nand more\n", "no-headings"),
        (bytes(range(256)) * 40, "no-text"),
        (b"%PDF-1.4\na,b\n", "no-text"),
        (b'Title,Theme\n"' + b"x" * 200_000, "broken-csv"),
        (b"Title,Theme\n" + b"a,b\n" * (MOST_ROWS + 1), "too-many-rows"),
        (b"Title,Theme\n" + b"a," * 500 + b"b\n", "too-many-columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, code: str):
    assert why(read_csv, data) == code


def test_a_spreadsheet_gives_texts_of_its_first_filled_sheet():
    data = sheet(
        [["Title", "Minutes", "Day", "First"], ["A", 90.0, date(2017, 5, 3), True], [None, None, None, None],
         ["B", 1.5, datetime(2017, 5, 3, 10, 30), "#N/A"]],  # noqa: DTZ001 - spreadsheets know no zones
        Rules=[["x"]],
    )  # fmt: skip

    table = read_xlsx(data, NAMES)

    assert table.rows == [(2, ["A", "90", "2017-05-03", "yes"]), (4, ["B", "1.5", "2017-05-03 10:30:00", ""])]
    assert [(note.code, note.values) for note in table.notes] == [("sheet", {"name": "Sheet"})]


def test_formulas_are_never_computed():
    assert read_xlsx(sheet([["Title", "Theme"], ["=1+1", "x"]]), NAMES).rows == [(2, ["", "x"])]


def test_the_size_a_sheet_says_of_itself_is_not_believed():
    data = sheet([["Title", "Theme"], ["A", "x"]])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.read("xl/worksheets/sheet1.xml")

    lied = repacked(data, sheet1=part.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))

    assert read_xlsx(lied, NAMES).rows == [(2, ["A", "x"])]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and nothing", "broken-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old-xls"),
        (repacked(sheet([["Title", "Theme"]]), bomb=b"0" * (xlsx_table.MOST_UNPACKED + 1)), "inflates"),
        (
            repacked(
                sheet([["Title", "Theme"]]), sheet1=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
            ),
            "entities",
        ),
        (repacked(sheet([["Title", "Theme"]]), sheet1=b"<worksheet><sheetData><row>"), "broken-xlsx"),
        (sheet([[None]]), "no-rows"),
        (sheet([["Title", "Theme"], *([["a", "b"]] * (MOST_ROWS + 1))]), "too-many-rows"),
    ],
    ids=["no package", "old", "bomb", "entities", "broken", "empty", "long"],
)
def test_a_hostile_spreadsheet_is_refused(data: bytes, code: str):
    assert why(read_xlsx, data) == code


SUBMISSION = {
    "code": "ABC", "title": "Cables", "abstract": "Why.", "description": "How.", "submission_type": {"en": "Panel"},
    "track": {"fr": "Accès"}, "duration": 60, "content_locale": "en", "tags": ["sea", {"tag": "land"}],
    "state": "submitted", "created": "2017-04-01T10:00:00+02:00",
    "speakers": ["S1", {"code": "S2", "name": "Ben", "email": ""}],
    "answers": [{"question": {"question": {"en": "Outline"}}, "answer": "First this."}],
}  # fmt: skip
SPEAKERS = [
    {"code": "S1", "name": "Amina", "email": "amina@example.org", "submissions": ["ABC"]},
    {"code": "S2", "name": "Benjamin", "email": "ben@example.org", "submissions": ["ABC"]},
]


def test_an_export_of_pretalx_is_a_table():
    table = read_pretalx(json.dumps([SUBMISSION]).encode(), json.dumps({"results": SPEAKERS}).encode())

    assert table.rows == [
        (1, ["ABC", "Cables", "Why.\n\nHow.", "Panel", "Accès", "60", "en", "sea; land", "submitted",
             "2017-04-01T10:00:00+02:00", "Amina", "amina@example.org",
             "Amina <amina@example.org>\nBen <ben@example.org>", "First this."])
    ]  # fmt: skip
    assert table.header[-1] == "Outline"
    assert table.fields is not None
    assert len(table.fields) == len(table.header)


def test_what_no_database_keeps_is_taken_out():
    hostile = {**SUBMISSION, "title": "A\0\ud800B" + "x" * 40_000, "answers": []}

    row = read_pretalx(json.dumps([hostile]).encode()).rows[0][1]

    assert row[1].startswith("A?Bxx")
    assert len(row[1]) == MOST_LETTERS - 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[{", "no-json"),
        (b"[" * 100_000, "no-json"),
        (b"[]", "no-pretalx"),
        (b"[1]", "no-pretalx"),
        (b'[{"code": "A"}]', "no-pretalx"),
        (json.dumps(SPEAKERS).encode(), "only-speakers"),
    ],
)
def test_another_json_is_refused(data: bytes, code: str):
    with pytest.raises(Unreadable) as caught:
        read_pretalx(data)

    assert caught.value.note.code == code
