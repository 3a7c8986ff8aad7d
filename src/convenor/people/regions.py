"""Countries, the five regional groups of the United Nations, and the developing-country flag.

Sources: the regional groups of member states as the UN Department for General Assembly and Conference Management lists
them, observers and territories with their neighbours; developing economies as in the country classification of the UN's
"World Economic Situation and Prospects" (table C: economies in transition are not among them).
"""


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# XA to XF stand for the country of somebody who was erased, see `coarse`: ISO 3166 leaves these codes to its users.
GROUPS: dict[str, frozenset[str]] = {
    "af": _codes(
        """DZ AO BJ BW BF BI CV CM CF TD KM CG CI CD DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR
        MU MA MZ NA NE NG RW ST SN SC SL SO ZA SS SD TG TN UG TZ ZM ZW XA"""
    ),
    "ap": _codes(
        """AF BH BD BT BN KH CN CY FJ IN ID IR IQ JP JO KZ KI KP KR KW KG LA LB MY MV MH FM MN MM NR NP OM PK
        PW PG PH PS QA WS SA SG SB LK SY TJ TH TL TO TM TV AE UZ VU VN YE HK MO TW XB XC"""
    ),
    "ee": _codes("AL AM AZ BY BA BG HR CZ EE GE HU LV LT MD ME MK PL RO RU RS SK SI UA XD"),
    "lac": _codes(
        """AG AR BS BB BZ BO BR CL CO CR CU DM DO EC SV GD GT GY HT HN JM MX NI PA PY PE KN LC VC SR TT UY VE
        PR XE"""
    ),
    "weo": _codes("AD AU AT BE CA DK FI FR DE GR IS IE IL IT LI LU MT MC NL NZ NO PT SM ES SE CH TR GB US VA XF"),
}
_REGION = {country: group for group, countries in GROUPS.items() for country in countries}
_TRANSITION = _codes("KZ KG TJ TM UZ")
_COARSE = {"af": "XA", "ap": "XB", "ee": "XD", "lac": "XE", "weo": "XF"}
COARSE = frozenset({"XC", *_COARSE.values()})
_DEVELOPED_IN_ASIA = _codes("JP CY XC")
_DEVELOPING = GROUPS["af"] | GROUPS["lac"] | _codes("TR IL") | (GROUPS["ap"] - _TRANSITION - _DEVELOPED_IN_ASIA)


def region_of(country: str) -> str:
    """Give the regional group (af, ap, ee, lac, weo) of an ISO 3166 alpha-2 code, or "" when there is none."""
    return _REGION.get(country.upper(), "")


def is_developing(country: str) -> bool:
    """Say whether the country is classed as a developing economy."""
    return country.upper() in _DEVELOPING


def coarse(country: str) -> str:
    """Give a code that says no more of a country than its region, and in Asia-Pacific whether it is a developing one.

    Elsewhere a region has so few countries of the other sort that telling would name them. "" stays "", and the code
    of a code is the same code.
    """
    region = region_of(country)
    return "XC" if region == "ap" and not is_developing(country) else _COARSE.get(region, "")
