"""All addresses, in one place."""

from django.urls import include, path

from convenor.shared.pages import views

handler400 = views.too_much
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed

urlpatterns = [
    path("language/<slug:code>/", views.set_language, name="set-language"),
    path("theme/<slug:name>/", views.set_theme, name="set-theme"),
    path("live/", include("convenor.shared.live.urls")),
    path("outbox/", include("convenor.shared.mail.urls")),
    path("jobs/", include("convenor.shared.jobs.urls")),
    path("languages/", include("convenor.shared.languages.urls")),
    path("", include("convenor.people.urls")),
    path("", include("convenor.meetings.urls_outside")),
    path("<slug:forum>/<slug:year>/meetings/", include("convenor.meetings.urls")),
    path("<slug:forum>/<slug:year>/proposals/", include("convenor.proposals.urls")),
    path("<slug:forum>/<slug:year>/call/", include("convenor.proposals.urls_call")),
    path("<slug:forum>/<slug:year>/evaluation/", include("convenor.evaluation.urls")),
    path("<slug:forum>/<slug:year>/selection/", include("convenor.selection.urls")),
    path("<slug:forum>/<slug:year>/timetable/", include("convenor.programme.urls")),
    path("<slug:forum>/<slug:year>/programme/", include("convenor.publishing.urls")),
    path("<slug:forum>/<slug:year>/journal/", include("convenor.cycle.urls_journal")),
    path("<slug:forum>/<slug:year>/mail/", include("convenor.cycle.mail_urls")),
    path("<slug:forum>/<slug:year>/jobs/", include("convenor.cycle.jobs_urls")),
    path("", include("convenor.cycle.urls")),
]
