"""What is kept of those who comment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..forms import FORM_LIFETIME
from ..spam.rules import FLOOD_WINDOW


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of those who comment, from the numbers in force."""
    limits = {"form_days": FORM_LIFETIME.days, "flood_minutes": FLOOD_WINDOW.seconds // 60}
    return render(request, "comments/privacy.html", limits)
