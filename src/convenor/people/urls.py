"""Addresses of sign-in and accounts; the first names are those that the sign-in library asks for."""

from django.urls import include, path

from convenor.people import history_views, invitation_views, privacy_pages, sign_in, sign_in_oidc_pages, views

account = (
    [
        path("account/", views.account, name="account"),
        path("account/organisations/", history_views.history, name="history"),
        path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
        path("invitation/<str:token>/accept/", invitation_views.accept, name="accept"),
        path("account/data/", privacy_pages.data, name="data"),
        path("account/data/download/", privacy_pages.download, name="download"),
        path("account/data/download/<int:pk>/", privacy_pages.fetch, name="fetch"),
        path("account/data/erase/", privacy_pages.erase_me, name="erase"),
        path("account/data/erased/", privacy_pages.erased, name="erased"),
        path("enter/<str:token>/", views.enter, name="enter"),
    ],
    "people",
)
urlpatterns = [
    path("sign-in/", sign_in.ask, name="account_request_login_code"),
    path("sign-in/", sign_in.ask, name="account_login"),
    path("sign-in/", sign_in.ask, name="account_signup"),
    path("sign-in/code/", sign_in.confirm, name="account_confirm_login_code"),
    path("sign-in/out/", sign_in.sign_out, name="account_logout"),
    path("sign-in/with/<slug:provider_id>/back/", sign_in_oidc_pages.come_back, name="openid_connect_callback"),
    path("", include("convenor.people.sign_in_urls")),
    path("", include(account)),
]
