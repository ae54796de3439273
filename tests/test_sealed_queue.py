"""Redis over a network, under TLS: both ways to it know `rediss://`."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from redis.exceptions import ConnectionError
from waiting import wait_until

from taxai_core.health.role import role_health
from taxai_core.jobs.connection import open_redis
from taxai_core.observe.resp import ask_redis

LOOPBACK = "127.0.0.1"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine with its key, in one file, by its own word."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=True
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    )
    return path


@pytest.fixture
def sealed_port(redis, valkey_url: str, certificate: Path) -> Iterator[int]:
    """The port of a door under TLS to the real Valkey, which is built without it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with socket.create_server((LOOPBACK, 0)) as door:
        threading.Thread(target=_let_in, args=(door, context, valkey_url), daemon=True).start()
        yield door.getsockname()[1]


def _let_in(door: socket.socket, context: ssl.SSLContext, valkey_url: str) -> None:
    with suppress(OSError):  # the door is closed at the end of the test
        while True:
            plain, _ = door.accept()
            with suppress(ssl.SSLError):
                visitor = context.wrap_socket(plain, server_side=True)
                server = socket.socket(socket.AF_UNIX)
                server.connect(valkey_url.removeprefix("unix://"))
                for one, other in ((visitor, server), (server, visitor)):
                    threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


def test_a_queue_under_tls_is_reached_where_its_certificate_is_known(
    sealed_port: int, certificate: Path
) -> None:
    url = f"rediss://{LOOPBACK}:{sealed_port}/0?ssl_ca_certs={certificate}"

    with open_redis(url, answer_within_s=2.0) as client:
        wait_until(client.ping, "it answers")
        client.set("said", "under TLS")

    assert ask_redis(url, [["GET", "said"]], 2.0) == [b"under TLS"]
    (queue,) = [check for check in role_health("app", url, 9) if check.name == "Queue"]
    assert queue.state == "ok"


def test_a_queue_whose_certificate_nobody_knows_is_not_talked_to(sealed_port: int) -> None:
    url = f"rediss://{LOOPBACK}:{sealed_port}/0"

    with pytest.raises(ssl.SSLError):
        ask_redis(url, [["PING"]], 2.0)
    with open_redis(url, answer_within_s=2.0, retries=0) as client, pytest.raises(ConnectionError):
        client.ping()
