"""Counts words as the form does while somebody types (`proposal.js`): the two have to agree. Pure."""

import re

# Chinese, Japanese and the like are written without spaces: each sign counts as a word.
_SIGNS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\s{_SIGNS}]*[^\W_][^\s{_SIGNS}]*")


def count_words(text: str) -> int:
    """Count the words of a text: what stands between spaces and holds a letter or a digit, and each Chinese sign."""
    return sum(1 for _word in _WORD.finditer(text))
