"""What is made for one reader is compressed as it goes out; what is for all is kept compressed.

The page cache keeps the bytes that it answers (pagecache/page.py) and asks Django without saying
what a browser can read, so nothing here touches a page it makes.
"""

from typing import Any

from django.middleware.gzip import GZipMiddleware


class CompressTextMiddleware(GZipMiddleware):
    """Django's, with its random bytes against BREACH, for text alone: pictures are dense already,
    and keep their length."""

    def process_response(self, request: Any, response: Any) -> Any:
        kind = response.get("Content-Type", "").partition(";")[0]
        if not kind.startswith("text/") and kind != "application/json":
            return response
        return super().process_response(request, response)
