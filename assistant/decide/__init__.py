"""Answer, refuse or ask back."""

from assistant.decide.decide import decide
from assistant.decide.decision import Decision

__all__ = ["Decision", "decide"]
