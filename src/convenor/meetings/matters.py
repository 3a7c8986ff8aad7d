"""What an agenda item is about, told from general words of its title.

The words are those that agendas of such meetings use in English, French, Spanish, Arabic, Russian and Chinese. They are
compared as word beginnings without letter case, accents and Arabic vowel signs, so that "evaluat" finds "evaluations".
Chinese has no gaps between words, so each of its characters counts as a word.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Matter(StrEnum):
    """What an item is about; the pages where matters are worked on are in `meetings.places`."""

    WELCOME = "welcome"
    ADOPTION = "adoption"
    BRIEFING = "briefing"
    UPDATES = "updates"
    OPEN_DISCUSSION = "open-discussion"
    PROPOSALS = "proposals"
    EVALUATION = "evaluation"
    SELECTION = "selection"
    MAIN_SESSIONS = "main-sessions"
    TIMETABLE = "timetable"
    PROGRAMME = "programme"
    FOLLOW_UP = "follow-up"
    NEXT_STEPS = "next-steps"
    OTHER_BUSINESS = "other-business"
    BREAK = "break"
    OTHER = "other"


# Read from top to bottom, the first that fits counts. Commas part phrases; a phrase is word beginnings that stand side
# by side; "+" joins phrases that must all occur, in any order; "=" before a word asks for the whole word.
WORDS: tuple[tuple[Matter, str], ...] = (
    (
        Matter.OTHER_BUSINESS,
        (
            "any other business, other business, any other matter, other matters, =aob, questions diverses, "
            "autres questions, =divers, otros asuntos, asuntos varios, =varios, "
            "ما يستجد, اعمال اخري, مسائل اخري, "
            "прочие вопросы, другие вопросы, =разное, "
            "其他事项, 其他事宜"
        ),
    ),
    (
        Matter.ADOPTION,
        (
            "adopt + agenda, approv + agenda, adopt + ordre du jour, approb + ordre du jour, "
            "adop + orden del dia, aprob + orden del dia, aprob + agenda, "
            "اعتماد جدول, اقرار جدول, اعتماد + جدول اعمال, اقرار + جدول اعمال, "
            "утвержден + повестк, принят + повестк, "
            "通过议程, 核准议程, 通过 + 议程"
        ),
    ),
    (
        Matter.WELCOME,
        (
            "welcom, opening statement, opening remark, opening ceremon, opening session, opening address, "
            "opening of the meeting, =opening =of =session, bienvenue, mots d accueil, mot d accueil, "
            "allocution, ouverture de la, seance d ouverture, declarations liminaires, remarques liminaires, "
            "bienvenid, apertura, palabras de, "
            "ترحيب, افتتاح, كلمه, كلمات, "
            "приветств, вступительн, открытие, "
            "欢迎, 开幕, 致辞, 会议开始"
        ),
    ),
    (
        Matter.FOLLOW_UP,
        (
            "follow up, followup, suivi de, =suivi, suites donnees, seguimiento, متابعه, "
            "последующ, выполнение решений, ход выполнения, "
            "后续行动, 跟进, 落实情况"
        ),
    ),
    (
        Matter.TIMETABLE,
        (
            "schedul, timetabl, room allocation, calendrier des, horaire, grille horaire, horario, "
            "cronograma, calendario de, "
            "جدوله, جدول زمني, "
            "расписани, график заседаний, распределение помещений, "
            "时间表, 日程安排, 会议室分配"
        ),
    ),
    (
        Matter.PROGRAMME,
        (
            "programming, annual meeting program, draft program, program of the annual, program outline, "
            "program structure, program design, overall program, programmation, "
            "programme de la reunion annuelle, programme provisoire, projet de programme, programacion, "
            "programa de la reunion anual, programa provisional, proyecto de programa, "
            "برنامج اجتماع, برنامج + سنوي, وضع برنامج, "
            "программа ежегодн, программа годов, проект программы, программирован, формирование программы, "
            "年度会议方案, 年会方案, 方案草案, 方案编制, 年度会议计划"
        ),
    ),
    (
        Matter.MAIN_SESSIONS,
        (
            "main session, focus session, thematic session, facilitator, session principale, "
            "sessions principales, seance principale, seances principales, seances thematiques, "
            "sesion principal, sesiones principales, sesiones tematicas, facilitador, "
            "جلسات رييسيه, جلسه رييسيه, جلسات محوريه, "
            "основные заседания, основное заседание, основных заседани, пленарн, "
            "тематические заседания, основные сессии, основная сессия, основных сесси, ведущие координатор, "
            "主要会议, 主会议, 主要会场, 专题会议, 协调人"
        ),
    ),
    (
        Matter.EVALUATION,
        (
            "evaluat, grading, grades, scoring, scores, ranking, selection process, selection criteria, "
            "selection method, evaluacion, notation, processus de selection, criteres de selection, "
            "calificacion, proceso de seleccion, criterios de seleccion, "
            "تقييم, عمليه اختيار, معايير اختيار, "
            "оцен, рейтинг, критерии отбора, процесс отбора, порядок отбора, "
            "评价, 评估, 评分, 评审, 排名, 遴选标准, 遴选程序"
        ),
    ),
    (
        Matter.SELECTION,
        ("select, seleccion, choix des, اختيار, انتقاء, отбор, выбор, 遴选, 选择, 选定"),
    ),
    (
        Matter.PROPOSALS,
        (
            "proposal, call for, submission, workshop, proposition, appel a, atelier, propuesta, "
            "convocatoria, taller, "
            "مقترح, دعوه ل, ورشه, ورش, "
            "предложени, конкурс заявок, прием заявок, заявки, семинар, "
            "提案, 征集, 研讨会, 工作坊"
        ),
    ),
    (
        Matter.OPEN_DISCUSSION,
        (
            "open discussion, open floor, open mic, open consultation, open debate, town hall, "
            "discussion ouverte, debat ouvert, consultation ouverte, consultations ouvertes, tribune libre, "
            "debate abierto, discusion abierta, consultas abiertas, "
            "مناقشه مفتوحه, نقاش مفتوح, مشاورات مفتوحه, "
            "открытая дискусси, открытое обсуждени, открытые консультац, свободный микрофон, открытых консультац, "
            "公开讨论, 自由讨论, 公开磋商, 开放式讨论, 公开协商"
        ),
    ),
    (
        Matter.UPDATES,
        (
            "updat, status report, progress report, best practice forum, dynamic coalition, working group, "
            "policy network, policy option, intersessional, national and regional, point sur, "
            "etat d avancement, mise a jour, mises a jour, coalitions dynamiques, groupes de travail, "
            "groupe de travail, actualizacion, informe de avance, coaliciones dinamicas, grupos de trabajo, "
            "grupo de trabajo, "
            "مستجدات, تحديث, افرقه عمل, فريق عمل, "
            "обновлен, информация о ходе, отчет о ходе, динамические коалиц, динамических коалиц, "
            "рабочие группы, рабочих групп, форумы передового опыта, национальные и региональные, межсессион, "
            "最新情况, 进展报告, 进展情况, 动态联盟, 工作组, 最佳做法论坛, 闭会期间, 国家和区域"
        ),
    ),
    (
        Matter.BRIEFING,
        (
            "brief, state of preparation, presentation, overview, report, expose, etat des preparatifs, "
            "preparatifs, rapport, sesion informativa, sesiones informativas, preparativos, presentacion, "
            "informe, "
            "احاطه, احاطات, تحضيرات, عرض, تقرير, تقارير, "
            "брифинг, доклад, отчет, обзор, презентац, подготовк, информация о подготовк, "
            "简报, 介绍, 报告, 概述, 筹备情况, 通报"
        ),
    ),
    (
        Matter.NEXT_STEPS,
        (
            "next step, way forward, prochaines etapes, marche a suivre, suite des travaux, proximos pasos, "
            "خطوات تاليه, خطوات مقبله, خطوات قادمه, "
            "следующие шаги, дальнейшие шаги, дальнейшие действия, "
            "下一步, 后续步骤, 今后工作"
        ),
    ),
    (
        Matter.BREAK,
        (
            "=break, lunch, =coffee, =tea, =pause, dejeuner, cafe, almuerzo, receso, descanso, استراحه, غداء, قهوه, "
            "перерыв, =обед, обеденн, кофе, 休息, 茶歇, 午餐, 午休"
        ),
    ),
)
# Matters that a day's heading may lend to an item whose own title says nothing.
LENT = frozenset(
    {
        Matter.OPEN_DISCUSSION,
        Matter.PROPOSALS,
        Matter.EVALUATION,
        Matter.SELECTION,
        Matter.MAIN_SESSIONS,
        Matter.TIMETABLE,
        Matter.PROGRAMME,
    }
)

_HAN = "\u3400-\u9fff"
_WORD = re.compile(rf"[{_HAN}]|[^\W{_HAN}]+")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ة": "ه", "ـ": None, "œ": "oe"})
_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و")  # Arabic: and, with, as, for, the
_LEAST_STEM = 3
_LONGEST_TITLE = 500


def matter_of(title: str, heading: str = "") -> Matter:
    """Tell what an item is about from its title, else from its day's heading, else say OTHER.

    Deterministic; looks at the first 500 characters.
    """
    found = _found(title[:_LONGEST_TITLE])
    if found is not Matter.OTHER:
        return found
    lent = _found(heading[:_LONGEST_TITLE])
    return lent if lent in LENT else Matter.OTHER


def speaks_of(title: str, matter: Matter) -> bool:
    """Say whether a title has the words of a matter, though it may be about another one first."""
    words = _words(title[:_LONGEST_TITLE])
    return any(_fits(phrase, words) for one, phrases in _RULES if one is matter for phrase in phrases)


@lru_cache(maxsize=1024)
def _found(text: str) -> Matter:
    words = _words(text)
    fitting = (matter for matter, phrases in _RULES if any(_fits(phrase, words) for phrase in phrases))
    return next(fitting, Matter.OTHER)


def _words(text: str) -> tuple[str, ...]:
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)) if not unicodedata.combining(c)
    )
    return tuple(_stem(word) for word in _WORD.findall(bare))


def _stem(word: str) -> str:
    """Take Arabic particles and the article off a word; leave every other word alone."""
    if "\u0620" <= word[0] <= "\u064a":
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_STEM:
                return word[len(prefix) :]
    return word


def _fits(parts: tuple[tuple[str, ...], ...], words: tuple[str, ...]) -> bool:
    return all(any(_stands(part, words[at:]) for at in range(len(words) - len(part) + 1)) for part in parts)


def _stands(part: tuple[str, ...], words: tuple[str, ...]) -> bool:
    pairs = zip(part, words, strict=False)
    return all(word == wanted[1:] if wanted[0] == "=" else word.startswith(wanted) for wanted, word in pairs)


def _parsed(phrase: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one for word in part.split() for one in _wanted(word)) for part in phrase.split("+"))


def _wanted(word: str) -> tuple[str, ...]:
    return (word,) if word[0] == "=" else _words(word)


_RULES = tuple((matter, tuple(_parsed(phrase) for phrase in phrases.split(","))) for matter, phrases in WORDS)
