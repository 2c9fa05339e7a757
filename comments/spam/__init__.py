"""Screening: what is found in a post, and the score that makes."""

from .screening import FindingFacts, FormFacts, Screening, Submission, screen

__all__ = ["FindingFacts", "FormFacts", "Screening", "Submission", "screen"]
