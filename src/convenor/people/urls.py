"""Addresses of sign-in and accounts; the first names are those that the sign-in library asks for."""

from django.urls import include, path

from convenor.people import sign_in, views

account = (
    [
        path("account/", views.account, name="account"),
        path("enter/<str:token>/", views.enter, name="enter"),
    ],
    "people",
)
urlpatterns = [
    path("sign-in/", sign_in.request_code, name="account_request_login_code"),
    path("sign-in/", sign_in.request_code, name="account_login"),
    path("sign-in/", sign_in.request_code, name="account_signup"),
    path("sign-in/code/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("sign-in/out/", sign_in.sign_out, name="account_logout"),
    path("", include(account)),
]
