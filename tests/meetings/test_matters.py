"""What an item is about, told from its title."""

import pytest

from convenor.cycle.places import PLACES
from convenor.meetings.matters import Matter, matter_of, speaks_of
from convenor.meetings.models import Item, Meeting

SEED = [
    ("", "Welcome from MAG Chair", "welcome"),
    ("2", "Welcome from Secretary-General of the International Telecommunication Union (ITU)", "welcome"),
    ("3", "Adoption of the agenda", "adoption"),
    ("4", "Welcome from Honorary Host Country Chair and briefing on state of preparations", "welcome"),
    ("5", "Welcome from Director-General of the UN Office at Geneva (UNOG)", "welcome"),
    ("6", "Briefing on state of preparations from IGF Secretariat and Host Country", "briefing"),
    ("a", "Workshop proposals", "proposals"),
    ("b", "Main/Thematic Sessions (Overview from MAG WG on Main Sessions)", "main-sessions"),
    ("7", "Updates from IGF Best Practice Forums (BPFs)", "updates"),
    ("8", "IGF Policy Options for Connecting and Enabling the Next Billion(s) - Phase III", "updates"),
    ("9", "Updates from National and Regional IGF Initiatives (NRIs)", "updates"),
    ("", "Lunch", "break"),
    ("10", "Updates from IGF Dynamic Coalitions (DCs)", "updates"),
    ("11", "Updates on MAG working Groups", "updates"),
    ("12", "Briefings from other related/relevant initiatives or organizations", "briefing"),
    ("13", "Open Discussion with community on ways to encourage Governments", "open-discussion"),
    ("", "Opening Statements", "welcome"),
    ("a", "Introduction from the Chair and adoption of agenda", "adoption"),
    ("2", "Overview of workshop proposal evaluations,", "evaluation"),
    ("a", "Review final workshop selection process", "evaluation"),
    ("b", "Workshop selection", "selection"),
    ("", "Lunch", "break"),
    ("3", "Continue workshop selection", "selection"),
    ("", "Continue and finalize workshop selection", "selection"),
    ("2", "Discussion on Main/Focus Sessions", "main-sessions"),
    ("a", "Update from MAG WG on Main/Focus Sessions", "main-sessions"),
    ("b", "Main/Focus Sessions: Content including desired outcomes/outputs, format, length", "main-sessions"),
    ("c", "Selection and scheduling of main/focus sessions", "timetable"),
    ("d", "Next steps in planning, appointment of MAG lead facilitators", "main-sessions"),
    ("", "Lunch", "break"),
    ("3", "Follow-up as needed based on status updates from Open Consultations", "follow-up"),
    ("4", "Next steps in annual meeting programming, main session planning, etc.", "programme"),
    ("5", "Any Other Business", "other-business"),
]


@pytest.mark.django_db
def test_every_item_of_june_has_its_matter(june: Meeting):
    items = Item.objects.filter(block__day__meeting=june).select_related("block__day")
    rows = {(i.block.day.order, i.block.order, i.label, i.title[:40]): i.matter for i in items}

    assert sorted(rows.values()) == sorted(matter for _label, _title, matter in SEED)
    for label, title, matter in SEED:
        found = {value for (_d, _b, number, start), value in rows.items() if (number, start) == (label, title[:40])}
        assert found == {matter}, title


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("Adoption de l’ordre du jour", Matter.ADOPTION),
        ("Mots d’accueil du président", Matter.WELCOME),
        ("Évaluation des propositions d’ateliers", Matter.EVALUATION),
        ("Processus de sélection", Matter.EVALUATION),
        ("Sélection des ateliers", Matter.SELECTION),
        ("Séances principales", Matter.MAIN_SESSIONS),
        ("Calendrier des sessions", Matter.TIMETABLE),
        ("Prochaines étapes", Matter.NEXT_STEPS),
        ("Questions diverses", Matter.OTHER_BUSINESS),
        ("Déjeuner", Matter.BREAK),
        ("Утверждение повестки дня", Matter.ADOPTION),
        ("Приветственное слово Председателя", Matter.WELCOME),
        ("Оценка предложений о проведении семинаров", Matter.EVALUATION),
        ("Отбор семинаров", Matter.SELECTION),
        ("Основные заседания", Matter.MAIN_SESSIONS),
        ("Расписание заседаний", Matter.TIMETABLE),
        ("Отчёты рабочих групп", Matter.UPDATES),
        ("Следующие шаги", Matter.NEXT_STEPS),
        ("Прочие вопросы", Matter.OTHER_BUSINESS),
        ("Перерыв на обед", Matter.BREAK),
        ("Музыка", Matter.OTHER),
        ("通过会议议程", Matter.ADOPTION),
        ("主席致欢迎辞", Matter.WELCOME),
        ("研讨会提案的评审", Matter.EVALUATION),
        ("研讨会的遴选", Matter.SELECTION),
        ("关于主要会议的讨论", Matter.MAIN_SESSIONS),
        ("IGF 2017年度会议方案", Matter.PROGRAMME),
        ("各工作组的最新情况", Matter.UPDATES),
        ("与社群的公开讨论", Matter.OPEN_DISCUSSION),
        ("下一步工作", Matter.NEXT_STEPS),
        ("其他事项", Matter.OTHER_BUSINESS),
        ("午餐", Matter.BREAK),
        ("音乐会", Matter.OTHER),
        ("Adopción del orden del día", Matter.ADOPTION),
        ("Bienvenida", Matter.WELCOME),
        ("Evaluación de las propuestas", Matter.EVALUATION),
        ("Selección de talleres", Matter.SELECTION),
        ("Programa de la reunión anual", Matter.PROGRAMME),
        ("Seguimiento", Matter.FOLLOW_UP),
        ("Próximos pasos", Matter.NEXT_STEPS),
        ("Otros asuntos", Matter.OTHER_BUSINESS),
        ("اعتماد جدول الأعمال", Matter.ADOPTION),
        ("كلمة ترحيب من رئيس المجلس", Matter.WELCOME),
        ("تقييم مقترحات ورش العمل", Matter.EVALUATION),
        ("اختيار ورش العمل", Matter.SELECTION),
        ("الجلسات الرئيسية", Matter.MAIN_SESSIONS),
        ("جدولة الجلسات", Matter.TIMETABLE),
        ("المقترحات", Matter.PROPOSALS),
        ("الخطوات التالية", Matter.NEXT_STEPS),
        ("ما يستجد من أعمال", Matter.OTHER_BUSINESS),
        ("استراحة الغداء", Matter.BREAK),
    ],
)
def test_general_words_of_six_languages_tell_the_matter(title: str, matter: Matter):
    assert matter_of(title) == matter


def test_letter_case_accents_and_vowel_signs_do_not_count():
    assert matter_of("ÉVALUATION") == matter_of("evaluation") == Matter.EVALUATION
    assert matter_of("اخْتِيَار") == Matter.SELECTION


def test_a_heading_lends_its_matter_where_the_title_says_nothing():
    assert matter_of("Group A", "Workshop selection") == Matter.SELECTION
    assert matter_of("Lunch", "Workshop selection") == Matter.BREAK
    assert matter_of("Group A", "Welcome") == Matter.OTHER


def test_a_title_of_no_known_word_is_other():
    assert matter_of("Internet and the climate") == Matter.OTHER
    assert matter_of("") == Matter.OTHER
    assert matter_of("?!–") == Matter.OTHER


def test_every_registered_place_is_that_of_a_known_matter():
    assert set(PLACES) <= set(Matter)
    assert {"proposals", "evaluation", "selection", "timetable", "programme"} <= set(PLACES)


def test_a_title_speaks_of_more_than_what_it_is_about():
    title = "Next steps in annual meeting programming, main session planning, etc."

    assert matter_of(title) is not Matter.NEXT_STEPS
    assert speaks_of(title, Matter.NEXT_STEPS)
    assert not speaks_of("Any Other Business", Matter.NEXT_STEPS)
