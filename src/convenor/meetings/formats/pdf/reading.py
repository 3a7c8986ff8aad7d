"""PDF → text in this very process; `text_of_pdf` does it in another one, with limits."""

from convenor.meetings.formats.layout import text_of_blocks
from convenor.meetings.formats.pdf.assembly import blocks_of
from convenor.meetings.formats.pdf.opening import pages_of


def text_here(data: bytes) -> str:
    """Return the text of a PDF.

    Raises:
        Unreadable: it is damaged or protected, has no text, or too much.
    """
    return text_of_blocks(blocks_of(pages_of(data)))
