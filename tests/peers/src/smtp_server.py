"""A mail server that keeps what it gets as files: `smtp_server.py FOLDER PORT MODE SECONDS`, encrypted by `starttls` or `tls`, or `clear`.

Says its port once it listens, and takes so long for each mail. `FOLDER/events` has a line for each thing that was said to it."""

import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FOLDER = pathlib.Path(sys.argv[1])
MODE = sys.argv[3]
SECONDS = float(sys.argv[4])
USERNAME, PASSWORD = b"postern", b"open sesame"


def happened(event):
    with open(FOLDER / "events", "a") as events:
        events.write(event + "\n")


class Handler:
    kept = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        happened("EHLO encrypted" if session.ssl or MODE == "tls" else "EHLO")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        happened("MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        happened("RCPT")
        if address == "nobody@home.example":
            return "550 5.1.1 nobody@home.example is not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        how = "encrypted" if session.ssl or MODE == "tls" else "clear"
        who = "authenticated" if session.authenticated else "anonymous"
        to = ",".join(envelope.rcpt_tos)
        await asyncio.sleep(SECONDS)
        Handler.kept += 1
        written = FOLDER / "being-written"
        written.write_bytes(f"{how} {who} {to}\n".encode() + envelope.content)
        written.rename(FOLDER / f"{Handler.kept:04}.eml")
        happened("DATA")
        # The server stores the first mail to this address but answers with an error, so it is sent
        # twice.
        is_lost = to == "twice@home.example" and Handler.kept == 1
        return "451 4.3.0 try again later" if is_lost else "250 OK"


class Server(SMTP):
    def connection_lost(self, error):
        happened("lost")
        super().connection_lost(error)


def authenticate(server, session, envelope, mechanism, data):
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (USERNAME, PASSWORD)
    happened("AUTH" if is_known else "AUTH refused")
    return AuthResult(success=is_known, handled=is_known)


def certificate():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(FOLDER / "certificate", FOLDER / "key")
    return tls


def serve():
    if MODE == "clear":
        return Server(Handler(), hostname="localhost")
    if MODE == "tls":
        return Server(
            Handler(),
            hostname="localhost",
            auth_required=True,
            auth_require_tls=False,
            authenticator=authenticate,
        )
    return Server(
        Handler(),
        hostname="localhost",
        tls_context=certificate(),
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
    )


async def main():
    loop = asyncio.get_running_loop()
    tls = certificate() if MODE == "tls" else None
    listener = await loop.create_server(serve, "127.0.0.1", int(sys.argv[2]), ssl=tls)
    print(listener.sockets[0].getsockname()[1], flush=True)
    await listener.serve_forever()


asyncio.run(main())
