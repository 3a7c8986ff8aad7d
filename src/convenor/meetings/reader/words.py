"""The words the grammar knows, in the languages agendas of this field are written in."""

import re

# One language or kind of short form a line, January to December; a slash parts variants.
_MONTH_LINES = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep/sept oct nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv fevrier/févr mars avr mai juin juil aout sept oct nov decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre/set oct nov dic",
    "janeiro fevereiro/fev março/marco abril maio junho julho agosto setembro outubro/out novembro dezembro/dez",
    "januar/jänner februar märz/maerz april mai juni juli august september oktober/okt november dezember",
    "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre ottobre/ott novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "januar februar marts/mars april maj/mai juni juli august/augusti september oktober november desember",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو/يونيه يوليو/يوليه أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
)
MONTHS: dict[str, int] = {
    name: number
    for line in _MONTH_LINES
    for number, names in enumerate(line.split(), start=1)
    for name in names.split("/")
}

# The same for Monday to Sunday.
_WEEKDAY_LINES = (
    "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri saturday/sat sunday/sun",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles/miercoles jueves viernes sábado/sabado domingo",
    "segunda-feira/segunda terça-feira/terça quarta-feira/quarta quinta-feira/quinta sexta-feira/sexta sábado domingo",
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "lunedì/lunedi martedì/martedi mercoledì/mercoledi giovedì/giovedi venerdì/venerdi sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "понедельник вторник среда четверг пятница суббота воскресенье",
    "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "星期一/周一 星期二/周二 星期三/周三 星期四/周四 星期五/周五 星期六/周六 星期日/周日",
    "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
)
WEEKDAYS: dict[str, int] = {
    name: number for line in _WEEKDAY_LINES for number, names in enumerate(line.split()) for name in names.split("/")
}

DAY_WORDS = "day|jour|journée|jornada|día|dia|tag|giorno|giornata|dag|день|dzień|gün|اليوم"

TITLE_WORDS = 14
_BREAK = re.compile(
    r"\b(?:lunch(?:time)?|coffee|tea|breakfast|break(?!-?\s?out)|breaks|recess|refreshments?|pause[ns]?|"
    r"déjeuner|dejeuner|petit-déjeuner|café|cafe|cafezinho|almuerzo|almoço|almoco|desayuno|receso|descanso|"
    r"intervalo|merienda|mittag(?:essen|spause)?|kaffee(?:pause)?|frühstück|pausa|pranzo|colazione|koffie|"
    r"luncheon|almoços?|pauze|koffiepauze|lunchpauze|kaffeepausen?|mittagspause|обед|перерыв|кофе|استراحة|الاستراحة|"
    r"غداء|الغداء|قهوة|القهوة|فطور|przerwa|obiad|kawa|kawowa|mola|arası|öğle yemeği|přestávka|oběd|pauză|prânz|rehat|"
    r"makan siang|fika|frokost|kaffe)\b|休憩|休息|午餐|午休|茶歇|昼食|점심",
    re.I,
)
_PARTY = (
    r"(?:after|dinner|networking|evening|garden|closing|opening|welcome|farewell|social|beach|pool|summer)[ -]"
    r"part(?:y|ies)|(?:\A\W*)party"
)
_SOCIAL = re.compile(
    rf"(?:\b|\A)(?:receptions?|gala|afterparty|{_PARTY}|cocktails?|banquet|dinner|social\s+(?:event|evening|dinner)|"
    r"réception|reception|dîner|recepción|cena|fiesta|cóctel|recepção|jantar|festa|coquetel|coquetel|empfang|"
    r"abendessen|ricevimento|happy hour|borrel|фуршет|банкет|коктейль|حفل استقبال|عشاء)\b|招待会|晚宴|酒会",
    re.I,
)
_WORKING = re.compile(
    r"\b(?:meetings?|registration|workshops?|sessions?|discussions?|talks?|briefings?|panel|accreditation|"
    r"presentations?|keynotes?|speech|welcome|réunion|inscription|enregistrement|accueil|reunión|inscripción|"
    r"acreditación|registro|reunião|credenciamento|inscrições|sitzung|besprechung|anmeldung|registrierung|"
    r"riunione|registrazione|committee|council)\b",
    re.I,
)

CONTINUED = re.compile(
    r"[\[(（]\s*(?:(?:to\s+be\s+)?(?:continued|continues|cont['’]?d?\.?|suite|à suivre|continuación|"
    r"continua(?:do|ção|zione)?|continúa|fortsetzung|fortgesetzt|segue|vervolg|продолжение|تتمته|تتمة|يتبع|تابع)\b|"
    r"下续|待续|未完待续|续)[^()（）\[\]]{0,60}[\])）]",
    re.I,
)


def is_break(title: str) -> bool:
    """Say whether a block of this title is a pause; a meeting over lunch and a registration are not."""
    head = re.split(r"[(:\[]", title, maxsplit=1)[0]
    return bool(_BREAK.search(head)) and not _WORKING.search(head) and len(head.split()) <= TITLE_WORDS


def is_working(title: str) -> bool:
    """Say whether a title names work: a meeting, a session, a talk, a registration."""
    return bool(_WORKING.search(title))


def is_social(title: str) -> bool:
    """Say whether a block of this title is a reception, a party or the like."""
    head = re.split(r"[(:\[]", title, maxsplit=1)[0]
    return bool(_SOCIAL.search(head)) and len(head.split()) <= TITLE_WORDS


_COLUMNS: dict[str, str] = {}
for _role, _phrases in {
    "time": "time/times/hour/hours/hora/horas/horário/horario/heure/heures/horaire/horaires/zeit/uhrzeit/orario/ora/"
    "when/start/time slot/tijd/время/start time/local time/from/beginn/début/inicio/início/godzina/"
    "الوقت/التوقيت/时间/時間",
    "end": "end/end time/fin/ende/fine/to/until/finish/fim",
    "minutes": "minutes/mins/min/minutos/minuten/minuti/time in minutes/minutes allotted",
    "length": "length/duration/timebox/durée/duración/duração/dauer/durata/time box",
    "title": "agenda item/agenda items/item/items/topic/topics/what/title/subject/session/sessions/activity/"
    "activities/agenda/event/events/tema/temas/sujet/thema/themen/actividad/actividades/activité/activités/atividade/atividades/"
    "asunto/asuntos/assunto/punto/puntos/ordre du jour/orden del día/programme/program/programa/content/"
    "presentation/agenda topic/description/point/points/intitulé/tagesordnungspunkt/argomento/повестка/"
    "discussion/details/sesión/sessão/item description/session title/тема/вопрос/البند/الموضوع/النشاط/议题/内容/議題/"
    "onderwerp/agendapunt/punkt/sitzung/séance/points de l'ordre du jour/point de l'ordre du jour/"
    "tema del orden del día/temas del orden del día/пункт повестки дня/пункты повестки дня/"
    "بند من جدول الأعمال/بنود جدول الأعمال/议程项目/议程",
    "room": "room/rooms/location/venue/where/place/salle/sala/lugar/local/lieu/raum/ort/luogo/место/зал/zaal/القاعة/"
    "المكان/地点/会议室",
    "number": "#/no/no./nr/nr./nº/n°/number/item no/item no./item #/item number",
    "date": "date/fecha/data/datum/day",
    "people": "who/presenter/presenters/speaker/speakers/by/champion/champions/lead/leads/name/names/orador/oradores/"
    "oradora/ponente/ponentes/expositor/expositores/intervenants/intervenant/orateur/orateurs/referent/referenten/"
    "palestrante/palestrantes/vortragende/spreker/sprekers/relatore/relatori/докладчик/докладчики/спикер/спикеры/"
    "المتحدث/المتحدثون/发言人/演讲人/presented by",
    "papers": "documents/document/doc/docs/slides/materials/reference/references/link/links/documentos/documento/"
    "documentation/dokumente/dokument/documenti/документы/документ/الوثائق/文件",
    "skip": "stage/expected output/expected outputs/expected outcome/expected outcomes/outcome/outcomes/outputs/output/"
    "responsible/moderator/moderators/notes/note/comments/comment/status/✓/✔/emoji/meaning/chair/owner/background/"
    "organizer/organiser/host/responsable/remarks/facilitator/facilitators/action/purpose/type/format/✅/resources/"
    "dates/deadline/objective/objectives/focus/affiliation/organization/organisation/moderador/modérateur",
}.items():
    _COLUMNS |= dict.fromkeys(_phrases.split("/"), _role)
_ZONE = re.compile(r"\s*(?:[(\[][^()\[\]]{1,30}[)\]]|(?:\bin\s)?\b(?:UTC|GMT|[A-Z]{2,4}T)(?:\s?[+-]\d{1,2})?)\s*$")

_IN_MINUTES = re.compile(r"[(\[]\s*(?:in\s)?(?:min|mins|minutes|minutos|minuten|minuti)\.?\s*[)\]]", re.I)


def column_role(heading: str) -> str | None:
    """Return what a column of this heading holds: time, end, title, room, people, papers, skip …; or None."""
    phrase = " ".join(_ZONE.sub("", heading).casefold().replace("’", "'").split()).rstrip(":")
    role = _COLUMNS.get(phrase)
    return "minutes" if role in ("time", "length") and _IN_MINUTES.search(heading) else role


_FIELDS = (
    r"moderat(?:or|ors|ora|ion|ed by|eur|oren|ore)|co-?moderators?|panell?ists?|speakers?",
    r"keynote speakers?",
    r"organi[sz](?:ers?|ed by)|format|participants?|focus|duration|q\s?&\s?a|q and a",
    r"questions?(?: to be (?:addressed|discussed|covered))?|presenters?|presented by|chairs?|co-?chairs?",
    r"chaired by",
    r"[\w-]{2,12} chairs?|rapporteurs?|facilitat(?:or|ors|ed by)|venue|location|where|when|who|place",
    r"host(?:s|ed by)?|room",
    r"dinner|contact|e-?mail|phone|hashtag|website|link|url|documents?|background|slides|note|notes",
    r"languages?",
    r"interpretation|objectives?|aims?|goals?|outcomes?|expected outcomes?|expected outputs?|discussants?",
    r"respondents?",
    r"remote moderator|online moderator|scribe|minutes|minute taker|note takers?|jabber scribe|jabber",
    r"meetecho|webex",
    r"agenda manager|dates?(?: and times?)?|time|attendees?|attendee information|attendee info",
    r"why it['’]s important|what it is|output|lead|leads|total duration[\w ]{0,40}",
    r"brief description[\w ]{0,30}",
    r"(?:meeting|expected|desired|session) (?:outputs?|outcomes?|objectives?|goals?)",
    r"description|questions[\w ]{0,40}|discussion questions|resources|materials|wifi|live notes|zoom",
    r"dial-?in",
    r"authors?|twitter|facebook|video conference link|recording|apologies|in attendance|present|absent|status",
    # Portuguese
    r"formato|participantes|foco(?: principal)?|duração|perguntas e respostas|local|palestrantes?",
    r"moderadora?(?:es)?",
    r"panelistas?|painelistas?|oradores|oradoras?|breve descri[\wçãóé ]{0,30}|descri[\wçãóé]{0,12}",
    r"participação",
    r"perguntas[\w ]{0,40}|coordenação|coordenadora?|mediação|mediadora?|relatoria|relatora?",
    r"debatedor(?:a|es)?",
    r"convidad[oa]s|sala|data|horário",
    # Spanish
    r"duración|preguntas y respuestas|preguntas[\w ]{0,40}|lugar|ponentes?|modera|coordina|coordinadora?",
    r"expositor(?:a|es)?",
    r"conferencistas?|invitad[oa]s|facilitadora?|relatora?(?:es)?|fecha|hora|idioma|objetivos?",
    # French
    r"durée|questions et réponses|lieu|salle|intervenants?|modération|modérat(?:eur|rice)s?",
    r"animat(?:eur|rice)s?",
    r"animée? par|présentée? par|orat(?:eur|rice)s?|présidence|présidente? de séance|date et heure|heure",
    r"langues?",
    # German, Dutch, Italian
    r"dauer|(?:tagungs|veranstaltungs|sitzungs)?ort|raum|referent(?:en|in|innen)?|sitzungsleitung|leitung|podium",
    r"vortragende[rn]?|teilnehmende",
    r"datum|uhrzeit",
    r"voorzitter|sprekers?|inleiding door|locatie|tijd|durata|luogo|relator[ei]|modera(?:tore|trice)",
    r"interventi",
    r"intervengono|partecipano|introduce|orario",
    # Russian
    r"модераторы?|ведущ(?:ий|ая|ие)|спикеры?|докладчики?|выступающие|участники|эксперты|председатель",
    r"место(?: проведения)?|представля[ею]т",
    r"дата|время",
    r"presentad[oa]s? por|apresentad[oa]s? por|documentos?|dokumente?|documenti|документы?",
    # Arabic, Chinese
    r"يقدمه|يقدمها|الوثيقة|الوثائق|文件|资料|报告人",
    r"المتحدثون|المتحدث|المتحدثين|رئيس الجلسة|مدير الجلسة|ميسر الجلسة|المكان|التاريخ|الوقت|المشاركون",
    r"主持人|主持|发言人|演讲人|演讲者|嘉宾|主席|地点|时间|日期|会場|場所|日時|參與者|参与者",
)
FIELD_WORDS = re.compile(f"(?:{'|'.join(_FIELDS)})", re.I)
PLACE_FIELDS = frozenset(
    {
        "tagungsort",
        "veranstaltungsort",
        "venue",
        "location",
        "where",
        "place",
        "lugar",
        "lieu",
        "ort",
        "local",
        "sede",
        "luogo",
        "room",
        "in",
        "locatie",
    }
    | {"место", "место проведения", "المكان", "地点", "会場", "場所", "miejsce", "yer"}
) | {"meeting venue", "meeting place", "venue address"}
ROOM_FIELDS = frozenset({"room", "where", "sala", "salle", "raum", "rooms"})
DATE_FIELDS = frozenset(
    {
        "date",
        "dates",
        "when",
        "dates and times",
        "date and time",
        "fecha",
        "data",
        "datum",
        "time",
        "on",
        "quand",
        "hora",
    }
    | {
        "date et heure",
        "heure",
        "horário",
        "orario",
        "uhrzeit",
        "tijd",
        "дата",
        "время",
        "التاريخ",
        "الوقت",
        "日期",
        "时间",
    }
)
PRESENTER_FIELDS = re.compile(
    r"presenters?|presented by|(?:keynote )?speakers?|panell?ists?|authors?|discussants?|respondents?|palestrantes?|"
    r"painelistas?|panelistas?|oradora?(?:es)?|debatedor(?:a|es)?|ponentes?|expositor(?:a|es)?|conferencistas?|intervenants?|"
    r"orat(?:eur|rice)s?|présentée? par|presentad[oa]s? por|apresentad[oa]s? por|представля[ею]т|يقدمه|يقدمها|报告人|"
    r"referent(?:en|in|innen)?|vortragende[rn]?|podium|sprekers?|inleiding door|"
    r"relator[ei]|interventi|intervengono|спикеры?|докладчики?|выступающие|المتحدث|المتحدثون|المتحدثين|发言人|演讲人|演讲者|嘉宾",
    re.I,
)
DOCUMENT_FIELDS = re.compile(
    r"documents?|documentation|slides|documentos?|dokumente?|documenti|документы?|الوثيقة|الوثائق|文件|资料", re.I
)
DURATION_FIELDS = frozenset({"duration", "duração", "duración", "durée", "dauer", "durata", "length"})

MAIL_FIELDS = {
    **dict.fromkeys(
        ("from", "to", "cc", "bcc", "date", "sent", "reply-to", "von", "an", "gesendet", "de", "para"), False
    ),
    **dict.fromkeys(("enviado", "à", "envoyé", "da", "a", "inviato", "от", "кому", "дата"), False),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "assunto", "oggetto", "тема", "onderwerp"), True),
}
GREETING = re.compile(
    r"(?:hi|hello|dear|good (?:morning|afternoon|day)|colleagues|all|folks|bonjour|chers?|chères?|estimad[oa]s|hola|"
    r"prezad[oa]s|car[oie]s?|liebe|sehr geehrte|hallo|beste|уважаемые|коллеги)\b[^.:;]{0,60}[,!]\s*",
    re.I,
)
SIGN_OFF = re.compile(
    r"(?:(?:best|kind|warm|many)\s)*(?:regards|wishes|thanks|thank you|cheers|sincerely|yours\b[\w ]{0,20}|"
    r"cordialement|bien à vous|saludos(?: cordiales)?|atenciosamente|abraços|mit freundlichen grüßen|viele grüße|"
    r"cordiali saluti|"
    r"met vriendelijke groet|с уважением)\s*[,.!]?\s*",
    re.I,
)

_AGENDA_WORD = (
    r"agendas?|programmes?|programs?|programm|programma|schedule|programa|programação|pauta|temario|"
    r"ordem do dia|order of business|议程|日程|جدول الأعمال|программа|ordre du jour|orden del día|tagesordnung|"
    r"ordine del giorno|agenda items?|agenda topics?|повестка дня|agenda provisoire"
)
BARE_AGENDA = re.compile(
    rf"(?:(?:draft|main|proposed|provisional|tentative|preliminary|annotated|final|meeting|detailed|the|full|"
    rf"projet d[e']|projeto de|proyecto de|entwurf)\s*)*(?:{_AGENDA_WORD})"
    r"(?:\s+(?:items?|topics?|draft|provisional))?\s*:?",
    re.I,
)
APART = re.compile(
    r"\b(?:rules?|logistics?|agenda key|key|constraints?|background|attend(?:ance|ees)|registration|"
    r"guidelines|future meetings?|next meetings?|table of contents|contents|participants?|participation|how to|about|"
    r"resources|previous|deadlines?|legend|contacts?|accommodation|travel|remote|notes?|useful|links|dial-?in|connection|"
    r"dates and locations|dates? and places?|history|changes|references)\b",
    re.I,
)
