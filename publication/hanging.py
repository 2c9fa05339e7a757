"""Ends a process of the web server that answers nobody any more, whose log then says where each
of its threads was; another is started in its place.

Nothing else notices: it still accepts whoever comes, and its parent, whom systemd watches, only
sees that it is there.
"""

import faulthandler
import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HANGS_AFTER = 120.0  # seconds; a post waits for SQLite's other writer for twenty
LOOK_AGAIN = 10.0  # seconds


class Watched:
    """Wraps an application. One for a process, which has so many threads for requests.

    It hangs when every thread has a request and none has begun another since; or when none of
    Python's runs, as while one searches by a pattern that does not end. So the end is set to a
    time, by a clock that needs no Python, and put off as long as all is well.
    """

    def __init__(self, application: WSGIApplication, threads: int) -> None:
        self.application, self.threads = application, threads
        self._begun: dict[int, float] = {}  # by thread, what it has in hand since when
        self._well = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        thread = threading.get_ident()
        self._begun[thread] = time.monotonic()
        try:
            return self.application(environ, start_response)
        finally:
            del self._begun[thread]

    def watch(self) -> None:
        def look_again() -> None:
            while True:
                time.sleep(LOOK_AGAIN)
                self.look()

        self.look()
        threading.Thread(target=look_again, daemon=True).start()

    def look(self) -> None:
        """Puts the end off, unless it hangs since it was last put off."""
        in_hand = list(self._begun.values())
        if len(in_hand) < self.threads or max(in_hand) > self._well:
            self._well = time.monotonic()
            faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
