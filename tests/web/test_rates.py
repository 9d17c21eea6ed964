"""Limits of one client: how much it may ask, who it is, and what it is told."""

from __future__ import annotations

import asyncio
import logging

import httpx
import pytest

from assistant.settings import Settings
from assistant.web.rates import Rates, client_of
from tests.fakes import FakeAssistant
from tests.web.conftest import running
from tests.web.visitor import Visitor


def _asked(client: httpx.Client, **headers: str) -> httpx.Response:
    return client.post("/feedback", json={}, headers=headers)


def test_each_client_has_its_own_limit() -> None:
    """Who asked too much waits some seconds; another one does not."""
    rates = Rates("2/minute;100/hour")
    assert [rates.wait("203.0.113.7") for _ in range(2)] == [0, 0]
    assert 1 <= rates.wait("203.0.113.7") <= 60
    assert rates.wait("203.0.113.8") == 0


def test_addresses_of_one_customer_are_one_client() -> None:
    """Who has a whole IPv6 network cannot ask once from each of its addresses."""
    assert client_of("2001:db8::1") == client_of("2001:db8::ffff:1") != client_of("2001:db8:0:1::1")
    assert client_of("unknown" * 50) == ("unknown" * 50)[:64]


def test_the_default_lets_an_office_behind_one_address_ask() -> None:
    """50 people who ask every ten seconds, for a minute and all from one address, are not held back."""
    rates = Rates(Settings().rate_limit)
    assert not any(rates.wait("203.0.113.7") for _ in range(50 * 6))


def test_no_limit_is_none() -> None:
    """``none`` never holds anybody back."""
    rates = Rates("none")
    assert not any(rates.wait("203.0.113.7") for _ in range(2000))


def test_too_many_questions_are_refused_in_words_and_as_an_object() -> None:
    """A program gets JSON with the seconds to wait, a person a page in Chinese; what a page is made of is still served."""
    with running(FakeAssistant, Settings(rate_limit="2/minute")) as where, httpx.Client(base_url=where) as client:
        visitor = Visitor(client)
        for _ in range(2):
            _asked(client)
        refused = _asked(client)
        assert refused.status_code == 429
        assert refused.json()["retry_after"] == int(refused.headers["retry-after"]) > 0
        assert "秒后再试" in refused.json()["detail"]
        assert visitor.press_directly().status_code in {404, 429}
        page = client.get("/plan/demo", headers={"Accept": "text/html"})
        assert page.status_code == 429
        assert "<h1>您所在的网络提问太频繁" in page.text
        assert client.get("/").status_code == 200
        assert client.get("/health").status_code in {200, 503}
        with pytest.raises(httpx.HTTPStatusError, match="429"):
            visitor.ask("还能问吗？")


def test_nobody_is_believed_whom_no_setting_names(caplog: pytest.LogCaptureFixture) -> None:
    """A forged X-Forwarded-For does not make a new client, and the operator is told once how to name a proxy."""
    caplog.set_level(logging.WARNING)
    with running(FakeAssistant, Settings(rate_limit="2/minute")) as where, httpx.Client(base_url=where) as client:
        codes = [_asked(client, **{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(4)]
    assert codes == [400, 400, 429, 429]
    assert caplog.text.count("trusted_proxies") == 1


def test_a_named_proxy_is_believed_and_only_its_own_word() -> None:
    """Behind a proxy each reader counts alone; what a reader put before the proxy's own entry is not believed."""
    settings = Settings(rate_limit="2/minute", trusted_proxies="127.0.0.0/8,::1")
    with running(FakeAssistant, settings) as where, httpx.Client(base_url=where) as client:
        apart = [_asked(client, **{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(4)]
        forged = [_asked(client, **{"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.77"}).status_code for n in range(4)]
    assert apart == [400] * 4
    assert forged == [400, 400, 429, 429]


def test_state_of_a_client_is_freed() -> None:
    """When a window is over nothing is left of those who asked in it."""
    rates = Rates("5/second")
    for n in range(200):
        rates.wait(f"203.0.113.{n}")

    async def later() -> None:
        await asyncio.sleep(2.2)
        rates.wait("198.51.100.1")
        await asyncio.sleep(0.2)

    asyncio.run(later())
    assert len(rates._counter.storage.storage) < 10  # type: ignore[attr-defined]
