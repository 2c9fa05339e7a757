"""The thread as readers see it: which conversations stand on a page, and their HTML."""
