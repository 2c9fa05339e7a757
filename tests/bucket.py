"""An S3 bucket on loopback, with the faults that buckets have."""

import socket
from urllib.parse import parse_qs, unquote, urlsplit

from .http_double import Handler, Reply, Service

REFUSED = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"


class Bucket(Service):
    """`refuses`: whatever is asked; `hangs`: takes requests and answers none; `cuts`: what is
    uploaded or given, half-way. `asked` counts requests."""

    def __init__(self) -> None:
        super().__init__(_Speaks)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}  # of what is large and on its way
        self.refuses = self.hangs = self.cuts = False
        self.asked = 0


class _Speaks(Handler):
    server: Bucket
    protocol_version = "HTTP/1.1"  # boto asks whether to go on before it sends a body

    def _answer(self) -> None:
        self.server.asked += 1
        if self.server.hangs:
            self.connection.settimeout(30)
            while self.connection.recv(65_536):  # until the other side gives up
                pass
            self.close_connection = True
        elif self.server.cuts and self.command == "PUT":
            self.rfile.read(int(self.headers["Content-Length"]) // 2)
            self.connection.shutdown(socket.SHUT_RDWR)
        elif self.server.refuses:
            self.body()
            self.reply(Reply(REFUSED if self.command != "HEAD" else "", 403))
        else:
            asked = urlsplit(self.path)
            self._do(unquote(asked.path), parse_qs(asked.query, keep_blank_values=True))

    def _do(self, name: str, query: dict[str, list[str]]) -> None:
        objects = self.server.objects
        if "uploads" in query or "uploadId" in query:
            self._in_parts(name, query)
        elif self.command == "PUT":
            objects[name] = self._sent()
            self.reply(Reply(headers={"ETag": '"x"'}))
        elif self.command == "DELETE":
            objects.pop(name, None)
            self.reply(Reply(status=204))
        elif "prefix" in query:
            self.reply(Reply(self._listed(name.strip("/"), query["prefix"][0])))
        elif name in objects:
            self._give(objects[name])
        else:
            missing = "" if self.command == "HEAD" else "<Error><Code>NoSuchKey</Code></Error>"
            self.reply(Reply(missing, 404))

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _answer  # noqa: N815 (their names there)

    def _in_parts(self, name: str, query: dict[str, list[str]]) -> None:
        """Above eight megabytes boto begins an upload, sends parts of it at once, and ends it."""
        parts = self.server.parts
        sent = self._sent() if self.command in ("PUT", "POST") else b""
        if self.command == "PUT":
            parts[name][int(query["partNumber"][0])] = sent
            self.reply(Reply(headers={"ETag": '"x"'}))
        elif "uploads" in query:
            parts[name] = {}
            self.reply(Reply("<R><UploadId>one</UploadId></R>"))
        else:
            every = parts.pop(name)
            if self.command == "POST":
                self.server.objects[name] = b"".join(every[number] for number in sorted(every))
            self.reply(Reply('<R><ETag>"x"</ETag></R>'))

    def _sent(self) -> bytes:
        """boto sends pieces, each after its length in hexadecimal, where it adds a checksum."""
        data, whole = self.body(), b""
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return data
        while data:
            line, _, data = data.partition(b"\r\n")
            size = int(line.split(b";")[0], 16)
            if not size:
                break
            whole, data = whole + data[:size], data[size + 2 :]
        return whole

    def _listed(self, bucket: str, prefix: str) -> str:
        keys = [name.removeprefix(f"/{bucket}/") for name in sorted(self.server.objects)]
        rows = "".join(
            f"<Contents><Key>{key}</Key></Contents>" for key in keys if key.startswith(prefix)
        )
        head = "<IsTruncated>false</IsTruncated>"
        return f"<ListBucketResult>{head}{rows}</ListBucketResult>"

    def _give(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Thu, 26 Nov 2026 10:00:00 GMT")
        self.end_headers()
        if self.command == "GET" and self.server.cuts:
            self.wfile.write(data[: len(data) // 2])
            self.connection.shutdown(socket.SHUT_RDWR)
        elif self.command != "HEAD":
            self.wfile.write(data)
