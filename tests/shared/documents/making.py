"""Documents for the tests of every writer."""

from datetime import UTC, datetime

from convenor.shared.documents import Block, Document, Figure, Heading, Item, Listing, PageBreak, Paragraph, Run, Table

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
# Arabic, Chinese, Devanagari, Ethiopic, an emoji that the fonts have and one that they have not.
NAME = "محمد 王小明 देवनागरी አማርኛ 🌍 🥇"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><rect width="50" height="9"/>'
    '<text x="5" y="18" font-size="8">Half</text></svg>'
)
TABLE = Table(("Name", "Seats"), (("Room K", "60"), ("Room A", "1,000")), "Rooms", ("start", "end"))
WHOLE = (
    Heading("First"),
    Paragraph(
        (
            Run("plain "),
            Run("bold", bold=True),
            Run(" italic", italic=True),
            Run(" there", link="https://example.org/x"),
        )
    ),
    Heading("Below", level=2),
    Listing((Item((Run("two"),), "2.", (Item((Run("a point"),), "a)"),)), Item((Run("deep"),), "A2.3"))),
    Listing(
        (
            Item(
                (Run("bullet"),),
                "",
                (
                    Item(
                        (Run("inner"),),
                    ),
                ),
            ),
        )
    ),
    TABLE,
    Figure(SVG, "A bar of one half", TABLE),
    PageBreak(),
    Paragraph.of("the end"),
)


def document(
    *blocks: Block, title: str = "Agenda", language: str = "en", direction: str = "ltr", at: datetime = AT
) -> Document:
    """Make a document of some parts."""
    return Document(
        title=title,
        language=language,
        direction="rtl" if direction == "rtl" else "ltr",
        at=at,
        blocks=blocks,
        author="The secretariat",
        subject="What is on the table",
    )


def said(text: str) -> Document:
    """Make a document that says a text wherever a text can stand."""
    return document(
        Heading(text),
        Paragraph((Run(text), Run(text, bold=True, italic=True))),
        Listing((Item((Run(text),), text[:20]),)),
        Table((text, "b"), ((text, "c"),), text),
        title=text,
    )
