"""Numbers as lists print them: figures, letters, Roman."""

LETTERS, MOST = 26, 3_999
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"

_ALPHABETS = {
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": _ALPHABET,
    "arabicAbjad": _ABJAD,
}


def letter(number: int) -> str:
    """Return a, b … z, aa, bb … as word processors count."""
    if not 1 <= number <= MOST:
        return str(number)
    return chr(97 + (number - 1) % LETTERS) * min((number - 1) // LETTERS + 1, 9)


def roman(number: int) -> str:
    """Return i, ii, iii, iv …"""
    if not 1 <= number <= MOST:
        return str(number)
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def nth_of(alphabet: str, number: int) -> str:
    """Return the letter of another alphabet, or the figure where it has no such letter."""
    return alphabet[number - 1] if 1 <= number <= len(alphabet) else str(number)


def numeral(number: int, style: str) -> str:
    """Return a number in a style of lists, by the names of the word processor's format; figures where unknown."""
    if style in _ALPHABETS:
        return nth_of(_ALPHABETS[style], number)
    if style in ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman"):
        said = letter(number) if style.endswith("Letter") else roman(number)
        return said.upper() if style.startswith("upper") else said
    if style == "none":
        return ""
    return f"{number:02d}" if style == "decimalZero" else str(number)
