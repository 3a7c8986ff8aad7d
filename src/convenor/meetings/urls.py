"""Addresses of meetings."""

from django.urls import include, path

from convenor.meetings import views
from convenor.meetings import views_times as times
from convenor.meetings.adopting import views as adopting
from convenor.meetings.corrections.views import meeting_version
from convenor.meetings.editor import views as editor
from convenor.meetings.editor import views_of_versions as versions
from convenor.meetings.followup import views as follow_up
from convenor.meetings.outputs import views as outputs
from convenor.meetings.record import views_outcomes as outcomes
from convenor.meetings.record import views_outputs as minutes_outputs

app_name = "meetings"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("start/", versions.start, name="start"),
    path("calendar.ics", outputs.calendar_of_all, name="calendar-of-all"),
    path("minutes.schema.json", minutes_outputs.schema, name="minutes-schema"),
    path("agenda.schema.json", outputs.schema, name="schema"),
    path("actions/", include("convenor.meetings.followup.urls")),
    path("decisions/", outcomes.decisions, name="decisions"),
    path("points/", outcomes.points, name="points"),
    path("<slug:meeting>/", views.agenda, name="agenda"),
    path("<slug:meeting>/live/", views.follow_agenda, name="live"),
    path("<slug:meeting>/edit/", editor.edit, name="edit"),
    path("<slug:meeting>/edit/latest/", editor.latest, name="edit-latest"),
    path("<slug:meeting>/edit/finish/", editor.finish, name="edit-finish"),
    path("<slug:meeting>/edit/undo/", editor.undo, name="edit-undo"),
    path("<slug:meeting>/edit/redo/", editor.redo, name="edit-redo"),
    path("<slug:meeting>/edit/numbers/", editor.renumber, name="edit-renumber"),
    path("<slug:meeting>/edit/corrections/<int:number>/back/", editor.take_back, name="edit-take-back"),
    path("<slug:meeting>/edit/part/<str:key>/", editor.part, name="edit-part"),
    path("<slug:meeting>/edit/part/<str:key>/add/<slug:what>/", editor.add, name="edit-add"),
    path("<slug:meeting>/edit/part/<str:key>/drop/", editor.drop_at, name="edit-drop"),
    path("<slug:meeting>/edit/part/<str:key>/move/", editor.move, name="edit-move"),
    path("<slug:meeting>/edit/part/<str:key>/line-up/", editor.line_up, name="edit-line-up"),
    path("<slug:meeting>/versions/", versions.versions, name="versions"),
    path("<slug:meeting>/versions/<int:number>/", versions.version, name="version"),
    path("<slug:meeting>/times/guest/<str:key>/", times.guest, name="guest"),
    path("<slug:meeting>/times/proposal/", times.take_proposal, name="take-proposal"),
    path("<slug:meeting>/times/move-on/", times.move_on, name="move-on"),
    path("<slug:meeting>/participants/", include("convenor.meetings.participants.urls")),
    path("<slug:meeting>/captions/", include("convenor.meetings.captions.urls")),
    path("<slug:meeting>/floor/", include("convenor.meetings.floorpages.urls")),
    path("<slug:meeting>/process/<str:key>/", adopting.process, name="process"),
    path("<slug:meeting>/next-steps/", follow_up.next_steps, name="next-steps"),
    path("<slug:meeting>/record/", include("convenor.meetings.record.urls")),
    path("<slug:meeting>/requests/", include("convenor.meetings.requests.urls")),
    path("<slug:meeting>/calendar.ics", outputs.calendar, name="calendar"),
    path("<slug:meeting>/agenda.json", outputs.interchange_json, name="json"),
    path("<slug:meeting>/agenda-full.json", outputs.full_json, name="full-json"),
    path("<slug:meeting>/agenda.csv", outputs.table, name="csv"),
    path("<slug:meeting>/agenda.txt", outputs.text, name="text"),
    path("<slug:meeting>/print/", outputs.print_page, name="print"),
    path("<slug:meeting>/new-version/", meeting_version, name="new-version"),
    path("<slug:meeting>/documents/", outputs.documents, name="documents"),
    path("<slug:meeting>/documents/<slug:form>/make/", outputs.make_document, name="make-document"),
    path("<slug:meeting>/documents/<int:pk>/", outputs.take_document, name="document"),
    path("<slug:meeting>/links/<int:pk>/undo/", views.undo, name="undo"),
    path("<slug:meeting>/links/<int:pk>/redo/", views.redo, name="redo"),
    path("<slug:meeting>/open-points/<int:pk>/settle/", views.settle, name="settle"),
    path("<slug:meeting>/open-points/<int:pk>/reopen/", views.reopen, name="reopen"),
]
