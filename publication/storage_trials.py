"""Whether pictures can be kept: a file is written, read and deleted in each storage, seldom."""

import logging
import secrets
import threading
import time
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.storage import storages

log = logging.getLogger(__name__)

EVERY = 20.0  # seconds, per process: a bucket's answers cost money, and time
PATIENCE = 4.0  # seconds; of both storages together less than the ten that monitors wait


@dataclass
class Trial:
    """Of one storage of the settings. One for a process; its threads share it."""

    alias: str
    what: str  # it keeps, in words
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None  # of two at once, one would delete what the other reads
    _ended_at: float = float("-inf")
    _said: str = ""
    _undeleted: str = ""  # a file: where none can be deleted, no more are made

    def problem(self) -> str:
        """Why nothing can be kept there, or “”. It is asked aside: a bucket that hangs is to hold
        no thread that readers wait for, and no monitor's patience."""
        with self._lock:
            if time.monotonic() - self._ended_at < EVERY:
                return self._said
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(PATIENCE)
        if thread.is_alive():
            return f"The {self.what} did not answer within {PATIENCE:g} seconds."
        return self._said

    def _run(self) -> None:
        try:
            same = self._comes_back()
        except Exception as error:  # a bucket's library has errors of its own
            why = getattr(error, "strerror", None) or type(error).__name__  # names no place
            log.warning("The storage of %s failed its test: %s", self.what, why)
            self._said = f"The {self.what} cannot be written, read and deleted ({why})."
        else:
            self._said = "" if same else f"The {self.what} do not come back as they were written."
        self._ended_at = time.monotonic()

    def _comes_back(self) -> bool:
        """A file, as it was written; it is deleted again."""
        storage, content = storages[self.alias], secrets.token_bytes(16)
        if self._undeleted:
            storage.delete(self._undeleted)
        name = storage.save(f"health/{secrets.token_hex(8)}", ContentFile(content))
        self._undeleted = name
        with storage.open(name) as file:
            same: bool = file.read() == content
        storage.delete(name)
        self._undeleted = ""
        return same
