"""Who is logged in: a signed cookie, and the token that every form carries. The one door to ``itsdangerous``."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

from assistant.web.trainers.passwords import Trainers

LASTS = 8 * 3600  # seconds: a day at work
COOKIE = "trainer"


@dataclass(frozen=True, slots=True)
class Session:
    """One login: who, and a number that is new each time."""

    name: str
    key: str


class Sessions:
    """Logins as cookies. Nothing of them is kept here but which were ended before their time.

    A cookie is signed with ``secret``, ends after eight hours, and ends with the password that it was given for.
    """

    def __init__(self, trainers: Trainers, secret: str = "") -> None:
        """Without a ``secret`` one is made up: logins then end when the server stops."""
        self._trainers = trainers
        self._secret = secret or secrets.token_urlsafe(32)
        self._signer = URLSafeTimedSerializer(
            self._secret, salt="trainer", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._ended: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self, name: str) -> str:
        """Return the cookie of a new login."""
        return str(self._signer.dumps([name, secrets.token_urlsafe(16), self._stamp(name)]))

    def read(self, cookie: str | None) -> Session | None:
        """Return whose login a cookie is; ``None`` for one that was forged, has run out or was ended."""
        try:
            name, key, stamp = self._signer.loads(cookie or "", max_age=LASTS)
        except (BadSignature, ValueError, TypeError):
            return None
        if name not in self._trainers.hashes or not hmac.compare_digest(stamp, self._stamp(name)):
            return None
        with self._lock:
            return None if key in self._ended else Session(name, key)

    def end(self, session: Session) -> None:
        """End a login: its cookie is worth nothing from now on."""
        now = time.monotonic()
        with self._lock:
            self._ended = {key: until for key, until in self._ended.items() if until > now}
            self._ended[session.key] = now + LASTS

    def token(self, session: Session) -> str:
        """Return what the forms of this login carry; another site can neither read nor guess it."""
        return hmac.new(self._secret.encode(), f"form {session.key}".encode(), hashlib.sha256).hexdigest()

    def is_token(self, session: Session, token: str) -> bool:
        """Tell whether a form is one of this login."""
        return hmac.compare_digest(self.token(session).encode(), token.encode())

    def _stamp(self, name: str) -> str:
        """Return what changes with the trainer's password."""
        known = self._trainers.hashes.get(name, "")
        return hmac.new(self._secret.encode(), f"password {known}".encode(), hashlib.sha256).hexdigest()[:16]
