"""The language of a text among the six of the interface, by its script and its commonest words.

Pure and deterministic; no model, no list of other languages: a text in Persian or Ukrainian is not told from Arabic or
Russian by script alone, so a script counts only together with words of the language where it is shared.
"""

import re
from collections import Counter

FEWEST_LETTERS, FEWEST_WORDS = 12, 3
SHARE, LEAD = 0.5, 1.5
MOST_CHARACTERS = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is for on with by at from this that will be are as an or its which not",
        "fr": "le la les de des du et à au aux en un une est pour dans sur par avec que qui sera sont ce cette ou",
        "es": "el la los las de del y a al en un una es para por con que se será son este esta o su lo como",
        "ar": "في من على إلى عن مع هذا هذه التي الذي و أو أن ما بين كل بعد قبل ال",
        "ru": "и в на с по для не что из к от о об до за при как это или его их будет все",
    }.items()
}


def guess_language(text: str) -> str | None:
    """Give the code of a text's language, or None where it is too short, mixed, or none of the six.

    Han characters make most of a Chinese text, unless kana or hangul stand among them. Else the language is
    that whose commonest words are most frequent, half again as frequent as those of the next.
    """
    text = text[:MOST_CHARACTERS]
    letters = _LETTER.findall(text)
    if len(letters) < FEWEST_LETTERS:
        return None
    if len(_HAN.findall(text)) > SHARE * len(letters):
        return None if len(_KANA_OR_HANGUL.findall(text)) > len(letters) / 20 else "zh-hans"
    words = Counter(_WORD.findall(text.casefold()))
    found = sorted(((sum(words[word] for word in known), code) for code, known in STOP_WORDS.items()), reverse=True)
    (most, code), (second, _other) = found[0], found[1]
    return code if most >= FEWEST_WORDS and most >= LEAD * second else None
