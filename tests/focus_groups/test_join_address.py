"""Where a QR code leads, and whether a phone gets there."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.focus_groups.join_address import address_in_this_network, is_out_of_reach, join_link, shown_address


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "x.localhost",
        "localhost.localdomain",
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",  # noqa: S104 (what is to be told apart)
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
    ],
)
@pytest.mark.parametrize("address", ["http://{}", "http://{}:8000", "https://{}/workshop"])
def test_the_machine_itself_is_out_of_reach(host: str, address: str) -> None:
    assert is_out_of_reach(address.format(host))


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.7:8000",
        "http://10.0.0.3",
        "https://workshop.example.org",
        "http://[2001:db8::1]:80",
        "http://laptop.local:8000",
        "https://localhost.example.org",
    ],
)
def test_others_are_not(address: str) -> None:
    assert not is_out_of_reach(address)


@given(st.ip_addresses(v=4), st.integers(1, 65535))
def test_of_addresses_by_number_only_loopback_and_none_are(ip: ipaddress.IPv4Address, port: int) -> None:
    assert is_out_of_reach(f"http://{ip}:{port}") == (ip.is_loopback or ip.is_unspecified)


def test_the_link_begins_with_the_installations_address() -> None:
    assert join_link("https://example.org/workshop", "t0ken") == "https://example.org/workshop/j/t0ken"
    assert shown_address("https://example.org/workshop/") == "example.org/workshop"


def test_this_machines_address_is_one_that_others_could_use() -> None:
    found = address_in_this_network()
    assert found is None or not is_out_of_reach(f"http://{found}")
