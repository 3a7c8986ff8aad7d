"""Mends text that was UTF-8 and was once read as Windows-1252 ("â€“" for "–"), where that is certain."""

import re

# How the bytes 80 to BF look in Windows-1252; five of them are no sign there and come through as controls.
_TRAIL = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xC0))
_TAIL = f"[{re.escape(_TRAIL)}]"
_SEEN = re.compile(f"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}}")
_LONG = 3


def mended(text: str) -> str:
    """Return the text with such sequences mended.

    Three signs that make one character are no accident ("â€™"). Two ("Ã©") are only mended where the text has
    at least two of them and every one makes a letter, a mark or a space, so that it was read wrongly as a whole.
    """
    found = _SEEN.findall(text)
    if not found:
        return text
    pairs = [mark for mark in found if len(mark) < _LONG]
    wrong = len(pairs) > 1 and all(_plausible(_original(mark)) for mark in pairs)
    return _SEEN.sub(lambda match: _mend(match[0], pairs_too=wrong or len(found) > len(pairs) > 0), text)


def _mend(mark: str, *, pairs_too: bool) -> str:
    original = _original(mark)
    return original if original and (len(mark) >= _LONG or (pairs_too and _plausible(original))) else mark


def _original(mark: str) -> str:
    try:
        return b"".join(_byte(sign) for sign in mark).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(sign)])


def _plausible(original: str) -> bool:
    return len(original) == 1 and (original.isalpha() or original in "\xa0«»°º·§©®–’")
