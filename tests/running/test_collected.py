"""`collectstatic`: what pages ask for is there compressed, and is compressed once."""

import gzip
from pathlib import Path

from django.conf import settings

from .processes import manage

CSS = Path(settings.BASE_DIR) / "static/css/site.css"
OWN = {"DJANGO_SETTINGS_MODULE": "tests.running.own_static"}


def test_what_was_compressed_is_not_compressed_again_unless_it_was_cut_short(
    env: dict[str, str], tmp_path: Path
) -> None:
    there = env | OWN | {"STATIC_ROOT": str(tmp_path / "static")}

    def collected() -> dict[Path, int]:
        """When each compressed file was written."""
        done = manage(there, "collectstatic", "--no-input", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
        return {path: path.stat().st_ctime_ns for path in (tmp_path / "static").rglob("*.gz")}

    first = collected()
    (style,) = (path for path in first if path.match("css/site.*.css.gz"))
    assert gzip.decompress(style.read_bytes()) == style.with_suffix("").read_bytes()
    assert style.with_suffix(".br").exists()
    said, written = style.with_suffix("").read_bytes(), CSS.read_bytes()
    assert len(said) < 0.9 * len(written)
    assert b"/*" not in said
    style.write_bytes(style.read_bytes()[:-100])  # killed in the middle
    again = collected()
    assert gzip.decompress(style.read_bytes()) == style.with_suffix("").read_bytes()
    assert {path for path in first if again[path] != first[path]} == {style}
