"""Addresses of a forum's mail."""

from django.urls import path

from convenor.cycle import mail_pages, mail_words_pages

app_name = "mail-desk"
urlpatterns = [
    path("", mail_pages.desk, name="desk"),
    path("letter/", mail_pages.letter, name="letter"),
    path("batches/<int:pk>/", mail_pages.batch, name="batch"),
    path("batches/<int:pk>/decide/", mail_pages.decide, name="decide"),
    path("log/", mail_pages.log, name="log"),
    path("log/<int:pk>/", mail_pages.one, name="one"),
    path("log/<int:pk>/again/", mail_pages.again, name="again"),
    path("words/", mail_words_pages.kinds, name="kinds"),
    path("words/<str:kind>/<slug:language>/", mail_words_pages.words, name="words"),
]
