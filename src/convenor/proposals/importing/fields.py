"""What a column can say: the fields of a proposal, their limits, and how headings name them in many languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from convenor.people.plainwords import bare

TEXT, LIST, CODE, NUMBER, WORD, PEOPLE, OTHER = "text", "list", "code", "number", "word", "people", "other"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its code, what sort of thing it holds, how long that may be, and for codes of which kind."""

    code: str
    sort: str
    most: int = 0  # letters of a text or a word, entries of a list
    kind: str = ""  # themes, formats …
    column: str = ""  # of the table of proposals
    may_repeat: bool = False  # several columns may say it
    in_template: bool = True


_ALL = (
    Field("outside-id", WORD, 100),
    Field("title", WORD, 200, column="title"),
    Field("theme", CODE, kind="themes", column="theme"),
    Field("format", CODE, kind="formats", column="format"),
    Field("minutes", NUMBER, column="minutes"),
    Field("summary", TEXT, 20_000, column="summary"),
    Field("issue", TEXT, 20_000, column="issue"),
    Field("policy-questions", LIST, 20, column="policy_questions"),
    Field("expected-outcomes", TEXT, 20_000, column="expected_outcomes"),
    Field("online-participation", TEXT, 20_000, column="online_participation"),
    Field("session-agenda", TEXT, 20_000, column="session_agenda"),
    Field("tags", LIST, 20, column="tags"),
    Field("language", CODE, kind="languages", column="language"),
    Field("seats", NUMBER, column="seats"),
    Field("proposer-name", WORD, 200),
    Field("proposer-email", WORD, 254),
    Field("first-proposal", OTHER, column="is_first"),
    Field("organisation", WORD, 200),
    Field("group", CODE, kind="groups"),
    Field("country", CODE, kind="countries"),
    Field("region", CODE, kind="regions", in_template=False),
    Field("co-organisers", PEOPLE, 20),
    Field("speakers", PEOPLE, 20),
    Field("speaker-name", PEOPLE, may_repeat=True, in_template=False),
    Field("speaker-email", PEOPLE, may_repeat=True, in_template=False),
    Field("speaker-organisation", PEOPLE, may_repeat=True, in_template=False),
    Field("moderator", PEOPLE, 5),
    Field("online-moderator", PEOPLE, 5),
    Field("rapporteur", PEOPLE, 5),
    Field("submitted-at", OTHER, column="submitted_at", in_template=False),
    Field("state", OTHER, in_template=False),
)
FIELDS: Mapping[str, Field] = {field.code: field for field in _ALL}
KINDS = ("themes", "formats", "groups", "countries", "regions", "languages")
FIELD_OF_KIND: Mapping[str, str] = {field.kind: field.code for field in _ALL if field.kind}
# Which part somebody has who stands in a column of people.
PARTS: Mapping[str, str] = {
    "co-organisers": "co-organiser",
    "speakers": "speaker",
    "speaker-name": "speaker",
    "moderator": "moderator",
    "online-moderator": "online-moderator",
    "rapporteur": "rapporteur",
}

_HEADINGS: Mapping[str, str] = {
    "outside-id": "id|session id|proposal id|proposalid|submission id|code|no|nr|number|reference|ref|external number|"
    "numero|número|reference number|номер|编号|رقم|الرقم|your number|number in your list",
    "title": "title|session title|proposal title|name|name of session|session name|titre|titre de session|título|"
    "titulo|название|заголовок|标题|题目|会议标题|العنوان|عنوان|عنوان الجلسة|titel",
    "theme": "theme|track|space|main theme|subtheme|topic|thématique|thème|axe|tema|eje|eje temático|eje tematico|тема|"
    "направление|主题|议题|الموضوع|المحور|موضوع|thema",
    "format": "format|session format|session type|submission type|type|type of session|format de session|formato|"
    "tipo|tipo de sesión|формат|тип|形式|会议形式|الشكل|نوع الجلسة|الصيغة",
    "minutes": "minutes|length|duration|minutes asked|length in minutes|duration in minutes|durée|durée en minutes|"
    "duración|duración en minutos|длительность|продолжительность|минуты|时长|分钟|المدة|المدة بالدقائق|dauer",
    "summary": "description|abstract|summary|session description|short description|content|résumé|resume|descripción|"
    "resumen|описание|аннотация|描述|摘要|简介|说明|الوصف|وصف|ملخص|beschreibung",
    "issue": "issue|specific issue|issues|issue addressed|problème|question traitée|problema|cuestión|проблема|"
    "问题|具体问题|المسألة|القضية",
    "policy-questions": "policy questions|policy question|questions|questions de politique|preguntas|"
    "preguntas de política|вопросы|вопросы политики|政策问题|أسئلة السياسات|الأسئلة",
    "expected-outcomes": "expected outcomes|outcomes|expected outcome|goals|résultats attendus|resultados esperados|"
    "resultados|ожидаемые результаты|результаты|预期成果|预期结果|النتائج المتوقعة",
    "online-participation": "online participation|remote participation|plan for online participation|"
    "participation en ligne|participación en línea|participación remota|онлайн участие|удаленное участие|"
    "在线参与|远程参与|المشاركة عبر الإنترنت|المشاركة عن بعد",
    "session-agenda": "agenda|session agenda|agenda of session|outline|programme|ordre du jour|agenda de sesión|план|"
    "повестка|议程|会议议程|جدول الأعمال|جدول أعمال الجلسة",
    "tags": "tags|keywords|key words|hashtags|pathways|mots clés|etiquetas|palabras clave|ключевые слова|теги|"
    "关键词|标签|الوسوم|الكلمات المفتاحية",
    "language": "language|session language|language of session|langue|idioma|lengua|язык|语言|اللغة|sprache",
    "seats": "seats|expected attendance|attendance|participants expected|expected participants|places|"
    "participants attendus|asistencia|asistencia prevista|участники|число участников|预计人数|人数|الحضور المتوقع",
    "proposer-name": "proposer|name of proposer|proposer name|submitter|submitter name|organiser|organizer|"
    "organiser name|organizer name|lead organiser|lead organizer|facilitator 1 name|facilitator name|contact|"
    "contact person|contact name|full name|your name|proposé par|proposant|nom|nom du proposant|organisateur|"
    "proponente|nombre|organizador|заявитель|имя заявителя|организатор|фио|提案人|提交人|姓名|组织者|"
    "مقدم المقترح|اسم مقدم المقترح|الاسم|المنظم",
    "proposer-email": "email|e mail|mail|email address|e mail address|contact email|proposer email|email of proposer|"
    "e mail address of proposer|organiser email|organizer email|submitter email|facilitator 1 email|courriel|"
    "adresse électronique|correo|correo electrónico|электронная почта|почта|адрес электронной почты|电子邮件|邮箱|"
    "البريد الإلكتروني|بريد إلكتروني",
    "first-proposal": "first proposal|first proposal ever|first time|first time proposer|newcomer|première proposition|"
    "primera propuesta|первая заявка|впервые|首次提案|المقترح الأول|أول مقترح",
    "organisation": "organisation|organization|affiliation|institution|company|organisation name|organization name|"
    "affiliated org|facilitator 1 affiliated org|organisme|organización|organizacion|institución|организация|"
    "учреждение|组织|机构|单位|المنظمة|المؤسسة|الجهة|organisation of proposer",
    "group": "group|stakeholder group|stakeholder|sector|groupe|partie prenante|groupe de parties prenantes|grupo|"
    "grupo de interés|grupo de partes interesadas|группа|сектор|группа заинтересованных сторон|利益攸关方|"
    "利益相关方|群体|مجموعة أصحاب المصلحة|أصحاب المصلحة|القطاع",
    "country": "country|country of organisation|country of organization|nationality|pays|país|pais|страна|国家|国籍|"
    "البلد|الدولة|بلد|land",
    "region": "region|regional group|un regional group|région|groupe régional|región|grupo regional|регион|"
    "региональная группа|地区|区域|区域集团|المنطقة|المجموعة الإقليمية",
    "co-organisers": "co organisers|co organizers|co organiser|co organizer|coorganisers|coorganizers|"
    "co organisateurs|coorganizadores|соорганизаторы|共同组织者|المنظمون المشاركون",
    "speakers": "speakers|panelists|panellists|list of speakers|proposed speakers|intervenants|orateurs|ponentes|"
    "oradores|panelistas|докладчики|выступающие|участники дискуссии|发言人|演讲人|嘉宾|المتحدثون|المتكلمون",
    "speaker-name": "speaker|speaker name|name of speaker|panelist|panellist|intervenant|ponente|orador|докладчик|"
    "выступающий|المتحدث|اسم المتحدث",
    "speaker-email": "speaker email|email of speaker|speaker e mail|e mail of speaker|correo ponente|"
    "البريد الإلكتروني للمتحدث",
    "speaker-organisation": "speaker organisation|speaker organization|speaker affiliation|organisation of speaker|"
    "affiliation of speaker",
    "moderator": "moderator|moderators|onsite moderator|on site moderator|modérateur|modératrice|moderador|moderadora|"
    "модератор|主持人|المنسق|مدير الجلسة|الميسر",
    "online-moderator": "online moderator|remote moderator|modérateur en ligne|moderador en línea|онлайн модератор|"
    "在线主持人|线上主持人|منسق عبر الإنترنت|الميسر عبر الإنترنت",
    "rapporteur": "rapporteur|reporter|relator|relatora|докладчик сессии|рапортер|报告员|记录员|المقرر|مقرر",
    "submitted-at": "submitted at|submitted|submitted on|submission date|timestamp|date submitted|created|created at|"
    "handed in|date de soumission|horodatage|fecha de envío|marca temporal|дата подачи|отметка времени|提交时间|"
    "时间戳记|تاريخ التقديم|طابع زمني",
    "state": "state|status|submission state|état|statut|estado|статус|состояние|状态|الحالة",
}


@cache
def headings() -> Mapping[str, str]:
    """Give every known heading, as bare words, with its field; the first field that claims one has it."""
    found: dict[str, str] = {}
    for code, words in _HEADINGS.items():
        for word in (*words.split("|"), code):
            found.setdefault(bare(word), code)
    return found
