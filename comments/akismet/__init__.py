"""Akismet's life here: what it is owed, asking and telling it, and how it fares. Its protocol is in
comments/spam/akismet.py, the rule that stands for it in comments/spam/second_opinion.py.
"""
