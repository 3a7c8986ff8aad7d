"""Names as people type them, made safe to print beside other words."""

import re
import unicodedata

# Marks that reorder or hide the text after them; joiners and the plain direction marks stay, names need them.
_MISLEADING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF, 0x200B])


def tidy_name(text: str) -> str:
    """Give a name in composed form, on one line, without control characters or direction overrides.

    Letters, digits and punctuation of every script stay as typed; nothing is escaped, that is the page's work.
    The result of a result is the same result.
    """
    text = re.sub(r"\s+", " ", text).translate(_MISLEADING)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn"))
    return re.sub(r" +", " ", unicodedata.normalize("NFC", text)).strip()
