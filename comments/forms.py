"""The reply form: whether what was typed is well formed, not whether it is welcome."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models import Article

from . import plain_text
from .mailboxes import MailboxValidator
from .models import TEXT_LIMIT, Comment
from .spam import FormFacts

# A page may be cached for a week, and a reader may think about it for another.
FORM_LIFETIME = timedelta(days=14)
TYPED = ("text", "name", "email", "url", "replies")  # what of it is the reader's


def readable(text: str) -> None:
    """Raises ValidationError for characters that no reader can have meant."""
    if "\x00" in text:
        raise ValidationError(_("Characters that cannot be shown were taken out. Send it again."))
    if "\N{REPLACEMENT CHARACTER}" in text:  # it stands where bytes were not UTF-8
        raise ValidationError(
            _(
                "Your browser sent characters that cannot be read; they show as “�”. "
                "Write them again."
            )
        )


class Stamp(forms.CharField):
    """When and for which article the form was made, signed: no cookie and no session needed."""

    widget = forms.HiddenInput
    signer = signing.Signer(salt="comments.form")

    def __init__(self, article: Article) -> None:
        super().__init__(required=False, label="Time of the form")
        self.article = article

    @classmethod
    def made_now(cls, article: Article, *, came_back: bool = False) -> str:
        """`came_back`: the text is in it already, so that a quick press says nothing."""
        seconds = int(timezone.now().timestamp())
        return cls.signer.sign(f"{article.pk}.{seconds}.{'back' if came_back else 'new'}")

    def clean(self, value: Any) -> FormFacts:
        """Raises ValidationError when it is missing, forged, of another article, or too old."""
        try:
            pk, seconds, how = self.signer.unsign(str(value or "")).split(".")
        except signing.BadSignature:
            raise ValidationError("No time.", code="expired") from None
        made = datetime.fromtimestamp(int(seconds), UTC)
        if int(pk) != self.article.pk or timezone.now() - made > FORM_LIFETIME:
            raise ValidationError("Too old.", code="expired")
        return FormFacts(rendered_at=made if how == "new" else None)


class Line(forms.CharField):
    """One line of text, with no limit in the browser: a limit there cuts a paste in silence."""

    def __init__(self, *, limit: int, **options: Any) -> None:
        super().__init__(**options)
        self.limit = limit
        too_long = _("Shorten this: it may have %(limit_value)s characters at most.")
        self.validators += [MaxLengthValidator(limit, too_long)]

    def to_python(self, value: Any) -> str:
        readable(str(value or ""))
        return plain_text.one_line(super().to_python(value) or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data and data.replace("\x00", "")


class Website(Line):
    def to_python(self, value: Any) -> str:
        url = super().to_python(value)
        return f"https://{url}" if url and "://" not in url else url


class Text(forms.CharField):
    """Many lines, counted as they are kept."""

    widget = forms.Textarea
    limit = TEXT_LIMIT

    def to_python(self, value: Any) -> str:
        readable(str(value or ""))
        text = plain_text.tidy(str(value or ""))
        return "" if plain_text.is_blank(text) else text

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                _(
                    "This has %(has)s characters and %(most)s is the most. Shorten it by "
                    "%(over)s, or send it in parts."
                ),
                code="too_long",
                params={
                    "has": f"{len(value):,}",
                    "most": f"{self.limit:,}",
                    "over": f"{len(value) - self.limit:,}",
                },
            )

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data and data.replace("\x00", "")


class Honeypot(forms.Field):
    """People do not see it; a robot fills it in."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Leave this field empty; it is there to catch robots"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )


class CommentForm(forms.Form):
    """Name, e-mail, website and text. The same for every reader until one has typed in it."""

    text = Text(
        label=_("Your comment"),
        help_text=_(
            "A paragraph that begins with “Spoiler:” stays folded until a reader opens it."
        ),
        error_messages={"required": _("Write your comment.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    name = Line(
        label=_("Name"),
        limit=Comment._meta.get_field("author_name").max_length or 0,
        help_text=_("Shown with your comment."),
        error_messages={"required": _("Say what name to show with your comment.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = Line(
        label=_("E-mail"),
        limit=Comment._meta.get_field("author_email").max_length or 0,
        help_text=_("Never shown; the moderators can see it."),
        error_messages={
            "required": _("Give an e-mail address; it is never shown."),
        },
        validators=[
            MailboxValidator(_("This is not an e-mail address. Write it like you@example.org."))
        ],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    url = Website(
        label=_("Website"),
        limit=Comment._meta.get_field("author_url").max_length or 0,
        required=False,
        help_text=_("If you have one; your name will link to it."),
        validators=[
            URLValidator(
                ["http", "https"], message=_("Write the address like https://example.org, or none.")
            )
        ],
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )
    replies = forms.BooleanField(label=_("Tell me of replies by e-mail"), required=False)
    subject = Honeypot()

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, article: Article) -> None:
        super().__init__(data, auto_id="reply-%s", use_required_attribute=True)
        self.fields["stamp"] = Stamp(article)
        self.initial["stamp"] = Stamp.made_now(article)
        self.article = article

    def keep(self, typed: dict[str, Any]) -> None:
        """Have in it what was typed before, and is not sent yet."""
        self.initial.update({name: typed[name] for name in TYPED if name in typed})
        self.initial["stamp"] = Stamp.made_now(self.article, came_back=True)

    def typed(self) -> dict[str, Any]:
        """What was typed, whether it is well formed or not, without what would not be kept."""
        said = {name: self[name].value() or "" for name in TYPED}
        lines = {name: plain_text.one_line(said[name]) for name in ("name", "email", "url")}
        return said | lines | {"text": plain_text.tidy(said["text"])}

    def is_too_long(self) -> bool:
        """Whether a field has more than it takes, and so an error, whatever else is wrong in it."""
        typed, limited = self.typed(), self.fields.items()
        return any(
            len(typed[name]) > field.limit
            for name, field in limited
            if isinstance(field, Line | Text)
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if plain_text.is_blank(name):
            raise ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name

    def clean_email(self) -> str:
        return plain_text.mailbox(self.cleaned_data["email"])

    def has_expired(self) -> bool:
        return self.has_error("stamp", "expired")

    def renew(self) -> None:
        """Put a fresh time in, so that one more press sends what is typed."""
        renewed = self.data.copy()
        renewed["stamp"] = Stamp.made_now(self.article, came_back=True)
        self.data = renewed

    def facts(self) -> dict[str, Any]:
        """What intake.submit wants to know of a valid form."""
        said = self.cleaned_data
        stamped: FormFacts = said["stamp"]
        return {
            "author_name": said["name"],
            "author_email": said["email"],
            "author_url": said["url"],
            "text": said["text"],
            "wants_replies": said["replies"],
            "form_facts": FormFacts(said["subject"] or "", stamped.rendered_at),
        }


class EditForm(forms.Form):
    """A comment's words again, and the version of it that its writer saw."""

    text = Text(
        label=_("Your comment"),
        error_messages={"required": _("Write your comment, or withdraw it below.")},
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, comment: Comment) -> None:
        super().__init__(data, auto_id="yours-%s", use_required_attribute=True)
        self.initial = {"text": comment.text, "version": comment.version}

    def renew(self, comment: Comment) -> None:
        """Name the version there is now, so that one more press saves what is typed."""
        renewed = self.data.copy()
        renewed["version"] = str(comment.version)
        self.data = renewed
