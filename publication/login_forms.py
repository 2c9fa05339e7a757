"""The forms of the newsroom's door: the login, and the password once more."""

from typing import Any, cast

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from comments import rate_limits

from . import logins


class LoginForm(AdminAuthenticationForm):
    """Django's, with a limit; `wait` is set when the password was not even looked at."""

    wait: rate_limits.TooMany | None = None
    fault_id = "login-fault"  # of the sentence that says what is wrong

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        # The browser puts the focus there: a screen reader says what is wrong with it.
        if self.non_field_errors():
            self.fields["username"].widget.attrs["aria-describedby"] = self.fault_id

    def clean(self) -> dict[str, Any]:
        username, password = (self.cleaned_data.get(name) for name in ("username", "password"))
        if not (self.request and username and password):
            return super().clean()
        try:
            attempt = logins.begin(self.request, username)
        except rate_limits.TooMany as wait:
            self.wait = wait
            raise ValidationError(logins.refusal(wait), code="too_many") from None
        cleaned = super().clean()
        attempt.succeeded()
        return cleaned


class PasswordForm(forms.Form):
    """Asks who is logged in for the password once more; under the same limit as the login."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    wait: rate_limits.TooMany | None = None

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request

    def clean_password(self) -> str:
        user, password = cast(User, self.request.user), str(self.cleaned_data["password"])
        try:
            attempt = logins.begin(self.request, user.get_username())
        except rate_limits.TooMany as wait:
            self.wait = wait
            raise ValidationError(logins.refusal(wait), code="too_many") from None
        if not user.check_password(password):
            raise ValidationError("This is not your password.", code="wrong")
        attempt.succeeded()
        return password
