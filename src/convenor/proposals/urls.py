"""Addresses of proposals."""

from django.urls import path

from convenor.proposals import views
from convenor.proposals.importing import views as importing

app_name = "proposals"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("<int:number>/", views.show, name="proposal"),
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
