"""A mail server on loopback that keeps what it is sent, for tests over a real connection."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Session)
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse = ""  # the answer to every RCPT, when one is to be refused
        self.looks_into_each = 0.0  # seconds from a mail's end to the answer that it is kept


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        """As much of RFC 5321 as smtplib speaks."""
        recipients: list[str] = []
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                return self.say("221 bye")
            if verb == b"RCPT":
                recipients.append(line.decode().partition(":")[2].strip(" <>\r\n"))
                self.say(self.server.refuse or "250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                self.server.mails.append(self.mail())
                self.server.recipients.append(recipients)
                recipients = []
                time.sleep(self.server.looks_into_each)
                self.say("250 kept")
            else:
                self.say("250 ok")
        return None

    def mail(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        data = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
        return message_from_bytes(data, policy=policy.default)  # type: ignore[return-value]

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(port: int = 0) -> Iterator[_Server]:
    with _Server(("127.0.0.1", port)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
