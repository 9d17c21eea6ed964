"""How much one client may ask: the one module that knows ``limits``. Counts live in memory and go with their window."""

from __future__ import annotations

import ipaddress
import math
import time
from functools import lru_cache

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

NO_LIMIT = "none"


class Rates:
    """The limit of each client, as ``600/minute`` or several of them with a semicolon between; ``none`` for no limit."""

    def __init__(self, rate_limit: str) -> None:
        self._limits = [] if rate_limit == NO_LIMIT else parse_many(rate_limit)
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def wait(self, address: str) -> int:
        """Count one request of the client; return 0, or the seconds until it may ask again if it asked too much."""
        client = client_of(address)
        for limit in self._limits:
            if not self._counter.hit(limit, client):
                until = self._counter.get_window_stats(limit, client).reset_time - time.time()
                return max(1, math.ceil(until))
        return 0


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """Return what one client is counted by: an IPv4 address, or of an IPv6 address the 64 bits that one customer is given.

    >>> client_of("203.0.113.7"), client_of("2001:db8:1:2:aaaa::1"), client_of("::ffff:203.0.113.7")
    ('203.0.113.7', '2001:db8:1:2::/64', '203.0.113.7')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, 64), strict=False))
