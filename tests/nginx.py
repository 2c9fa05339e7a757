"""deploy/nginx.conf as it is, but for the places, ports and certificate that a machine has."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CONF = Path(__file__).parent.parent / "deploy" / "nginx.conf"
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@dataclass(frozen=True)
class Places:
    """Where the publication answers and its files are, and where nginx shall answer."""

    folder: Path  # what nginx writes
    upstream: int
    port: int
    spare: int  # for what listens on 80
    static: Path
    media: Path


def configured(places: Places, *, tls: bool = True) -> Path:
    """The file for one process of nginx; without `tls` as plain HTTP.

    AssertionError where deploy/nginx.conf does not name one of those places any more.
    """
    text = CONF.read_text()
    listening = f"listen 127.0.0.1:{places.port}"
    for there, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{places.upstream}"),
        ("/etc/letsencrypt/live/publication.example", str(places.folder)),
        ("/var/log/nginx", str(places.folder)),
        ("/var/cache/publication-nginx", str(places.folder / "cache")),
        ("/srv/publication/var/static", str(places.static)),
        ("/srv/publication/var/media", str(places.media)),
        ("listen 443 ssl http2;", f"{listening} ssl http2;" if tls else f"{listening};"),
        ("listen 80;", f"listen 127.0.0.1:{places.spare};"),
    ):
        assert there in text, f"deploy/nginx.conf does not say “{there}” any more."
        text = text.replace(there, here)
    text = re.sub(r" +listen \[::\]:.*\n", "", text)
    if tls:
        _certificate(places.folder)
    else:
        text = re.sub(r" +ssl_.*\n", "", text)
    temporary = "".join(
        f"{kind}_temp_path {places.folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = places.folder / "whole.conf"
    whole.write_text(
        f"pid {places.folder}/pid;\ndaemon off;\nmaster_process off;\n"
        f"error_log {places.folder}/main.log;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\n{temporary}{text}\n}}\n"
    )
    return whole


@contextmanager
def running(conf: Path) -> Iterator[subprocess.Popen[bytes]]:
    """nginx by that file, which ends with this; it may not answer yet."""
    assert PROGRAM, "nginx is not installed"
    process = subprocess.Popen([PROGRAM, "-e", conf.parent / "main.log", "-c", conf])
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "publication.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
