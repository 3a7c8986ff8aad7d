"""Addresses of forums and years."""

from django.urls import include, path

from convenor.cycle import retention_pages, views, views_deadlines, views_forum, views_obligations, views_rules

app_name = "cycle"
urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.start, name="start"),
    path("<slug:forum>/<slug:year>/people/", include("convenor.cycle.urls_people")),
    path("<slug:forum>/<slug:year>/", views.year_home, name="home"),
    path("<slug:forum>/<slug:year>/rules/", views.rules, name="rules"),
    path("<slug:forum>/<slug:year>/rules/edit/", views_rules.edit, name="rules-edit"),
    path("<slug:forum>/<slug:year>/rules/edit/discard/", views_rules.discard, name="rules-discard"),
    path("<slug:forum>/<slug:year>/rules/edit/carry/", views_rules.carry, name="rules-carry"),
    path("<slug:forum>/<slug:year>/rules/edit/<slug:section>/", views_rules.section, name="rules-section"),
    path("<slug:forum>/<slug:year>/rules/versions/", views_rules.versions, name="rules-versions"),
    path("<slug:forum>/<slug:year>/deadlines/", views_deadlines.deadlines, name="deadlines"),
    path("<slug:forum>/<slug:year>/deadlines/<slug:kind>/", views_deadlines.deadline, name="deadline"),
    path("<slug:forum>/<slug:year>/facts/", views_forum.facts, name="facts"),
    path("<slug:forum>/<slug:year>/next/", views_forum.next_year, name="next"),
    path("<slug:forum>/<slug:year>/owed/", views_obligations.owed, name="owed"),
    path("<slug:forum>/<slug:year>/owed.csv", views_obligations.owed_csv, name="owed-csv"),
    path("<slug:forum>/<slug:year>/retention/", retention_pages.times, name="retention"),
    path("<slug:forum>/<slug:year>/retention/carry-out/", retention_pages.carry, name="retention-carry"),
    path("<slug:forum>/<slug:year>/retention/people/", retention_pages.people, name="erase-people"),
    path("<slug:forum>/<slug:year>/retention/people/<int:pk>/", retention_pages.erase_for, name="erase-person"),
    path("<slug:forum>/<slug:year>/phases/", views.phases, name="phases"),
    path("<slug:forum>/<slug:year>/remove/", views.remove, name="remove"),
    path("<slug:forum>/", views_forum.forum, name="forum"),
]
