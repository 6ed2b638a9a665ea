"""A mail server for the tests: aiosmtpd with TLS, sign-in, and a recipient it does not know. Keeps what it takes as files.

Called with a folder that holds server.pem and server.key, and with the password; prints its two ports when it listens: the
one that wants STARTTLS, and the one that is encrypted from the first byte on.
"""

import asyncio
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, password = pathlib.Path(sys.argv[1]), sys.argv[2].encode()


class Handler:
    taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("ukendt"):
            return "550 5.1.1 No such user here \x1b[31m"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        (folder / f"{self.taken}.eml").write_bytes(envelope.original_content)
        about = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data,
        }
        (folder / f"{self.taken}.json").write_text(json.dumps(about))
        return "250 2.0.0 Taken"


def authenticate(server, session, envelope, mechanism, data):
    if data.login == b"kontakt" and data.password == password:
        return AuthResult(success=True, auth_data="kontakt")
    return AuthResult(success=False, handled=False)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    handler = Handler()
    common = dict(authenticator=authenticate, auth_required=True)
    loop = asyncio.get_running_loop()
    later = await loop.create_server(
        lambda: SMTP(handler, tls_context=context, require_starttls=True, **common),
        "127.0.0.1",
        0,
    )
    first = await loop.create_server(
        lambda: SMTP(handler, auth_require_tls=False, **common),
        "127.0.0.1",
        0,
        ssl=context,
    )
    print(*(server.sockets[0].getsockname()[1] for server in (later, first)), flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
