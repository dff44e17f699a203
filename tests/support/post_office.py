"""A handler for aiosmtpd that lets in only who signs in, and refuses with what it is told to."""

from base64 import b64decode
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult


class Guarded(Mailbox):
    """Keeps mail as `Mailbox` does. The file `answer` beside it, where it is there, is what each
    recipient is answered."""

    def __init__(self, folder, user, password):
        super().__init__(folder)
        self.answer = Path(folder).parent / "answer"
        self.known = f"\0{user}\0{password}".encode()

    @classmethod
    def from_cli(cls, parser, *args):
        return cls(*args)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        """Over TLS from the first byte, aiosmtpd 1.4 takes the line for a plain one."""
        session.host_name = hostname
        if server.transport.get_extra_info("sslcontext") and not session.ssl:
            server._auth_require_tls = False
            responses.insert(-1, "250-AUTH PLAIN")
        return responses

    async def auth_PLAIN(self, server, args):
        """RFC 4616: an empty identity, the user and the password, apart by NUL."""
        given = b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        return AuthResult(success=given == self.known, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.exists():
            return self.answer.read_text().strip()
        envelope.rcpt_tos.append(address)
        return "250 OK"
