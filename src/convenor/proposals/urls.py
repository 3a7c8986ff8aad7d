"""Addresses of proposals."""

from django.urls import include, path

from convenor.proposals import views
from convenor.proposals.drafting import views as drafting
from convenor.proposals.drafting import views_sending as sending
from convenor.proposals.importing import views as importing

app_name = "proposals"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("<int:number>/", views.show, name="proposal"),
    path("mine/", drafting.mine, name="mine"),
    path("new/<slug:kind>/", drafting.new, name="new"),
    path("drafts/<int:key>/", drafting.draft, name="draft"),
    path("drafts/<int:key>/news/", drafting.news, name="draft-news"),
    path("drafts/<int:key>/preview/", drafting.preview, name="draft-preview"),
    path("drafts/<int:key>/history/", drafting.history, name="draft-history"),
    path("drafts/<int:key>/submit/", sending.submit, name="submit"),
    path("drafts/<int:key>/receipt/", sending.receipt, name="receipt"),
    path("drafts/<int:key>/withdraw/", sending.withdraw, name="withdraw"),
    path("drafts/<int:key>/take-back/", sending.take_back, name="take-back"),
    path("people/", include("convenor.proposals.contributing.urls")),
    path("import/", importing.index, name="imports"),
    path("import/template.csv", importing.template_csv, name="import-template-csv"),
    path("import/template/", importing.template, name="import-template"),
    path("import/template/<slug:form>/make/", importing.make_template, name="make-import-template"),
    path("import/template/<int:pk>/", importing.take_template, name="take-import-template"),
    path("import/<int:pk>/", importing.show, name="import"),
    path("import/<int:pk>/reading/", importing.reading, name="import-reading"),
    path("import/<int:pk>/confirm/", importing.confirm, name="confirm-import"),
    path("import/<int:pk>/drop/", importing.drop, name="drop-import"),
    path("import/<int:pk>/refused.csv", importing.refused, name="refused-rows"),
]
