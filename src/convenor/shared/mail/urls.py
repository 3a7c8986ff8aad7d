"""Addresses of the outbox."""

from django.urls import path

from convenor.shared.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:pk>/", views.mail, name="mail"),
]
