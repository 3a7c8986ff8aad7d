"""What people write for groups, regions, roles, countries and days, read into our codes.

Every reader gives the code, or None where the words say nothing known. Spellings are compared without case, accents,
punctuation and filler words; names of countries in every language that we have names in.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from convenor.people.countries import LANGUAGES, country_names
from convenor.people.models import Group
from convenor.people.plainwords import bare
from convenor.people.roles import Role

_GROUPS = {
    Group.GOVERNMENT: "gov|govt|government|governments|governmental|government sector|public sector|"
    "gouvernement|gobierno|правительство|государственный сектор|政府|الحكومة|حكومة|القطاع العام",
    Group.INTERGOVERNMENTAL: "igo|igos|intergovernmental|intergovernmental organisation|intergovernmental organization|"
    "intergovernmental organisations|intergovernmental organizations|inter governmental organisation|"
    "inter governmental organization|international organisation|international organization|io|"
    "organisation intergouvernementale|organizacion intergubernamental|oig|"
    "межправительственная организация|мпо|政府间组织|منظمة حكومية دولية|المنظمات الحكومية الدولية",
    Group.PRIVATE: "prv|private|private sector|business|business sector|industry|business community|company|"
    "secteur prive|sector privado|частный сектор|бизнес|私营部门|企业|القطاع الخاص",
    Group.CIVIL: "civ|cs|cso|ngo|civil|civil society|civil society organisation|civil society organization|"
    "academia civil society|societe civile|sociedad civil|гражданское общество|нпо|民间社会|公民社会|المجتمع المدني",
    Group.TECHNICAL: "tec|tech|technical|technical community|technical academic|technical academic community|"
    "internet technical community|academic technical community|communaute technique|comunidad tecnica|"
    "техническое сообщество|технические круги|技术社群|技术界|المجتمع التقني|الأوساط التقنية",
}
_REGIONS = {
    "af": "af|africa|african|african group|african states|afrique|african region|groupe africain|grupo africano|африка|"
    "группа африканских государств|非洲|非洲集团|أفريقيا|المجموعة الأفريقية",
    "ap": "ap|asia|asia pacific|asian pacific|asia pacific group|asia pacific region|asian|asian group|apac|"
    "asia pacific states|groupe asie pacifique|grupo asia pacifico|азиатско тихоокеанская группа|亚洲太平洋|亚太集团|"
    "مجموعة آسيا والمحيط الهادئ",
    "ee": "ee|eeg|eastern europe|eastern european|eastern european group|east europe|"
    "groupe europe orientale|grupo europa oriental|восточная европа|восточноевропейская группа|东欧|东欧集团|"
    "مجموعة أوروبا الشرقية",
    "lac": "lac|grulac|latin america|latin america caribbean|latin american caribbean|latin american caribbean group|"
    "latin american caribbean region|lacralo|groupe amerique latine caraibes|america latina caribe|"
    "grupo america latina caribe|латинская америка карибский бассейн|拉丁美洲加勒比|"
    "拉丁美洲和加勒比|مجموعة أمريكا اللاتينية والكاريبي",
    "weo": "weo|weog|western europe|western european|western europe others|western european others|"
    "western european others group|western europe others group|west europe others|groupe europe occidentale autres|"
    "grupo europa occidental otros|западная европа|западноевропейские другие государства|西欧|西欧和其他国家|"
    "مجموعة أوروبا الغربية ودول أخرى",
}
_ROLES = {
    Role.SECRETARIAT: "secretariat|secretary|staff|secretariat staff|secretariado|secretaria|"
    "секретариат|秘书处|الأمانة",
    Role.CHAIR: "chair|chairman|chairwoman|chairperson|mag chair|committee chair|chair committee|co chair|president|"
    "presidencia|председатель|主席|رئاسة اللجنة|رئيس",
    Role.MEMBER: "member|mag member|committee member|mag|membre|miembro|член|член комитета|委员|成员|عضو|عضو في اللجنة",
    Role.FACILITATOR: "facilitator|lead facilitator|facilitator main session|main session facilitator|co facilitator|"
    "координатор|ведущий координатор|协调人|牵头协调人|الميسر الرئيسي",
    Role.RAPPORTEUR: "rapporteur|meeting rapporteur|rapporteur meeting|minutes taker|minute taker|relator|relatora|"
    "rapporteuse|докладчик|报告员|المقرر",
    Role.LEAD: "lead|activity lead|lead activity|coordinator|co ordinator|bpf lead|steward",
    Role.HOST: "host|host country|host country representative|pays hote|pais anfitrion|принимающая страна|"
    "东道国|البلد المضيف",
    Role.OBSERVER: "observer|mag observer|observateur|observador|наблюдатель|观察员|مراقب",
}
_COUNTRIES = {  # beside the short names of our table
    "GB": "uk|united kingdom great britain northern ireland|great britain|england|соединенное королевство",
    "US": "usa|united states|united states america|us|etats unis|estados unidos|eeuu|ee uu|сша|соединенные штаты|美国|"
    "الولايات المتحدة",
    "RU": "russia|russian federation|russie|rusia|россия|рф|俄罗斯|روسيا",
    "KR": "korea|south korea|republic korea|coree sud|corea sur|республика корея|южная корея|韩国|كوريا الجنوبية",
    "KP": "north korea|democratic peoples republic korea|coree nord|corea norte|кндр|朝鲜|كوريا الشمالية",
    "IR": "iran|islamic republic iran",
    "TZ": "tanzania|united republic tanzania",
    "VN": "viet nam|vietnam",
    "CZ": "czech republic|czechia",
    "SZ": "eswatini|swaziland",
    "MK": "macedonia|north macedonia",
    "CI": "cote divoire|ivory coast|cote d ivoire",
    "CD": "drc|dr congo|democratic republic congo|rdc|republica democratica congo|демократическая республика конго|"
    "刚果民主共和国|刚果 金",
    "CV": "cape verde|cabo verde",
    "BO": "bolivia|plurinational state bolivia",
    "VE": "venezuela|bolivarian republic venezuela",
    "SY": "syria|syrian arab republic|syrie|siria|сирия|叙利亚|سوريا",
    "LA": "laos|lao pdr|лаос|老挝|لاوس",
    "MD": "moldova|republic moldova",
    "TR": "turkey|turkiye",
    "NL": "netherlands|holland",
    "AE": "uae|united arab emirates",
    "CN": "china|prc|peoples republic china",
    "TW": "taiwan",
    "HK": "hong kong|香港",
    "MO": "macau|澳门",
    "VA": "vatican|vatican city|ciudad vaticano|ватикан|梵蒂冈|الفاتيكان",
    "PS": "palestine|state palestine|estado palestina|государство палестина|دولة فلسطين",
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MONTHS = 12


def group_of(text: str) -> str | None:
    """Read a stakeholder group."""
    return spelled("groups").get(bare(text))


def region_named(text: str) -> str | None:
    """Read a regional group."""
    return spelled("regions").get(bare(text))


def role_of(text: str) -> str | None:
    """Read a role that is held by a term."""
    return spelled("roles").get(bare(text))


def country_of(text: str) -> str | None:
    """Read a country: its code of two letters, or its name in one of our languages."""
    code = text.strip().upper()
    return code if code in country_names("en") else spelled("countries").get(bare(text))


def day_of(text: str, *, is_last: bool) -> date | None:
    """Read a day: 2017-03-01, 1.3.2017, 31/03/2017, or a year, which is its first or last day.

    Raises:
        ValueError: it is no day, or it can be read in two ways, such as 03/04/2017.
    """
    text = text.strip()
    if not text:
        return None
    if text.isdecimal() and len(text) == len("2017"):
        return date(int(text), 12, 31) if is_last else date(int(text), 1, 1)
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
        return date(year, month, day)
    if match := _NUMBERS.fullmatch(text):
        first, second, year = map(int, match.groups())
        if first > _MONTHS or first == second or "." in text:
            return date(year, second, first)
        if second > _MONTHS:
            return date(year, first, second)
    raise ValueError(text)


@cache
def spelled(kind: str) -> Mapping[str, str]:
    """Give every spelling we know of groups, regions, roles or countries, as bare words, with its code."""
    known: Mapping[str, str] = {"groups": _GROUPS, "regions": _REGIONS, "roles": _ROLES, "countries": _COUNTRIES}[kind]  # type: ignore[assignment]  # codes are texts
    found = {bare(spelling): str(code) for code, words in known.items() for spelling in words.split("|")}
    if kind == "countries":
        for language in LANGUAGES:
            found = {bare(name): code for code, name in country_names(language).items()} | found
    return found
