"""What moderators do and see at their desk: presses, answers and edits, picks, numbers."""
