"""What can go wrong with a plan.

::

    CorpusError
    ├── UnreadableDocument   a file that cannot be read as a Chinese document
    ├── UnknownPlan          no plan of that id
    ├── PlanExists           a plan of that id, or of that very text, is there already
    ├── BadPlanId            an id that is no valid folder name
    └── FaultyPlan           a plan folder that lacks something or contradicts its text

Each message is one plain Chinese line for people; a face prints it and leaves with exit code 2.
"""


class CorpusError(Exception):
    """Anything wrong with a plan or a document; the message is one Chinese line."""


class UnreadableDocument(CorpusError):
    """A file that cannot be read as a Chinese document: missing, empty, binary, too large, of unknown kind."""


class UnknownPlan(CorpusError):
    """No plan of that id."""


class PlanExists(CorpusError):
    """A plan of that id, or of that very text, is there already."""


class BadPlanId(CorpusError):
    """An id that does not consist of lower-case letters, digits and single hyphens."""


class FaultyPlan(CorpusError):
    """A plan folder that lacks something or contradicts its own text."""
