"""/.well-known/security.txt: whom to tell of a weakness (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reviews.addresses import whole

from .models import Masthead

# Less than a year, as section 2.5.5 asks. From midnight on, so that it is the same all day.
GOOD_FOR = timedelta(days=180)


@require_safe
@cache_control(max_age=3600)
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Contact, expiry, languages and this address. 404 while nobody can be written to. One query.

    The contact is settings.SECURITY_CONTACT, an e-mail address or a page, else the masthead's.
    """
    contact = settings.SECURITY_CONTACT or Masthead.objects.current().contact_email
    if not contact:
        raise Http404("Nobody to write to.")
    today = timezone.now().astimezone(UTC).date()
    expires = datetime(today.year, today.month, today.day, tzinfo=UTC) + GOOD_FOR
    lines = [
        f"Contact: {contact if '://' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE.partition('-')[0]}",
        f"Canonical: {whole(reverse('security_txt'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
