"""What an agenda item is about, told from general words of its title.

The words are those that agendas of such meetings use in English, French, Spanish and Arabic. They are compared as
word beginnings without letter case, accents and Arabic vowel signs, so that "evaluat" finds "evaluations".
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
            "ما يستجد, اعمال اخري, مسائل اخري"
        ),
    ),
    (
        Matter.ADOPTION,
        (
            "adopt + agenda, approv + agenda, adopt + ordre du jour, approb + ordre du jour, "
            "adop + orden del dia, aprob + orden del dia, aprob + agenda, "
            "اعتماد جدول, اقرار جدول, اعتماد + جدول اعمال, اقرار + جدول اعمال"
        ),
    ),
    (
        Matter.WELCOME,
        (
            "welcom, opening statement, opening remark, opening ceremon, opening session, opening address, "
            "opening of the meeting, =opening =of =session, bienvenue, mots d accueil, mot d accueil, "
            "allocution, ouverture de la, seance d ouverture, declarations liminaires, remarques liminaires, "
            "bienvenid, apertura, palabras de, "
            "ترحيب, افتتاح, كلمه, كلمات"
        ),
    ),
    (
        Matter.FOLLOW_UP,
        "follow up, followup, suivi de, =suivi, suites donnees, seguimiento, متابعه",
    ),
    (
        Matter.TIMETABLE,
        (
            "schedul, timetabl, room allocation, calendrier des, horaire, grille horaire, horario, "
            "cronograma, calendario de, "
            "جدوله, جدول زمني"
        ),
    ),
    (
        Matter.PROGRAMME,
        (
            "programming, annual meeting program, draft program, program of the annual, program outline, "
            "program structure, program design, overall program, programmation, "
            "programme de la reunion annuelle, programme provisoire, projet de programme, programacion, "
            "programa de la reunion anual, programa provisional, proyecto de programa, "
            "برنامج اجتماع, برنامج + سنوي, وضع برنامج"
        ),
    ),
    (
        Matter.MAIN_SESSIONS,
        (
            "main session, focus session, thematic session, facilitator, session principale, "
            "sessions principales, seance principale, seances principales, seances thematiques, "
            "sesion principal, sesiones principales, sesiones tematicas, facilitador, "
            "جلسات رييسيه, جلسه رييسيه, جلسات محوريه"
        ),
    ),
    (
        Matter.EVALUATION,
        (
            "evaluat, grading, grades, scoring, scores, ranking, selection process, selection criteria, "
            "selection method, evaluacion, notation, processus de selection, criteres de selection, "
            "calificacion, proceso de seleccion, criterios de seleccion, "
            "تقييم, عمليه اختيار, معايير اختيار"
        ),
    ),
    (
        Matter.SELECTION,
        "select, seleccion, choix des, اختيار, انتقاء",
    ),
    (
        Matter.PROPOSALS,
        (
            "proposal, call for, submission, workshop, proposition, appel a, atelier, propuesta, "
            "convocatoria, taller, "
            "مقترح, دعوه ل, ورشه, ورش"
        ),
    ),
    (
        Matter.OPEN_DISCUSSION,
        (
            "open discussion, open floor, open mic, open consultation, open debate, town hall, "
            "discussion ouverte, debat ouvert, consultation ouverte, consultations ouvertes, tribune libre, "
            "debate abierto, discusion abierta, consultas abiertas, "
            "مناقشه مفتوحه, نقاش مفتوح, مشاورات مفتوحه"
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
            "مستجدات, تحديث, افرقه عمل, فريق عمل"
        ),
    ),
    (
        Matter.BRIEFING,
        (
            "brief, state of preparation, presentation, overview, report, expose, etat des preparatifs, "
            "preparatifs, rapport, sesion informativa, sesiones informativas, preparativos, presentacion, "
            "informe, "
            "احاطه, احاطات, تحضيرات, عرض, تقرير, تقارير"
        ),
    ),
    (
        Matter.NEXT_STEPS,
        (
            "next step, way forward, prochaines etapes, marche a suivre, suite des travaux, proximos pasos, "
            "خطوات تاليه, خطوات مقبله, خطوات قادمه"
        ),
    ),
    (
        Matter.BREAK,
        "=break, lunch, =coffee, =tea, =pause, dejeuner, cafe, almuerzo, receso, descanso, استراحه, غداء, قهوه",
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

_WORD = re.compile(r"\w+")
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
    return tuple(tuple("=" + w[1:] if w[0] == "=" else _stem(w) for w in part.split()) for part in phrase.split("+"))


_RULES = tuple((matter, tuple(_parsed(phrase) for phrase in phrases.split(","))) for matter, phrases in WORDS)
