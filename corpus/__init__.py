"""A document becomes clauses, responsibilities and indicators.

>>> plan = load_corpus().plan("guizhou-145-energy")
>>> plan.clause("3.4").label
'三、（四）交通物流节能减排工程'
"""

from corpus.agencies import AgencyTable, Alias, agency_aliases, general_bodies
from corpus.clean import clean
from corpus.errors import BadPlanId, CorpusError, FaultyPlan, PlanExists, UnknownPlan, UnreadableDocument
from corpus.indicators import extract_indicators
from corpus.model import Clause, Comparator, Definition, Indicator, Plan, Responsibility, Role, Strength
from corpus.outline import parse_outline
from corpus.plans import PLANS, Corpus, load_corpus, load_plan, read_plan
from corpus.quantities import Quantity, find_quantities

__all__ = [
    "PLANS",
    "AgencyTable",
    "Alias",
    "BadPlanId",
    "Clause",
    "Comparator",
    "Corpus",
    "CorpusError",
    "Definition",
    "FaultyPlan",
    "Indicator",
    "Plan",
    "PlanExists",
    "Quantity",
    "Responsibility",
    "Role",
    "Strength",
    "UnknownPlan",
    "UnreadableDocument",
    "agency_aliases",
    "clean",
    "extract_indicators",
    "find_quantities",
    "general_bodies",
    "load_corpus",
    "load_plan",
    "parse_outline",
    "read_plan",
]
