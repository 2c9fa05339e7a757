"""How Akismet fares, on one page, with a button that asks whether the key is good."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from ..akismet import health, verdicts
from ..models import AkismetCheck, AkismetFeedback, AkismetHealth
from ..spam import akismet, second_opinion
from ..spam.akismet import Verdict


@admin.register(AkismetHealth)
class AkismetHealthAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One page; there is nothing to add, delete or fill in."""

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AkismetHealth | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._verify(request)
        context = self.admin_site.each_context(request) | {
            "title": "Akismet",
            "opts": self.opts,
            "media": self.media,
            "why_off": akismet.why_off(),
            "is_on": second_opinion.is_on(),
            "may_verify": self.has_change_permission(request),
            **state(),
        }
        return TemplateResponse(request, "admin/comments/akismethealth/akismet.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *_: Any, **__: Any) -> HttpResponse:
        return HttpResponseRedirect("../../")

    def _verify(self, request: HttpRequest) -> HttpResponse:
        """Ask now, while whoever pressed waits: two requests, each as long as the setting says."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        client = akismet.client()
        if client is None:
            messages.error(request, f"Akismet is off: {akismet.why_off()}")
            return HttpResponseRedirect(request.path)
        answer = verdicts.verify(client)
        if answer.verdict is Verdict.VALID:
            health.counted(client.usage())
            messages.success(request, "Akismet accepts the key for this site.")
        else:
            messages.error(request, f"Akismet {answer.problem}.")
        return HttpResponseRedirect(request.path)


def state() -> dict[str, object]:
    """What the page and the front page's line show. Four queries."""
    now, known = timezone.now(), health.current()
    checks = AkismetCheck.objects.filter(next_at__isnull=False)
    oldest = checks.order_by("sealed_at").first()
    return {
        "health": known,
        "is_paused": not known.stopped_at and not health.may_be_asked(known, now),
        "waiting": checks.count(),
        "oldest": oldest,
        "to_tell": AkismetFeedback.objects.filter(next_at__isnull=False).count(),
    }
