"""The proxy of deploy/nginx before the real web server: TLS, who asks, uploads, limits, and no header of safety touched."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pasti.actions.files import MOST_BYTES, MOST_FILES
from pasti.cli import environment
from pasti.cli.standins import free_port
from tests.cli.test_serve import ROOT, clean
from tests.running import until

pytestmark = pytest.mark.needs("nginx")
NAME = "localhost"
CONF = ROOT / "deploy" / "nginx" / "pasti.conf"
AROUND = """{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/pasti.conf;
}}
"""


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """Where it answers, and the certificate to believe."""

    secure: int
    plain: int
    certificate: Path

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.secure}"

    def client(self) -> httpx.Client:
        """A browser that believes the certificate."""
        return httpx.Client(base_url=self.url, verify=ssl.create_default_context(cafile=str(self.certificate)))


def _certificate(folder: Path) -> Path:
    """A certificate for our name, signed by itself, and its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=1)).add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), False)
    file = folder / "fullchain.pem"
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*form))
    return file


def _ours(text: str, folder: Path, made: Proxy, ports: tuple[int, int]) -> str:
    """The very file, with this machine's ports and folders."""
    for old, new in (
        ("pasti.example.go.id", NAME),
        ("127.0.0.1:8000", f"127.0.0.1:{ports[0]}"),
        ("127.0.0.1:8001", f"127.0.0.1:{ports[1]}"),
        (f"/etc/letsencrypt/live/{NAME}", str(folder)),
        ("/var/cache/nginx/pasti", f"{folder}/cache"),
        ("listen 80", f"listen 127.0.0.1:{made.plain}"),
        ("listen 443", f"listen 127.0.0.1:{made.secure}"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Proxy]:
    """nginx with our file; behind it one web server that lives, and one that is down, as while it is restarted."""
    folder = tmp_path_factory.mktemp("nginx")
    ports = (free_port(), free_port())
    made = Proxy(secure=free_port(), plain=free_port(), certificate=_certificate(folder))
    (folder / "pasti.conf").write_text(_ours(CONF.read_text(), folder, made, ports))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    words = [shutil.which("nginx") or "nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*words, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    with environment.throwaway() as data, _database(server) as url:
        given = clean() | {"DATABASE_URL": url, "PASTI_BASE_URL": made.url, "PASTI_TRUST_ROOT": str(made.certificate)}
        pasti = [sys.executable, "-P", "-m", "pasti.cli", "--data", str(data)]
        subprocess.run([*pasti, "prepare"], env=given, check=True)
        with (
            subprocess.Popen([*pasti, "web", "--port", str(ports[0]), "--workers", "1"], env=given) as web,
            subprocess.Popen(words) as nginx,
        ):
            try:
                assert until(lambda: _is_well(made), seconds=30)
                yield made
            finally:
                nginx.terminate()
                web.terminate()


@contextmanager
def _database(server: str) -> Iterator[str]:
    """A database of its own on the tests' server."""
    name = f"proksi_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield make_conninfo(**{**conninfo_to_dict(server), "dbname": name})
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _is_well(made: Proxy) -> bool:
    try:
        return httpx.get(f"http://{NAME}:{made.plain}/sehat").status_code == 200
    except httpx.HTTPError:
        return False


def test_plain_http_leads_to_https_but_for_the_health_page(proxy: Proxy) -> None:
    led = httpx.get(f"http://{NAME}:{proxy.plain}/pengaduan/?a=b")

    assert (led.status_code, led.headers["location"]) == (301, f"https://{NAME}/pengaduan/?a=b")
    assert httpx.get(f"http://{NAME}:{proxy.plain}/sehat").json() == {"status": "ok"}
    assert httpx.get(f"http://{NAME}:{proxy.plain}/sehat/tugas").status_code in (200, 503)


def test_a_sign_in_page_comes_with_secure_cookies_and_its_own_headers(proxy: Proxy) -> None:
    with proxy.client() as browser:
        page = browser.get("/akun/login/")

    assert page.status_code == 200
    assert all("Secure" in cookie for cookie in page.headers.get_list("set-cookie")) and page.headers.get_list("set-cookie")
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert page.headers.get_list("x-frame-options") == ["DENY"]


def test_the_embedded_form_may_stand_in_the_offices_sites_and_is_sent(proxy: Proxy) -> None:
    with proxy.client() as browser:
        page = browser.get("/pengaduan/sematan/")
        sent = browser.post("/pengaduan/sematan/", data={}, headers={"Origin": proxy.url})
        strange = browser.post("/pengaduan/sematan/", data={}, headers={"Origin": "https://jahat.example"})

    assert "https://www.mpp.purwakartakab.go.id" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert (sent.status_code, strange.status_code) == (422, 403)  # read, and found incomplete; not ours


def test_an_upload_reaches_the_application_and_one_too_large_is_told_so(proxy: Proxy) -> None:
    with proxy.client() as browser:
        page = browser.get("/v/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        files = {"file": ("sertifikat.pdf", b"%PDF-1.7\n" + bytes(3 * 1024 * 1024), "application/pdf")}
        checked = browser.post(
            "/v/", data={"csrfmiddlewaretoken": token[1], "act": "file"}, files=files, headers={"Referer": f"{proxy.url}/v/"}
        )
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    connection = http.client.HTTPSConnection(NAME, proxy.secure, context=context, timeout=10)
    connection.putrequest("POST", "/v/")
    connection.putheader("Content-Length", str(81 * 1024 * 1024))
    connection.endheaders()
    refused = connection.getresponse()
    words = refused.read().decode()
    connection.close()

    assert checked.status_code == 200
    assert "bukan sertifikat" in checked.text.lower()
    assert (refused.status, "10 berkas" in words) == (413, True)


def test_the_largest_page_that_the_application_takes_passes() -> None:
    allowed = re.search(r"client_max_body_size (\d+)m;", CONF.read_text())

    assert allowed and int(allowed[1]) * 2**20 > (MOST_FILES + 1) * MOST_BYTES


def test_static_files_may_be_kept_for_long_and_are_kept_by_the_proxy(proxy: Proxy) -> None:
    with proxy.client() as browser:
        address = re.search(r"/static/pasti\.[0-9a-f]+\.css", browser.get("/").text)
        assert address
        style = [browser.get(address[0]) for _ in range(2)]

    assert {one.status_code for one in style} == {200}
    assert "immutable" in style[1].headers["cache-control"]
    assert [*(proxy.certificate.parent / "cache").rglob("*")] != []


def test_an_address_that_the_browser_claims_is_not_believed_and_a_flood_is_stopped(proxy: Proxy) -> None:
    form = {"login": "siapa@uji.example", "password": "salah sekali"}
    with proxy.client() as browser:
        browser.get("/akun/login/")
        token = browser.cookies.get("csrftoken", "")
        answers = [
            browser.post(
                "/akun/login/",
                data={**form, "csrfmiddlewaretoken": token},
                headers={"Referer": f"{proxy.url}/akun/login/", "X-Forwarded-For": f"203.0.113.{number}"},
            ).status_code
            for number in range(30)
        ]
        reading = browser.get("/akun/login/").status_code

    assert answers[:3] == [200, 200, 200]
    assert 429 in answers[:12], "eight wrong ones from one address: the application, which sees one address"
    assert answers[-1] == 429
    assert reading == 200


def test_another_name_gets_nothing(proxy: Proxy) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"http://127.0.0.1:{proxy.plain}/", headers={"Host": "lain.example"})
