"""Fill the columns of names of countries that come from the Unicode CLDR: Spanish, Russian and simplified Chinese.

python tools/country_names.py [--check]   # --check: compare, write nothing

English, French and Arabic are our own table and stay as they are. The others are the short names of the CLDR as Babel
brings them. Where its short name is another than the one the United Nations use, and our English column follows the
United Nations, the name is written out here (`OWN`).
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from babel import Locale, __version__

TABLE = Path(__file__).resolve().parents[1] / "src/convenor/people/data/countries.json"
COLUMNS = ("en", "fr", "ar", "es", "ru", "zh")
FROM_CLDR = {"es": "es", "ru": "ru", "zh": "zh_Hans"}
OWN: Mapping[str, Mapping[str, str]] = {
    "es": {
        "BN": "Brunei Darussalam",
        "CD": "Congo (República Democrática)",
        "FK": "Islas Malvinas (Falkland Islands)",
        "HK": "Hong Kong",
        "KP": "Corea (República Popular Democrática)",
        "KR": "Corea (República)",
        "LA": "República Democrática Popular Lao",
        "MM": "Myanmar",
        "MO": "Macao",
        "PS": "Palestina",
        "RU": "Federación de Rusia",
        "SY": "República Árabe Siria",
        "US": "Estados Unidos de América",
        "VA": "Santa Sede",
        "VN": "Viet Nam",
    },
    "ru": {
        "BN": "Бруней-Даруссалам",
        "CD": "Конго (Демократическая Республика)",
        "CG": "Конго",
        "CV": "Кабо-Верде",
        "FK": "Фолклендские (Мальвинские) острова",
        "HK": "Гонконг",
        "KP": "Корея (Народно-Демократическая Республика)",
        "KR": "Корея (Республика)",
        "LA": "Лаосская Народно-Демократическая Республика",
        "MM": "Мьянма",
        "MO": "Макао",
        "PS": "Палестина",
        "RU": "Российская Федерация",
        "SY": "Сирийская Арабская Республика",
        "US": "Соединенные Штаты Америки",
        "VA": "Святой Престол",
    },
    "zh": {
        "BN": "文莱达鲁萨兰国",
        "CD": "刚果（民主共和国）",
        "CG": "刚果",
        "FK": "福克兰群岛（马尔维纳斯）",
        "HK": "中国香港",
        "KP": "朝鲜民主主义人民共和国",
        "KR": "大韩民国",
        "LA": "老挝人民民主共和国",
        "MO": "中国澳门",
        "PS": "巴勒斯坦",
        "RU": "俄罗斯联邦",
        "SY": "阿拉伯叙利亚共和国",
        "US": "美利坚合众国",
        "VA": "教廷",
    },
}
WHOLE = (("о-ва", "острова"), ("о-в", "остров"))  # short forms of the Russian names, written out


def main() -> None:
    """Write the table, or compare it with what stands there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    before = TABLE.read_text("utf-8")
    after = written(filled(json.loads(before)))
    if options.check:
        sys.exit(None if before == after else f"{TABLE.name} is not what this tool makes with Babel {__version__}")
    TABLE.write_text(after, "utf-8")
    print(f"{len(json.loads(after))} countries in {len(COLUMNS)} languages, CLDR of Babel {__version__}")


def filled(table: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give the table with the columns that the CLDR fills."""
    kept = len(COLUMNS) - len(FROM_CLDR)
    found = {language: Locale.parse(name).territories for language, name in FROM_CLDR.items()}
    return {
        code: [*names[:kept], *(whole(OWN[one].get(code, found[one][code])) for one in FROM_CLDR)]
        for code, names in sorted(table.items())
    }


def whole(name: str) -> str:
    """Write short forms out, and begin with a capital."""
    for short, long in WHOLE:
        name = name.replace(short, long)
    return name[:1].upper() + name[1:]


def written(table: Mapping[str, list[str]]) -> str:
    """Write one country a line."""
    lines = (f"{json.dumps(code)}: {json.dumps(names, ensure_ascii=False)}" for code, names in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
