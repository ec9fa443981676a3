"""The address that is listened on: which protocols reach it, and what is said if it cannot be used."""

import socket
import sys

import pytest

from scidex.core import serving

needs_ipv6 = pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="needs IPv6 and IPv4 on one socket")


def _reached(listener: socket.socket, *hosts: str) -> list[str]:
    reached = []
    for host in hosts:
        try:
            socket.create_connection((host, listener.getsockname()[1]), timeout=5).close()
        except ConnectionRefusedError:
            continue
        reached.append(host)
    return reached


@needs_ipv6
def test_every_address_of_ipv6_is_every_one_of_ipv4_too() -> None:
    with serving.listen("::", 0) as listener:
        assert _reached(listener, "127.0.0.1", "::1") == ["127.0.0.1", "::1"]
        assert serving.protocols_of(listener) == "IPv4 and IPv6; "
        assert serving.address_of(listener).startswith("http://[::]:")


@needs_ipv6
def test_where_one_socket_cannot_take_both_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "has_dualstack_ipv6", lambda: False)
    with serving.listen("::", 0) as listener:
        assert _reached(listener, "127.0.0.1", "::1") == ["::1"]
        assert serving.protocols_of(listener) == "IPv6 alone; "


@needs_ipv6
@pytest.mark.parametrize(("host", "other"), [("127.0.0.1", "::1"), ("::1", "127.0.0.1")])
def test_one_address_is_that_one(host: str, other: str) -> None:
    with serving.listen(host, 0) as listener:
        assert _reached(listener, host, other) == [host]
        assert serving.protocols_of(listener) == ""


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example", "no-such-host.invalid", ""])
def test_a_name_of_no_host_cannot_be_listened_on(host: str) -> None:
    with pytest.raises(OSError, match=r"not a valid host name|known|resolution"):
        serving.listen(host, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="an option of Linux")
def test_a_client_that_takes_nothing_is_given_up() -> None:
    with serving.listen("127.0.0.1", 0) as listener:
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
        with client, accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
