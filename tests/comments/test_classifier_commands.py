"""`score_comments` scores a CSV and says how good the scores are."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.spam.measures import measured

SPAM = "Please subscribe to my channel"
HONEST = "A quiet film whose last scene stays."


def scored(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("score_comments", path, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.csv"
    path.write_text(f"text,label\n{SPAM},1\n{HONEST},0\n", encoding="utf-8")
    return path


def test_labels_are_measured_against_the_scores(labelled: Path) -> None:
    said = scored(labelled)
    for name in ("accuracy", "precision", "recall", "ham lost", "recall at 0.5 % ham loss"):
        assert name in said
    assert "ROC AUC                        1.0000" in said
    assert "µs a score" in said
    assert "µs a learned label" in said


def test_texts_without_labels_are_only_scored(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(f"id,text\n1,{SPAM}\n", encoding="utf-8-sig")
    said = scored(path, "--each")
    assert SPAM in said
    assert "accuracy" not in said


def test_it_starts_from_nothing_when_asked(labelled: Path) -> None:
    assert "0.5000" in scored(labelled, "--no-seed", "--each")
    assert "0.5000" not in scored(labelled, "--no-seed", "--each", f"--learn={labelled}")


def test_a_stream_is_learnt_as_it_is_scored(labelled: Path) -> None:
    lines = scored(labelled, "--no-seed", "--each", "--online").splitlines()
    assert lines[0].startswith("0.5000")
    assert not lines[1].startswith("0.5000")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"words\nx\n", "no column"),
        (b"", "no column"),
        (b"text,label\nx,maybe\n", "Line 2: the label"),
        (b"text\n\xff\xfe\n", "not a UTF-8 CSV"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        scored(path)


def test_a_missing_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        scored(tmp_path / "none.csv")


def test_the_measures_are_those_of_the_books() -> None:
    found = measured([0.9, 0.8, 0.4, 0.6, 0.1], [True, True, True, False, False], 0.5)
    assert found.accuracy == 3 / 5
    assert found.precision == 2 / 3
    assert found.recall == 2 / 3
    assert found.ham_lost == 1 / 2
    assert found.recall_at_allowed_loss == 2 / 3
    assert found.area_under_curve == 5 / 6


def test_a_measure_that_cannot_be_is_none() -> None:
    found = measured([0.2], [False], 0.5)
    assert (found.accuracy, found.recall, found.area_under_curve) == (1.0, None, None)
