"""The page 评测: trainers log in, bring question sets, run them, and look at what came of it."""
