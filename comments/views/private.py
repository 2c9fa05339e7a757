"""Pages at an address that only one reader knows, and pages of what one reader sent."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def private_page(view: View[P]) -> View[P]:
    """No cache keeps it, no search engine lists it, and no other site is told its address."""

    @wraps(view)
    def kept_to_itself(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["Referrer-Policy"] = "same-origin"  # our own forms must say where they are from
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast(View[P], kept_to_itself)
