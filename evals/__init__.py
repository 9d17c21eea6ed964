"""Question sets become a verdict: sets → generate → score, proof → summary, report."""
