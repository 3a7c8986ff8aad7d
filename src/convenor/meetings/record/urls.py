"""Addresses of the record of a meeting."""

from django.urls import path

from convenor.meetings.record import views, views_correct, views_stage, views_write
from convenor.meetings.record import views_outputs as outputs

app_name = "record"
urlpatterns = [
    path("", views.page, name="page"),
    path("item/<str:key>/", views.extract, name="extract"),
    path("item/<str:key>/minutes.<slug:form>", outputs.minutes_file, name="extract-file"),
    path("item/<str:key>/documents/", outputs.documents, name="extract-documents"),
    path("item/<str:key>/documents/<slug:form>/make/", outputs.make_document, name="make-extract-document"),
    path("item/<str:key>/documents/<int:pk>/", outputs.take_document, name="extract-document"),
    path("minutes.<slug:form>", outputs.minutes_file, name="file"),
    path("documents/", outputs.documents, name="documents"),
    path("documents/<slug:form>/make/", outputs.make_document, name="make-document"),
    path("documents/<int:pk>/", outputs.take_document, name="document"),
    path("verbatim/", outputs.verbatim, name="verbatim"),
    path("verbatim/verbatim.<slug:form>", outputs.verbatim_file, name="verbatim-file"),
    path("verbatim/<slug:language>/documents/", outputs.verbatim_documents, name="verbatim-documents"),
    path("verbatim/<slug:language>/documents/<slug:form>/make/", outputs.make_verbatim, name="make-verbatim"),
    path("verbatim/<slug:language>/documents/<int:pk>/", outputs.take_verbatim, name="verbatim-document"),
    path("time/", outputs.time_used, name="time"),
    path("stages/", views.stages, name="stages"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/propose/<str:key>/", views_correct.propose, name="propose"),
    path("corrections/<int:pk>/withdraw/", views_correct.withdraw, name="withdraw"),
    path("corrections/<int:pk>/answer/", views_correct.answer, name="answer"),
    path("edits/", views.edits, name="edits"),
    path("edit/", views_write.sheet, name="edit"),
    path("edit/add/", views_write.add, name="add"),
    path("edit/do/", views_write.do, name="do"),
    path("edit/modules/", views_write.modules, name="modules"),
    path("edit/modules/<int:pk>/remove/", views_write.remove_module, name="remove-module"),
    path("edit/paragraph/<str:key>/", views_write.paragraph, name="paragraph"),
    path("stage/", views_stage.stage, name="stage"),
    path("stage/take-back/", views_stage.take_back, name="take-back"),
    path("stage/silence/", views_stage.by_silence, name="by-silence"),
    path("stage/lock/", views_stage.lock, name="lock"),
    path("corrigenda/", views_stage.corrigendum, name="corrigendum"),
]
