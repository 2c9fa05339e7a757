"""Screening: what is found in a post, and the score that makes."""

from .screening import NOTHING_FOUND, FindingFacts, FormFacts, Screening, Submission, screen

__all__ = ["NOTHING_FOUND", "FindingFacts", "FormFacts", "Screening", "Submission", "screen"]
