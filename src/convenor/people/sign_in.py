"""Signing in by a code sent by e-mail.

Nobody is looked up when a code is asked for: a code goes to every address in the same way, and only the right code
finds or makes the account. So the pages tell nobody who has one, and no address is kept that was not proved.
"""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.people.actions import arrive
from convenor.people.forms import AddressForm, CodeForm
from convenor.people.views import spoken
from convenor.shared.mail.message import CodeMail
from convenor.shared.pages.access import everybody

MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """How signing in behaves here: our mails and sentences, no greetings."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This is not the code of the last mail. Compare it once more; after three wrong tries a new code is needed."
        ),
        "too_many_login_attempts": gettext_lazy("Three wrong tries: that code is no longer valid. Ask for a new one."),
        "rate_limited": gettext_lazy(
            "Too many codes were asked for, so none was sent this time. The last one you got still works; "
            "otherwise wait a few minutes and ask again."
        ),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail whose text must not lie open in the outbox."""
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        CodeMail(subject.strip(), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [email]).send()

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: str = "", **kwargs: Any) -> None:
        """Pass sentences on, and leave out the library's own templates: the pages say what happened."""
        if message:
            messages.add_message(request, level, message)


class RequestCode(RequestLoginCodeView):  # type: ignore[misc]  # allauth is untyped
    """Ask for a code."""

    form_class = AddressForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """Let somebody who waits for a code start again, with another address or a new code."""

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Send a code, whoever this is."""
        email = form.cleaned_data["email"]
        process = LoginCodeVerificationProcess.initiate(request=self.request, user=None, email=email)
        context = {"code": process.generate_code(), "minutes": MINUTES, "address": settings.ORIGIN}
        get_adapter().send_mail("account/email/login_code", email, context)
        process.persist()
        return HttpResponseRedirect(self.get_success_url())


class ConfirmCode(ConfirmLoginCodeView):  # type: ignore[misc]  # allauth is untyped
    """Type the code in."""

    form_class = CodeForm
    extra_context = {"minutes": MINUTES}
    _process: Any = None  # set by the library where a code is waiting

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say why a code cannot be typed: none was asked for here, or it is too old."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if self._process or request.user.is_authenticated:
            return answer
        sentence = _(
            "No code is waiting here: a code works once, for %(minutes)s minutes, in the browser that asked for it. "
            "Ask for a new one."
        )
        messages.warning(request, sentence % {"minutes": MINUTES})
        return self.start_again()

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Find or make the account, and let its person in."""
        person = arrive(self._process.state["email"], at=timezone.now())
        self._process.state["user_id"] = str(person.pk)
        answer: HttpResponse = super().form_valid(form)
        if not person.name and isinstance(answer, HttpResponseRedirect):
            answer = HttpResponseRedirect(f"{reverse('people:account')}?{urlencode({'next': answer.url})}")
        return spoken(answer, person.language) if person.language else answer

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """Count the wrong code; after the last try go back to the start."""
        answer: HttpResponse = super().form_invalid(form)
        return self.start_again() if isinstance(answer, HttpResponseRedirect) else answer

    def start_again(self) -> HttpResponse:
        """Go to the first page, keeping where the reader was going."""
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_request_login_code")))


request_code = everybody(RequestCode.as_view())
confirm_code = everybody(ConfirmCode.as_view())
sign_out = everybody(LogoutView.as_view())
