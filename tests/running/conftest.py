"""What every served publication of these tests shares."""

from pathlib import Path

import pytest

from reviews.models import Article
from tests.factories import make_article

from .processes import environment, manage

QUICK = {"DJANGO_SETTINGS_MODULE": "tests.running.plain_static"}


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files, collected once."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def env(transactional_db: None, tmp_path: Path, collected: Path) -> dict[str, str]:
    """For processes that share this test's database and nothing else."""
    env = environment(tmp_path, STATIC_ROOT=str(collected))
    if not (collected / "staticfiles.json").exists():
        done = manage(env | QUICK, "collectstatic", "--no-input", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
    return env


@pytest.fixture
def article() -> Article:
    return make_article()
