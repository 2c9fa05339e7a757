"""Where a process cannot see who is connected to it, it ends all the same."""

import signal
from pathlib import Path

import pytest

from publication import stopping


def test_elsewhere_than_on_linux_it_ends_as_the_server_beneath_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(stopping, "DESCRIPTORS", tmp_path / "absent")
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    try:
        stopping.Stopping(lambda _environ, _start: [], listening=0, port=0).stop()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]
