"""Addresses of the floor of a meeting."""

from django.urls import path

from convenor.meetings.floorpages import urls_chair, views, views_part

app_name = "floor"
urlpatterns = [
    path("", views.page, name="page"),
    path("live/", views.follow_floor, name="live"),
    path("now/", views.now, name="now"),
    path("how/", views.how, name="how"),
    path("mine/", views_part.mine, name="mine"),
    path("ask/", views_part.ask, name="ask"),
    path("change/", views_part.change, name="change"),
    path("withdraw/", views_part.withdraw, name="withdraw"),
    path("object/", views_part.object_to_count, name="object"),
    path("answer/", views_part.answer, name="answer"),
    *urls_chair.urlpatterns,
    path("projector/", views.projector, name="projector"),
    path("projector/live/", views.follow_projector, name="projector-live"),
]
