"""RTF: paragraphs, rows, written-out numbers, letters of other encodings; what belongs to the file is left out."""

from convenor.meetings.formats import text_of

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\colortbl;\red1;}"
    r"{\stylesheet{\s1 Normal;}}{\*\generator Word;}{\info{\title Secret}}{\header Page header\par}"
)


def _lines(body: str) -> list[str]:
    return text_of(f"{HEAD}{body}}}".encode("ascii")).split("\n")


def test_paragraphs_and_line_breaks_are_lines():
    assert _lines(r"\pard Agenda\par\pard\li360 One\line two\par") == ["Agenda", "  One", "  two"]


def test_letters_are_read_in_their_encodings():
    assert _lines(r"S\'e9ance \u8211 ? 10:00 \f1\'cf\'e5\'f0\'e2\'fb\'e9\f0  \endash\~x\par") == [
        "Séance – 10:00 Первый –\xa0x"
    ]


def test_numbers_of_lists_are_those_written_out():
    assert _lines(r"\pard{\listtext\f0 1.\tab}{\*\pn\pnlvlbody}\ls1 Welcome\par{\listtext 2.\tab}Close\par") == [
        "1.\tWelcome",
        "2.\tClose",
    ]


def test_rows_of_tables_are_cells_parted_by_tabs():
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row"

    assert _lines(row.format("10:00", r"1. A\par 2. B") + row.format("11:00", "3. C") + r"\pard After\par") == [
        "10:00\t1. A",
        "\t2. B",
        "11:00\t3. C",
        "After",
    ]


def test_instructions_notes_hidden_and_deleted_words_are_left_out():
    gone = r"{\footnote note}{\v hidden}{\deleted gone}{\*\unknown x}"
    body = r"{\field{\*\fldinst HYPERLINK x}{\fldrslt Link}}" + gone + r" end\par"

    assert _lines(body) == ["Link end"]
