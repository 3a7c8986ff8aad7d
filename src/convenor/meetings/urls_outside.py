"""Addresses of the reader of agendas."""

from django.urls import path

from convenor.meetings import views_outside as views
from convenor.meetings.corrections import views as corrections

app_name = "reading"
urlpatterns = [
    path("read/", views.read, name="read"),
    path("read/<int:pk>/", views.draft, name="draft"),
    path("read/<int:pk>/part/<str:key>/", corrections.part, name="part"),
    path("read/<int:pk>/part/<str:key>/add/<slug:what>/", corrections.add, name="add"),
    path("read/<int:pk>/part/<str:key>/drop/", corrections.drop_at, name="drop-at"),
    path("read/<int:pk>/part/<str:key>/unlink/", corrections.unlink, name="unlink"),
    path("read/<int:pk>/answer/", corrections.answer, name="answer"),
    path("read/<int:pk>/undo/", corrections.undo, name="undo"),
    path("read/<int:pk>/redo/", corrections.redo, name="redo"),
    path("read/<int:pk>/numbers/", corrections.renumber, name="renumber"),
    path("read/<int:pk>/corrections/<int:number>/back/", corrections.take_back, name="take-back"),
    path("read/<int:pk>/corrections/<int:number>/drop/", corrections.drop, name="drop"),
    path("read/<int:pk>/corrections/<int:number>/insist/", corrections.insist, name="insist"),
    path("read/<int:pk>/version/", corrections.version, name="version"),
]
