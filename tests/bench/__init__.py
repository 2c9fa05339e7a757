"""`make bench`: how fast and how small, each figure beside a baseline measured in the same run."""
