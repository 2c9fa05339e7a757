"""Who sends a body slowly holds up nobody who reads."""

import socket
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from reviews.models import Article

from .processes import Server, served

SLOWLY = (
    "POST {} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n"
    "Cookie: csrftoken=abcdefghijklmnopqrstuvwxyzABCDEF; sessionid=abcdefghijklmnopqrstuvwxyz01\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\na="
)
EACH = 20  # more than all processes have threads


def test_readers_are_answered_while_strangers_send_slowly(
    env: dict[str, str], article: Article, tmp_path: Path
) -> None:
    addresses = ["/", "/admin/login/", "/admin/reviews/review/add/", "/comments/unsubscribe/x/"]
    addresses.append(f"/comments/on/{article.pk}/")
    with served(env, tmp_path / "log") as server:
        for address in addresses:
            with ExitStack() as open_lines:
                for _ in range(EACH):
                    line = open_lines.enter_context(_line(server))
                    line.sendall(SLOWLY.format(address, urlsplit(server.address).netloc).encode())
                for _ in range(EACH):
                    status, page = server.get(article.get_absolute_url())
                    assert status == 200, address
                assert article.headline in page


def _line(server: Server) -> socket.socket:
    parts = urlsplit(server.address)
    return socket.create_connection((str(parts.hostname), int(parts.port or 0)))
