"""Addresses of the ways to sign in beside the code."""

from django.urls import path

from convenor.people import sign_in, sign_in_oidc_pages, sign_in_passkeys_pages, sign_in_resume_page, sign_in_ways

app_name = "sign-in"
urlpatterns = [
    path("sign-in/again/", sign_in.again, name="again"),
    path("sign-in/passkey/", sign_in_passkeys_pages.enter, name="passkey"),
    path("sign-in/with/<slug:provider_id>/", sign_in_oidc_pages.start, name="provider"),
    path("sign-in/resume/<str:token>/", sign_in_resume_page.resume, name="resume"),
    path("account/sign-in/", sign_in_ways.ways, name="ways"),
    path("account/sign-in/password/", sign_in_ways.set_password, name="password"),
    path("account/sign-in/password/remove/", sign_in_ways.remove_password, name="password-remove"),
    path("account/sign-in/passkeys/", sign_in_passkeys_pages.add, name="passkey-add"),
    path("account/sign-in/passkeys/<int:pk>/name/", sign_in_passkeys_pages.rename, name="passkey-rename"),
    path("account/sign-in/passkeys/<int:pk>/remove/", sign_in_passkeys_pages.remove, name="passkey-remove"),
    path("account/sign-in/with/<slug:provider_id>/", sign_in_oidc_pages.start_linking, name="provider-link"),
    path("account/sign-in/links/<int:pk>/remove/", sign_in_oidc_pages.unlink, name="provider-unlink"),
    path("account/sign-in/browsers/end/", sign_in_ways.end_browser, name="browser-end"),
    path("account/sign-in/browsers/end-others/", sign_in_ways.end_other_browsers, name="browsers-end"),
]
