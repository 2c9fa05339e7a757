"""What the Nu HTML checker, W3C's own, says of our pages.

`said_of(pages)` asks once for all of them: starting Java takes longer than reading a hundred pages.
The checker is the npm package `vnu-jar`; `make test` installs it where npm and Java are.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
PATIENCE = 120  # seconds, for a machine that does much else


def why_not() -> str:
    """What is missing here, in a sentence; “” when nothing is."""
    if not shutil.which("java"):
        return "there is no java"
    return "" if JAR.exists() else "npm has not installed it: npm ci --prefix tests/nu"


def said_of(pages: Mapping[str, str], folder: Path) -> str:
    """A line for each error in the HTML of `pages`, by their names, which are written to `folder`.

    Skips the test where there is no checker; where CI is set, that fails it.
    """
    if missing := why_not():
        reason = f"the Nu HTML checker did not run: {missing}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    files = [folder / f"{number}.html" for number in range(len(pages))]
    for file, html in zip(files, pages.values(), strict=True):
        file.write_text(html)
    names = dict(zip((file.name for file in files), pages, strict=True))
    options = ["--format", "json", "--errors-only", "--exit-zero-always", "--no-langdetect"]
    command = ["java", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", JAR, *options, *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return "\n".join(_line(said, names) for said in json.loads(done.stderr)["messages"])


def _line(said: dict[str, object], names: Mapping[str, str]) -> str:
    page = names[unquote(str(said.get("url", ""))).rpartition("/")[2]]
    return f"{page}: {said['message']} {said.get('extract', '')!r}"
