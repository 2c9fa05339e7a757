"""The rules, each with its switch, and what those on dry run would have done."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.module_loading import import_string

from ..models import RuleSetting
from ..spam import dry_run
from ..spam.screening import in_words, name_of
from .one_page import OnePage

PERIODS = (7, 30, 90)  # days one can look back on
Mode = RuleSetting.Mode


@dataclass(frozen=True)
class Line:
    """One rule on the page. `would` is None unless it found something while it did not count."""

    name: str
    about: str
    mode: str
    setting: RuleSetting | None
    would: dry_run.WouldHave | None


@admin.register(RuleSetting)
class RuleSettingAdmin(OnePage):
    """All rules of the settings, whether or not an editor ever changed them."""

    page_title = "Rules"
    page_template = "admin/comments/rulesetting/rules.html"

    def facts(self, request: HttpRequest) -> dict[str, object]:
        days = _days(request)
        return {
            "lines": _lines(days),
            "days": days,
            "periods": PERIODS,
            "modes": Mode.choices,
        }

    def pressed(self, request: HttpRequest, user: User) -> HttpResponse:
        """Set the rules whose mode was changed on the page, where nobody else has since."""
        for path in settings.COMMENTS_RULES:
            name = name_of(path)
            mode, was = request.POST.get(f"mode-{name}", ""), request.POST.get(f"was-{name}", "")
            if mode == was or mode not in Mode.values:
                continue
            if _set(name, mode, was, user):
                messages.success(request, f"{in_words(name)}: {Mode(mode).label.lower()}.")
            else:
                messages.warning(
                    request, f"{in_words(name)} was changed by somebody else; look again."
                )
        return HttpResponseRedirect(request.get_full_path())


def _set(name: str, mode: str, was: str, user: User) -> bool:
    """Whether it was as the page showed it, and now is as the page asks."""
    to = {"mode": mode, "changed_by": user, "changed_at": timezone.now()}
    if RuleSetting.objects.filter(rule=name, mode=was).update(**to):
        return True
    if was != Mode.ON or RuleSetting.objects.filter(rule=name).exists():
        return False
    try:
        with transaction.atomic():
            RuleSetting.objects.create(rule=name, **to)
    except IntegrityError:  # somebody else's first change came in between
        return False
    return True


def _lines(days: int) -> list[Line]:
    """Three queries, with the names of those who changed something."""
    chosen = {each.rule: each for each in RuleSetting.objects.select_related("changed_by")}
    would = dry_run.since(timezone.now() - timedelta(days=days))
    return [
        Line(
            name := name_of(path),
            " ".join((import_string(path).__doc__ or "").partition(".")[0].split()) + ".",
            chosen[name].mode if name in chosen else Mode.ON.value,
            chosen.get(name),
            would.get(name),
        )
        for path in settings.COMMENTS_RULES
    ]


def _days(request: HttpRequest) -> int:
    value = request.GET.get("days", "")
    return int(value) if value in map(str, PERIODS) else 30
