"""Addresses of the call."""

from django.urls import path

from convenor.proposals import views_call, views_call_desk

app_name = "call"
urlpatterns = [
    path("", views_call.page, name="page"),
    path("desk/", views_call_desk.desk, name="desk"),
    path("codes/<int:pk>/revoke/", views_call_desk.revoke, name="revoke-code"),
    path("<slug:kind>/preview/", views_call.preview, name="preview"),
    path("<slug:kind>/state/", views_call_desk.state, name="state"),
    path("<slug:kind>/close/", views_call_desk.close, name="close"),
    path("<slug:kind>/codes/", views_call_desk.codes, name="codes"),
]
