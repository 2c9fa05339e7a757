"""How Akismet fares, on one page, with a button that asks whether the key is good."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from ..akismet import health, verdicts
from ..models import AkismetCheck, AkismetFeedback, AkismetHealth
from ..spam import akismet, second_opinion
from ..spam.akismet import Verdict
from .one_page import OnePage


@admin.register(AkismetHealth)
class AkismetHealthAdmin(OnePage):
    """There is nothing to fill in: one button."""

    page_title = "Akismet"
    page_template = "admin/comments/akismethealth/akismet.html"

    def facts(self, request: HttpRequest) -> dict[str, object]:
        return {"why_off": akismet.why_off(), "is_on": second_opinion.is_on(), **state()}

    def pressed(self, request: HttpRequest, user: User) -> HttpResponse:
        """Ask now, while whoever pressed waits: two requests, each as long as the setting says."""
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
