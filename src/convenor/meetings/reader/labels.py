"""Printed labels of items ("1", "4.1", "a", "IV", "A.2", "PL 2.9"), bullets, and items glued on one line."""

import re
from dataclasses import dataclass
from itertools import pairwise

from convenor.meetings.reader.runs import EMPTY, Run

NUMBER, LOWER, UPPER, ROMAN_LOWER, ROMAN_UPPER, SERIES, MIXED, WORD, HAN = (
    "number", "lower", "upper", "roman", "ROMAN", "series", "mixed", "word", "han",
)  # fmt: skip
SHORT = 2
_HAN = "一二三四五六七八九"
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "أبجدهوزحطيكلمن", "абвгдежзиклмнопрст")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SERIES = re.compile(r"(?P<label>[A-Z]{1,4} ?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(?=[A-Z•\s(\"“'])\s*")
_WORD = re.compile(
    r"(?P<word>(?:[^\W\d_]{3,20}|[A-Z]{2})(?:\s[^\W\d_]{3,12})?)\s?(?:n[o.°º]{0,2}|nr\.?|№|#)?\s?(?P<number>\d{1,2}|[IVX]{1,5})"
    r"(?=\s?(?P<close>[:：.–—-])(?:\s|$))"
)
_CLOSED = re.compile(
    r"[(\[（]?(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}(?:\.?[a-z])?|[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6}|[A-Z]\.?\d{1,2}"
    r"(?:\.\d{1,2})?|[а-яА-Яأ-ي](?=\s?[)）])|[一二三四五六七八九十]{1,3}(?=[、）)]))(?P<close>\s?[)\]）、]|\.\)?(?=\s|[A-Z(\"“'«¿¡]|$)|\.-|:(?=\s)|\s[–—-](?=\s))\s*"
)
_DOTTED = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,3}){1,4}|[A-Z]\.\d{1,2}(?:\.\d{1,2})?)(?P<close>)\s+(?=\S)")
_BARE = re.compile(r"(?P<label>\d{1,2})(?P<close>)\s+(?=[A-ZÀ-ÖØ-Þ\"“«¿¡])")
_BULLET = re.compile(r"(?P<mark>[•·●○◦▪■□▫►▸‣⁃∙➢➤✓✔❖♦]|[-–—*+](?=\s)|o(?=\s+[\w\"“(]))\s*")
_INLINE_LETTER = re.compile(r"(?:(?<=[a-z,;:.)])|(?<=\s)|^)\(?([a-z])\)\s*(?=\S)")
_INLINE_NUMBER = re.compile(r"(?<=\s)\(?(\d{1,2})[.)]\s*(?=[^\W\d_])")
_INLINE_BULLET = re.compile(r"(?<=\s)([•●▪◦○]|o(?=\s+[A-ZÀ-Þ]))\s+(?=\S)|(?<=[^\s])([•●▪])\s*(?=\S)")
_INLINE_BULLET_O = re.compile(r"(?<=\s)([•●▪◦○]|o(?=\s+[A-Za-zÀ-ÿ\"“(]))\s+(?=\S)|(?<=[^\s])([•●▪])\s*(?=\S)")
_O_AFTER = re.compile(r"(?:\d\s?min\.?|[:;.)])\s+$")
_ROMANCE = re.compile(r"\b(?:de|da|do|dos|das|que|os|um|uma|el|la|los|las|il|di|del|della|una|uno)\b", re.I)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label at the head of a text: what it says, its kind and order, and where the title begins.

    `inner` says that its series restarts inside the one above and that this one goes on afterwards; `style` are the
    brackets around it: "", ")" or "()".
    """

    label: Run
    kind: str
    order: tuple[int, ...]
    title: Run
    inner: bool = False
    style: str = ""


def label_of(run: Run, *, bare: bool = False) -> Labelled | None:
    """Return the label the text begins with, or None; `bare` accepts a number with no mark after it."""
    text = run.text
    if match := _SERIES.match(text):
        numbers = tuple(int(number) for number in re.findall(r"\d+", match["label"]))
        return Labelled(run.cut(*match.span("label")), SERIES, numbers, run.cut(match.end()))
    match = _CLOSED.match(text) or _DOTTED.match(text) or (_BARE.match(text) if bare else None)
    if not match or _is_abbreviation(text, match):
        return None
    kind, order = sense(match["label"])
    closed = match["close"].strip() in (")", "）", "]")
    style = ("()" if match.start("label") else ")") if closed else ""
    return Labelled(run.cut(*match.span("label")), kind, order, run.cut(match.end()), style=style)


def word_label(run: Run) -> tuple[str, Labelled] | None:
    """Return the word with a number that a text begins with ("Session 2:", "Item 3 -"), and how it counts.

    The word stays in the title: the label is empty.
    """
    match = _WORD.match(run.text)
    if not match:
        return None
    number = match["number"]
    order = int(number) if number.isdigit() else roman(number)
    return match["word"].casefold(), Labelled(EMPTY, WORD, (order,), run)


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    """Say whether the supposed label is an initial ("J. Smith", "A - B"), a bracketed number or a clock."""
    label, close = match["label"], match["close"]
    if "–" in close or "—" in close or "-" in close.strip("."):
        follows = text[match.end() : match.end() + 1]
        return not (re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}", label) and not follows.islower())
    if close == ":" and label.islower():
        return True
    if (
        label.isalpha()
        and len(label) == 1
        and close == "."
        and re.match(r"[A-Z]\.(?:[A-Z]\.)*\s+[A-Z]", text[match.end() :])
    ):
        return True
    if close == "" and label.count(".") == 1 and re.match(r"(?:\d+\.\d+)\s+(?:is|was|of|million|billion)\b", text):
        return True
    return label.isdigit() and label.startswith("00")


def sense(label: str) -> tuple[str, tuple[int, ...]]:
    """Return the kind and order of a label, printed or typed; one of no known kind is mixed."""
    if label.isdecimal():
        return NUMBER, (int(label),)
    if all(sign in _HAN or sign == "十" for sign in label):
        return HAN, (_han(label),)
    if len(label) == 1:
        return (UPPER if label.isupper() else LOWER), (_letter(label.casefold()),)
    if all(letter in _ROMAN_VALUES for letter in label.lower()):
        return (ROMAN_LOWER if label.islower() else ROMAN_UPPER), (roman(label),)
    return _mixed_sense(label)


def _mixed_sense(label: str) -> tuple[str, tuple[int, ...]]:
    if re.fullmatch(r"\d+(?:\.\d+)*\.?", label):
        numbers = [int(number) for number in label.split(".") if number]
        return NUMBER, tuple(numbers[:-1] if len(numbers) > 1 and not numbers[-1] else numbers)
    if re.fullmatch(r"\d+(?:\.\d+)*\.?[^\W\d_]", label):
        head, letter = label[:-1].rstrip("."), label[-1]
        return NUMBER, (*(int(number) for number in head.split(".")), ord(letter) - 96)
    return MIXED, (ord(label.lower()[0]) - 96, *(int(number) for number in re.findall(r"\d+", label)))


def _letter(letter: str) -> int:
    """Return the place of a letter in its alphabet."""
    alphabet = next((letters for letters in _ALPHABETS if letter in letters), "")
    return alphabet.find(letter) + 1


def _han(label: str) -> int:
    """Return the value of a Chinese number up to 99."""
    tens, ten, ones = label.rpartition("十")
    return (10 * (_HAN.find(tens) + 1 if tens else 1) if ten else 0) + (_HAN.find(ones) + 1 if ones else 0)


def roman(label: str) -> int:
    """Return the value of a Roman number."""
    values = [_ROMAN_VALUES[letter] for letter in label.lower()]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def bullet_of(run: Run) -> tuple[str, Run] | None:
    """Return the bullet the text begins with and the text after it, or None."""
    match = _BULLET.match(run.text)
    if not match or match.end() == len(run.text):
        return None
    if match["mark"] == "o" and run.text[match.end()].islower() and _ROMANCE.search(run.text):
        return None
    return match["mark"], run.cut(match.end())


def parts(run: Run, after: Labelled | None = None, bullet: str = "") -> list[Run]:
    """Cut a text where a series of labels or bullets stands inside it: "Title a) One b) Two" → three.

    `after` and `bullet` were taken off the text: the series may go on with them.
    """
    for pattern in (_INLINE_NUMBER, _INLINE_LETTER):
        places = _series(run.text, pattern, after)
        if places:
            return [inner for part in _cut(run, places) for inner in parts(part)]
    pattern = _INLINE_BULLET if _ROMANCE.search(run.text) else _INLINE_BULLET_O
    places = [match.start() for match in pattern.finditer(run.text)]
    letters = sum(1 for place in places if run.text[place] == "o")
    if places and (len(places) > letters or letters > 1 or bullet == "o" or _O_AFTER.search(run.text[: places[0]])):
        return _cut(run, places)
    return [run]


def _cut(run: Run, places: list[int]) -> list[Run]:
    edges = [0, *places, len(run.text)]
    cut = [run.cut(left, right).strip() for left, right in pairwise(edges)]
    return [part for part in cut if part]


def _series(text: str, pattern: re.Pattern[str], after: Labelled | None) -> list[int]:
    """Return where the labels of one unbroken series stand that begins with the first label of its kind.

    One label alone is a series only when it is a letter in the middle of a text ("Statements a) Opening").
    """
    places: list[int] = []
    expected = 0
    head = after or label_of(Run(text, ()))
    if head and head.kind == (NUMBER if pattern is _INLINE_NUMBER else LOWER) and len(head.order) == 1:
        expected = head.order[0]
    for match in pattern.finditer(text):
        order = int(match[1]) if match[1].isdigit() else ord(match[1]) - 96
        glued = match.start() > 0 and text[match.start() - 1].isalpha()
        if order == expected + 1 and match.start() and not (glued and order == 1):
            places.append(match.start())
            expected = order
        elif match.start() == 0:
            expected = order
    alone = pattern is _INLINE_LETTER or expected > 1
    return places if alone else []
