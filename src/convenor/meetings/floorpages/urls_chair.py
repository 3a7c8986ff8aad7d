"""Addresses of the consoles of the chair and the secretariat."""

from django.urls import path

from convenor.meetings.floorpages import views_chair as chair
from convenor.meetings.floorpages import views_minuted as points
from convenor.meetings.floorpages import views_secretariat as desk

urlpatterns = [
    path("chair/", chair.chair, name="chair"),
    path("chair/live/", chair.follow_chair, name="chair-live"),
    path("chair/do/", chair.press, name="chair-do"),
    path("chair/gain/", chair.gain, name="chair-gain"),
    path("secretariat/", desk.desk, name="secretariat"),
    path("secretariat/live/", desk.follow_desk, name="secretariat-live"),
    path("secretariat/do/", desk.press, name="secretariat-do"),
    path("secretariat/hands/", desk.hands, name="hands"),
    path("rapporteur/", points.rapporteur, name="rapporteur"),
    path("rapporteur/live/", points.follow_rapporteur, name="rapporteur-live"),
    path("secretariat/minute/", points.minute, name="minute"),
    path("secretariat/minuted/", points.points, name="minuted"),
    path("secretariat/minuted/<int:entry>/", points.settle, name="settle"),
]
