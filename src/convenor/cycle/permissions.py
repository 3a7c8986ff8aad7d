"""Who may do what to forums, years and their journal."""

from django.utils.translation import gettext_noop

from convenor.people.roles import COMMITTEE, EVERYBODY, Role, verb

SEE_THE_YEAR = verb(gettext_noop("see the year"), *EVERYBODY)
SEE_THE_RULES = verb(gettext_noop("see the rules"), *EVERYBODY)
READ_THE_JOURNAL = verb(gettext_noop("read the journal"), *EVERYBODY)
CORRECT_THE_YEAR = verb(gettext_noop("correct name, place, language and days of the year"), Role.SECRETARIAT)
SET_THE_PHASES = verb(gettext_noop("set the days of the phases"), Role.SECRETARIAT)
REMOVE_THE_EXAMPLE = verb(gettext_noop("remove the example"), Role.SECRETARIAT)
SEE_DIRECTORY = verb(gettext_noop("see the directory"), *COMMITTEE)
EXPORT_DIRECTORY = verb(gettext_noop("export the directory"), Role.SECRETARIAT)
KEEP_ROLES = verb(gettext_noop("give and end roles"), Role.SECRETARIAT)
ERASE_PEOPLE = verb(gettext_noop("erase what is kept about people"), Role.SECRETARIAT)
MERGE_PEOPLE = verb(gettext_noop("merge people"), Role.SECRETARIAT)
EDIT_THE_RULES = verb(gettext_noop("change the rules"), Role.SECRETARIAT)
SET_THE_DEADLINES = verb(gettext_noop("set deadlines"), Role.SECRETARIAT)
START_THE_NEXT_YEAR = verb(gettext_noop("start the next year"), Role.SECRETARIAT)
SEE_WHAT_IS_OWED = verb(gettext_noop("see what is owed to the forum"), Role.SECRETARIAT)
READ_THE_MAIL = verb(gettext_noop("read the mail of the forum"), Role.SECRETARIAT)
SEND_MAIL = verb(gettext_noop("write and release mails"), Role.SECRETARIAT)
SEE_THE_JOBS = verb(gettext_noop("see the jobs of the year"), Role.SECRETARIAT)
STEER_THE_JOBS = verb(gettext_noop("cancel jobs and run them again"), Role.SECRETARIAT)
WORD_THE_MAIL = verb(gettext_noop("change the words of mails"), Role.SECRETARIAT)
