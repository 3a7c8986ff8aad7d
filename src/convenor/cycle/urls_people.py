"""Addresses of a forum's people."""

from django.urls import path

from convenor.cycle import people_pages, role_pages

app_name = "members"
urlpatterns = [
    path("", people_pages.directory, name="directory"),
    path("people.csv", people_pages.export, name="export"),
    path("duplicates/", people_pages.duplicates, name="duplicates"),
    path("duplicates/<int:first>/<int:second>/", people_pages.pair, name="pair"),
    path("duplicates/<int:first>/<int:second>/distinct/", people_pages.distinct, name="distinct"),
    path("roles/", role_pages.roles, name="roles"),
    path("roles/add/", role_pages.add, name="add"),
    path("roles/paste/", role_pages.paste_page, name="paste"),
    path("roles/<int:pk>/", role_pages.term, name="term"),
    path("roles/<int:pk>/end/", role_pages.end, name="end"),
    path("invitations/", role_pages.invited, name="invitations"),
    path("invitations/<int:pk>/again/", role_pages.invite_again, name="invite-again"),
    path("invitations/<int:pk>/withdraw/", role_pages.withdraw, name="withdraw"),
]
