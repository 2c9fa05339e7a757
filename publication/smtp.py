"""A mail server is given longer to answer for a mail that it has than for anything else."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

# Seconds after the end of a mail, while the server looks into it for spam and viruses. It may have
# kept it whatever we do: who does not wait sends the same again (RFC 5321, 4.5.3.2.6, would have
# ten minutes, in which a worker does nothing else).
LOOKS_INTO_IT = 60.0


class _Patient(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        if self.sock is None:
            return super().data(msg)
        usual = self.sock.gettimeout()
        self.sock.settimeout(LOOKS_INTO_IT)
        try:
            return super().data(msg)
        finally:
            if self.sock is not None:  # it was not closed meanwhile
                self.sock.settimeout(usual)


class _PatientOverTLS(_Patient, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, but for that."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _PatientOverTLS if self.use_ssl else _Patient
