"""The forms with which readers report a comment and look up what came of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import reports
from .forms import Honeypot, Line
from .models import NOTE_LIMIT, Report

LONGEST_CODE = 40  # characters; a code has some fifteen


class Code(Line):
    """The private code of a report; cleaned, it is the report, or None where none was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(limit=LONGEST_CODE, **options)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> Report | None:
        code = super().clean(value)
        report = reports.by_code(code) if code else None
        if code and report is None:
            raise ValidationError(
                _("We have no report with this code. Compare it with what you kept.")
            )
        return report


class Opened(forms.CharField):
    """When the form was made, signed: what was sent from a form that is younger than a report is
    no second press of it."""

    widget = forms.HiddenInput
    signer = signing.Signer(salt="comments.reports.opened")

    @classmethod
    def now(cls) -> str:
        return cls.signer.sign(timezone.now().isoformat())

    def clean(self, value: Any) -> datetime | None:
        """None where it is missing or forged."""
        try:
            return datetime.fromisoformat(self.signer.unsign(str(value or "")))
        except signing.BadSignature:
            return None


class ReportForm(forms.Form):
    """Why a comment should be looked at again."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=[("", _("Choose a reason")), *Report.Reason.choices],
        error_messages={
            "required": _("Choose what is wrong with it."),
            "invalid_choice": _("Choose one of the reasons in the list."),
        },
    )
    note = Line(
        label=_("Anything the moderators should know"),
        limit=NOTE_LIMIT,
        required=False,
        help_text=_("Only the moderators read it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    earlier = Code(
        label=_("Code of an earlier report"),
        required=False,
        help_text=_("If you have one. Readers whose reports proved right weigh more."),
    )
    subject = Honeypot()
    opened = Opened(required=False, initial=Opened.now)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="report-%s")

    def facts(self) -> dict[str, Any]:
        """What reports.take wants to know of a valid form."""
        said = self.cleaned_data
        return {
            "reason": said["reason"],
            "note": said["note"],
            "earlier": said["earlier"],
            "trapped": bool(said["subject"]),
            "opened": said["opened"],
        }


class CodeForm(forms.Form):
    """Asks for the code of a report."""

    code = Code(
        label=_("Code of your report"),
        help_text=_("Such as 12-ABCDE-F2G3H."),
        error_messages={"required": _("Enter the code that you got when you reported.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="report-%s")
