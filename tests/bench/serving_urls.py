"""The publication's addresses, and the bare view's before them."""

from publication.urls import handler400, handler404, handler500  # noqa: F401
from publication.urls import urlpatterns as ours

from . import serve

urlpatterns = [*serve.urlpatterns, *ours]
