"""Signing in with a provider that speaks OpenID Connect, and linking one to an account.

The library finds the provider out, keeps the state of the way there and fetches the tokens. The rest of OpenID Connect
Core 1.0 is checked here: the seal on the ID token with the provider's keys, its issuer, audience and time, our nonce,
and that userinfo speaks of the same subject (3.1.3.7, 5.3.2). An address counts only where the provider says that it
verified it. Of what the provider tells, only its number for the person is kept.
"""

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from requests import RequestException

from convenor.people.actions import arrive
from convenor.people.models import Person
from convenor.shared.errors import Refused

SEALS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_SECONDS = 60
# What a provider that is down, or talks nonsense, makes the library raise.
_BROKEN = (RequestException, OAuth2Error, jwt.PyJWTError, KeyError, TypeError, ValueError)


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Providers come from the environment alone, none from the database."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Give the providers in the library's form."""
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one["id"],
                name=one["name"],
                client_id=one["client_id"],
                secret=one.get("client_secret", ""),
                settings={"server_url": one["server_url"].rstrip("/"), "oauth_pkce_enabled": True},
            )
            for one in settings.OIDC
            if provider in (None, one["id"]) and client_id in (None, one["client_id"])
        ]


def buttons() -> list[tuple[str, str]]:
    """Give id and name of every provider, in the order of the setting."""
    return [(one["id"], one["name"]) for one in settings.OIDC]


def name_of(provider_id: str) -> str:
    """Give a provider's name.

    Raises:
        Http404: it is not set here.
    """
    if (name := dict(buttons()).get(provider_id)) is None:
        raise Http404
    return name


def way_there(request: HttpRequest, provider_id: str, *, process: str, target: str) -> str:
    """Give the provider's address to go to, and remember what was asked.

    Raises:
        Refused: the provider does not answer.
    """
    provider = get_adapter().get_provider(request, provider_id)
    nonce = secrets.token_urlsafe(24)
    try:
        answer = provider.redirect(
            request, process, target or None, auth_params={"nonce": nonce}, nonce=nonce, by=request.user.pk
        )
    except _BROKEN as error:
        raise Refused(_down(provider_id)) from error
    return str(answer["Location"])


def asked(request: HttpRequest, provider_id: str) -> dict[str, Any]:
    """Give what was asked in this browser, once; empty if nothing was."""
    state = statekit.unstash_state(request, provider_id=provider_id, state_id=request.GET.get("state", ""))
    return state or {}


def told(request: HttpRequest, provider_id: str, state: dict[str, Any]) -> dict[str, Any]:
    """Give what the provider says of the person, only if all of it can be trusted.

    Raises:
        Refused: nothing was asked for here, the reader stopped, the provider is down, or its answer cannot be trusted.
    """
    values = {"provider": name_of(provider_id)}
    if not state:
        raise Refused(
            _("The way to %(provider)s took too long, was gone twice, or began in another browser. Start again here.")
            % values
        )
    if "code" not in request.GET:
        raise Refused(
            _("%(provider)s sent you back without a yes. Nothing was changed; try again if you wish.") % values
        )
    door = OpenIDConnectOAuth2Adapter(request, provider_id)
    try:
        app = door.get_provider().app
        client = door.get_client(request, app)
        tokens = door.get_access_token_data(request, app, client, pkce_code_verifier=state["pkce_code_verifier"])
        keys = door.openid_config["jwks_uri"]
    except _BROKEN as error:
        raise Refused(_down(provider_id)) from error
    try:
        return _claims(door, tokens, keys=keys, client_id=app.client_id, nonce=state["nonce"])
    except RequestException as error:
        raise Refused(_down(provider_id)) from error
    except _BROKEN as error:
        raise Refused(
            _("The answer of %(provider)s could not be trusted, so nothing was changed. Tell whoever runs this site.")
            % values
        ) from error


def _claims(
    door: OpenIDConnectOAuth2Adapter, tokens: dict[str, Any], *, keys: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """Give what the ID token says, and what userinfo adds about the address.

    Raises:
        jwt.PyJWTError, OAuth2Error, LookupError, TypeError, ValueError: it cannot be trusted.
    """
    token = tokens["id_token"]
    claims: dict[str, Any] = jwt.decode(
        token,
        _key(token, keys).key,
        algorithms=SEALS,
        audience=client_id,
        issuer=door.openid_config["issuer"],
        leeway=LEEWAY_SECONDS,
        options={"require": ["iss", "sub", "aud", "exp", "iat"]},
    )
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ValueError("the nonce is not ours")
    if claims.get("azp", client_id) != client_id:
        raise ValueError("made for another party")
    if "email" not in claims and "userinfo_endpoint" in door.openid_config:
        more = door._fetch_user_info(tokens["access_token"])
        if more.get("sub") != claims["sub"]:
            raise ValueError("userinfo speaks of somebody else")
        claims = {**more, **claims}
    return claims


def _key(token: str, address: str) -> jwt.PyJWK:
    """Fetch the key that a token names, or the provider's only one where it names none (10.1).

    Raises:
        ValueError: it is not among them, or there are several.
    """
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
    name = jwt.get_unverified_header(token).get("kid")
    fit = [
        key
        for key in jwt.PyJWKSet.from_dict(answer.json()).keys
        if key.public_key_use in (None, "sig") and name in (None, key.key_id)
    ]
    if len(fit) != 1:
        raise ValueError(f"{len(fit)} keys fit")
    return fit[0]


def _down(provider_id: str) -> str:
    return _("%(provider)s does not answer as it should. Try again later, or have a code sent to you.") % {
        "provider": name_of(provider_id)
    }


@transaction.atomic
def person_of_claims(provider_id: str, claims: dict[str, Any]) -> Person:
    """Give the person whom a provider speaks of: the one linked to its number, else the one of the verified address.

    Raises:
        Refused: no link, and no address that the provider verified; or the account is closed.
    """
    uid = str(claims["sub"])
    link = SocialAccount.objects.filter(provider=provider_id, uid=uid).select_related("user").first()
    if link is not None:
        person: Person = link.user
        return person
    values = {"provider": name_of(provider_id), "email": claims.get("email", "")}
    if not isinstance(claims.get("email"), str) or "@" not in claims["email"]:
        raise Refused(
            _(
                "You were not signed in: %(provider)s tells us no e-mail address. Sign in by a code, "
                "then link %(provider)s on your account page."
            )
            % values
        )
    if claims.get("email_verified") is not True:
        raise Refused(
            _(
                "You were not signed in: %(provider)s has not verified that %(email)s is yours. Verify it there, "
                "or sign in by a code and link %(provider)s on your account page."
            )
            % values
        )
    person = arrive(claims["email"].strip().lower(), at=timezone.now())
    SocialAccount.objects.get_or_create(provider=provider_id, uid=uid, defaults={"user": person})
    return person


@transaction.atomic
def link(person: Person, provider_id: str, claims: dict[str, Any]) -> None:
    """Link a provider's number for somebody to their account.

    Raises:
        Refused: it is linked to another account.
    """
    found, _made = SocialAccount.objects.get_or_create(
        provider=provider_id, uid=str(claims["sub"]), defaults={"user": person}
    )
    if found.user_id != person.pk:
        raise Refused(
            _(
                "%(provider)s was not linked: that account there belongs to another account here. "
                "Sign in with %(provider)s to see which, and unlink it there first."
            )
            % {"provider": name_of(provider_id)}
        )
