"""Measure the language of edits: finding parts again, the steps to the next version, doing them, saying them.

Two invented versions of an agenda share no title; words are few (many titles are alike) or many. `--json` prints the
same figures as JSON.
"""

import json
import random
import sys
import time

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import adopt, apply, differences, keyed, keys_in, operations_between

SIZES, WORDS_IN_TITLE, ITEMS_IN_BLOCK = (40, 400, 4_000), 6, 5


def invented(items: int, words: int, seed: int) -> Agenda:
    """Invent an agenda of one day whose titles are made of so many different words."""
    chance = random.Random(seed)
    known = [f"word{number}" for number in range(words)]
    made = tuple(Item(str(at), " ".join(chance.choices(known, k=WORDS_IN_TITLE))) for at in range(items))
    blocks = (made[at : at + ITEMS_IN_BLOCK] for at in range(0, items, ITEMS_IN_BLOCK))
    return keyed(Agenda("Meeting", days=(Day("2017-06-12", blocks=tuple(Block(None, None, items=b) for b in blocks)),)))


def measured(items: int, words: int) -> dict[str, float]:
    """Measure one size, in milliseconds."""
    before, after = invented(items, words, 1), invented(items, words, 2)
    moments = [time.perf_counter()]

    def lap() -> float:
        moments.append(time.perf_counter())
        return round((moments[-1] - moments[-2]) * 1000, 1)

    found = keyed(adopt(before, after), apart_from=keys_in(before))
    spent = {"items": items, "words": words, "adopt": lap()}
    steps = operations_between(before, found)
    spent |= {"steps": len(steps), "operations_between": lap()}
    apply(before, *steps)
    spent["apply"] = lap()
    differences(before, found)
    return {**spent, "differences": lap()}


def main() -> None:
    """Print the table."""
    rows = [measured(items, words) for items in SIZES for words in (9, max(9, items // 4))]
    if "--json" in sys.argv:
        print(json.dumps(rows, indent=1))
        return
    print("  ".join(f"{name:>18}" for name in rows[0]))
    for row in rows:
        print("  ".join(f"{value:>18}" for value in row.values()))


if __name__ == "__main__":
    main()
