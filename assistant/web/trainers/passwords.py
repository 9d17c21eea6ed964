"""Who the trainers are, and whether a password is theirs: the one door to ``argon2``."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from getpass import getpass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.errors import BadRequest

LEAST = 10  # characters of a new password
MOST = 200  # characters that are looked at; hashing a longer text would be somebody's waste of our time
MOST_NAME = 40
_NAME = re.compile(r"[^\s:;]{1,40}")

log = logging.getLogger(__name__)


def hashed(password: str) -> str:
    """Return the hash of a new password (argon2id with the library's parameters, RFC 9106).

    Raises :class:`BadRequest` for one that is too short or too long.

    >>> hashed("短")
    Traceback (most recent call last):
    assistant.errors.BadRequest: 密码要有 10 到 200 个字。请换一个长一些的，几个不相干的词连起来就好记
    """
    if not LEAST <= len(password) <= MOST:
        raise BadRequest(f"密码要有 {LEAST} 到 {MOST} 个字。请换一个长一些的，几个不相干的词连起来就好记")
    return PasswordHasher().hash(password)


@dataclass(frozen=True)
class Trainers:
    """The trainers by name, each with the hash of a password, which is never shown."""

    hashes: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, setting: str) -> Trainers:
        """Read the setting ``trainers``: ``name:hash``, several with semicolons between.

        >>> sorted(Trainers.of("li:$argon2id$a; wang:$argon2id$b").hashes)
        ['li', 'wang']
        """
        parts = (part.strip().partition(":") for part in setting.split(";") if part.strip())
        return cls({name: value for name, _, value in parts})

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def verified(self, name: str, password: str) -> bool:
        """Tell whether the password is that trainer's; an unknown name takes as long as a known one."""
        known, nobody = self.hashes.get(name), _nobody()
        try:
            right = PasswordHasher().verify(known or nobody, password[: MOST + 1])
        except InvalidHashError:
            log.warning("The hash of a trainer's password cannot be used; make it anew")
            return False
        except Argon2Error:
            return False
        return right and known is not None and len(password) <= MOST


def make_line(name: str) -> str:
    """Ask for a new password, twice where a person types it, and return ``name:hash``; raises :class:`BadRequest`."""
    if not _NAME.fullmatch(name):
        raise BadRequest(f"名字要有 1 到 {MOST_NAME} 个字，不含空格、冒号和分号")
    if not sys.stdin.isatty():
        return f"{name}:{hashed(sys.stdin.readline().rstrip(chr(10)))}"
    password = getpass("密码（输入时不显示）：")
    if password != getpass("再输一遍："):
        raise BadRequest("两次输入的密码不一样，请重新运行")
    return f"{name}:{hashed(password)}"


@cache
def _nobody() -> str:
    """Return the hash of a password that nobody has."""
    return PasswordHasher().hash("")
