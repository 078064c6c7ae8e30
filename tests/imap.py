"""A real IMAP server for tests: Debian's dovecot as a private instance on loopback, its whole life in one folder."""

import getpass
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pasti.cli.standins import free_port

USER, PASSWORD = "pengaduan", "sandi@kotak"
SETTINGS = """
protocols = imap
listen = {hosts}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{folder}/mail/%u
mailbox_list_index = no
mail_uid = {owner}
mail_gid = {group_of_owner}
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
mail_max_userip_connections = 100
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={{PLAIN}}{password}
}}
userdb {{
  driver = static
  args = home={folder}/mail/%u
}}
"""


@dataclass(frozen=True, kw_only=True)
class ImapServer:
    """Where it listens, and the folder of the one mailbox."""

    port: int
    secure_port: int
    folder: Path

    def url(self, *, scheme: str = "imap", host: str = "127.0.0.1", user: str = USER, password: str = PASSWORD) -> str:
        """The address as PASTI_IMAP_URL takes it."""
        port = self.secure_port if scheme == "imaps" else self.port
        return f"{scheme}://{user}:{password.replace('@', '%40')}@{host}:{port}/INBOX"

    @property
    def certificate(self) -> Path:
        """Whom to trust."""
        return self.folder / "server.pem"

    def deliver(self, *letters: bytes) -> None:
        """Put letters into the mailbox as a mail transport does, in this order."""
        inbox = self.folder / "mail" / USER
        for part in ("tmp", "new", "cur"):
            (inbox / part).mkdir(parents=True, exist_ok=True)
        began = time.time_ns()
        for number, letter in enumerate(letters):
            name = f"{began // 10**9}.M{began % 10**9:09}P{number:06}.uji"
            (inbox / "tmp" / name).write_bytes(letter)
            (inbox / "tmp" / name).rename(inbox / "new" / name)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("nobody")
            for path in (inbox, *inbox.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid)

    def empty(self) -> None:
        """Remove every letter and what the server remembers of them."""
        shutil.rmtree(self.folder / "mail" / USER, ignore_errors=True)
        self.deliver()


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Dovecot, answering, for as long as this lasts."""
    folder = Path(tempfile.mkdtemp(prefix="imap-"))
    folder.chmod(0o755)
    server = ImapServer(port=free_port(), secure_port=free_port(), folder=folder)
    _write_settings(server)
    with subprocess.Popen(["dovecot", "-F", "-c", str(folder / "dovecot.conf")]) as process:
        try:
            _wait_for(server, process)
            server.empty()
            yield server
        finally:
            process.terminate()
            process.wait(20)
            shutil.rmtree(folder, ignore_errors=True)


def _write_settings(server: ImapServer) -> None:
    folder, is_root = server.folder, os.geteuid() == 0
    (folder / "mail").mkdir()
    me = getpass.getuser()
    accounts = (
        {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "owner": "nobody", "group_of_owner": "nogroup"}
        if is_root
        else {"internal": me, "group": os.getgid(), "login": me, "owner": os.getuid(), "group_of_owner": os.getgid()}
    )
    if is_root:
        shutil.chown(folder / "mail", "nobody", "nogroup")
    _write_certificate(folder)
    text = SETTINGS.format(
        folder=folder,
        hosts="127.0.0.1, 127.0.0.2",
        port=server.port,
        secure_port=server.secure_port,
        password=PASSWORD,
        **accounts,
    )
    (folder / "dovecot.conf").write_text(text)


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kotak surat uji")])
    now = datetime.now(UTC)
    hosts = [x509.IPAddress(ip_address(host)) for host in ("127.0.0.1", "127.0.0.2")]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "server.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "server.key").write_bytes(key.private_bytes(*pem))


def _wait_for(server: ImapServer, process: subprocess.Popen[bytes]) -> None:
    """Until it greets over TLS."""
    context = ssl.create_default_context(cafile=str(server.certificate))
    end = time.monotonic() + 20
    while True:
        try:
            with _secured(server, context) as line:
                assert line.recv(4) == b"* OK"
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                log = server.folder / "log"
                raise AssertionError(log.read_text() if log.exists() else "dovecot did not start") from None
            time.sleep(0.05)


def _secured(server: ImapServer, context: ssl.SSLContext) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", server.secure_port), timeout=5)
    return context.wrap_socket(plain, server_hostname="127.0.0.1")
