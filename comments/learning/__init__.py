"""The classifier's life here: what decisions teach it, building it again, and what is in force.

The classifier itself, which knows no database, is comments/spam/classifier.py.
"""
