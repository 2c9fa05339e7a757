"""Which of our encodings an answer is sent in (RFC 9110, 12.5.3)."""

OURS = ("br", "gzip")  # the smaller one first


def wanted(accepted: str) -> str:
    """The one that an Accept-Encoding asks for, or “”."""
    accepted = accepted.lower()
    if "q=0" in accepted:
        return _weighed(accepted)
    return next((ours for ours in OURS if ours in accepted), "")


def _weighed(accepted: str) -> str:
    """The best of ours that is not refused with a weight of nothing."""
    refused = set()
    named = set()
    for said in accepted.split(","):
        name, _, rest = said.strip().partition(";")
        weight = rest.partition("q=")[2].strip()
        named.add(name.strip())
        if weight and not weight.strip("0."):
            refused.add(name.strip())
    return next((ours for ours in OURS if ours in named - refused), "")
