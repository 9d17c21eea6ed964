"""A command that ends with the program that started it: the end of its standard input tells, whatever that program died of."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

PATIENCE = 8.0  # seconds to keep what there is


def tie() -> None:
    """Stop this process as Ctrl+C does once its standard input ends, and end it if it has not after a while."""
    threading.Thread(target=_wait, args=(sys.stdin.fileno(),), name="tied", daemon=True).start()


def _wait(end: int) -> None:
    while os.read(end, 1024):  # sys.stdin itself would be locked when the interpreter ends
        pass
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(PATIENCE)
    os._exit(1)
