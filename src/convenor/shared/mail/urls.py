"""Addresses of mails outside any forum's year."""

from django.urls import path

from convenor.shared.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:pk>/", views.mail, name="mail"),
    path("mine/", views.mine, name="mine"),
    path("mine/<int:pk>/", views.my_mail, name="my-mail"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
