"""A publication that moves here from WordPress: its export (WordPress eXtended RSS 1.2) is read,
and its pieces and pictures become ours. No network is used."""
