"""Make the fonts that documents ship with, from Debian's packages fonts-noto-core and fonts-noto-cjk.

python tools/subset_fonts.py [--from /usr/share/fonts] [--check]   # --check: compare, write nothing

The same source files and the same fontTools give the same bytes. What is kept: whole scripts without hints and without
small capitals; of Chinese, Japanese and Korean the characters of the national standards for everyday use.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parents[1] / "src/convenor/shared/documents/fonts"
WITH_WEIGHTS = ("NotoSansArabic", "NotoSansDevanagari", "NotoSansEthiopic")
# One weight is enough for names: bold falls back to it.
REGULAR_ONLY = (
    "Armenian", "Bengali", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam",
    "Myanmar", "Oriya", "Sinhala", "Symbols", "Symbols2", "Tamil", "Telugu", "Thaana", "Thai", "Tifinagh",
)  # fmt: skip
SIMPLIFIED_CHINESE = 2  # its place in the collection
MOST_BYTES = 9_000_000
# Latin has many features that no document of ours asks for; other scripts need theirs to be legible.
LATIN_FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga"]


def main() -> None:
    """Write the fonts, or compare them with what stands there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--from", dest="source", type=Path, default=Path("/usr/share/fonts"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    total, different = 0, []
    for name, data in made(options.source):
        total += len(data)
        path = FONTS / name
        if options.check:
            different += [name] if not path.exists() or path.read_bytes() != data else []
        else:
            path.write_bytes(data)
        print(f"{name:36}{len(data) / 1000:8.0f} kB")
    print(f"{'together':36}{total / 1000:8.0f} kB, {MOST_BYTES / 1000:.0f} allowed")
    if different or total > MOST_BYTES:
        sys.exit(f"different: {', '.join(different)}" if different else "too large")


def made(source: Path) -> Iterator[tuple[str, bytes]]:
    """Give each file's name and bytes."""
    noto = source / "truetype/noto"
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        yield f"NotoSans-{style}.ttf", cut(TTFont(noto / f"NotoSans-{style}.ttf"), features=LATIN_FEATURES)
    for family in WITH_WEIGHTS:
        for style in ("Regular", "Bold"):
            yield f"{family}-{style}.ttf", cut(TTFont(noto / f"{family}-{style}.ttf"))
    for script in REGULAR_ONLY:
        yield f"NotoSans{script}-Regular.ttf", cut(TTFont(noto / f"NotoSans{script}-Regular.ttf"))
    for style, kept in (("Regular", everyday_east_asian()), ("Bold", everyday_chinese())):
        collection = TTCollection(source / f"opentype/noto/NotoSansCJK-{style}.ttc", lazy=True)
        yield f"NotoSansCJKsc-{style}.otf", cut(collection.fonts[SIMPLIFIED_CHINESE], kept, features=["ccmp"])


def cut(font: TTFont, characters: Iterable[int] | None = None, features: list[str] | None = None) -> bytes:
    """Keep the characters (None: all) and features (None: all) of a font."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = features or ["*"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # copyright, names, version, licence
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if characters is None else characters)
    subsetter.subset(font)
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def everyday_chinese() -> set[int]:
    """Give the first level of GB 2312, punctuation and full-width forms."""
    return encoded("gb2312", 0xA1, 0xD7) | punctuation()


def everyday_east_asian() -> set[int]:
    """Give GB 2312, the first levels of Big5 and JIS X 0208, and the syllables of KS X 1001."""
    return (
        encoded("gb2312", 0xA1, 0xF7)
        | encoded("big5", 0xA4, 0xC6)
        | encoded("euc_jp", 0xA1, 0xCF)
        | encoded("euc_kr", 0xB0, 0xC8)
        | punctuation()
    )


def punctuation() -> set[int]:
    """Give ASCII, signs of Chinese and Japanese writing, kana, and full-width forms."""
    return {*range(0x20, 0x7F), *range(0x2010, 0x2028), *range(0x3000, 0x3100), *range(0xFF00, 0xFFEF)}


def encoded(encoding: str, first: int, last: int) -> set[int]:
    """Give what an encoding of two bytes holds in its rows `first` to `last`."""
    pairs = (bytes([row, cell]) for row in range(first, last + 1) for cell in range(0x40, 0xFF))
    return {ord(letter) for pair in pairs for letter in pair.decode(encoding, "ignore") if not letter.isascii()}


if __name__ == "__main__":
    main()
