"""The address of streams."""

from django.urls import path

from convenor.shared.live import views

app_name = "live"
urlpatterns = [path("", views.stream, name="stream")]
