"""What a new installation knows: the shipped seed."""

import csv
import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.spam import seed, training, written
from comments.spam.classifier import Classifier
from comments.spam.features import example


@pytest.mark.parametrize(
    "spam",
    [
        "Please subscribe to my channel and I will subscribe back",
        "S U B S C R I B E to my channel!!",
        "𝐂𝐡𝐞𝐜𝐤 𝐨𝐮𝐭 𝐦𝐲 𝐜𝐡𝐚𝐧𝐧𝐞𝐥 please",
        "Plеasе ѕubsсribe tо mу сhannеl",  # Cyrillic among Latin
        "Watch Parasite full movie online free HD http://moviez.xyz",
        "Download this movie in 1080p from my channel",
        "바카라 사이트 추천 첫가입 보너스 www.abc777.com",
        "오징어게임 다시보기 무료 링크 https://tv.example.top",
        "ブランドコピー 激安通販 https://brandcopy.example.cc",
        "澳门赌场注册送彩金 www.88888.cc",
        "смотреть онлайн бесплатно в хорошем качестве http://kino.ru",
        "I got my ex back thanks to Dr Uba, WhatsApp +2348012345678",
        "Earn $500 a day working from home www.quickcash.biz",
        "f u l l  m o v i e  o n l i n e http://x.top",
        "영화 리뷰 잘 봤습니다. 집에서 할 수 있는 알바 찾으시는 분 https://open.kakao.com/me/nabi",
        "スマホだけで簡単な副業を紹介しています。興味ある方はLINE ID: hana_2231 まで",
        "有需要借錢週轉的朋友嗎 免抵押當日撥款 LINE: money168",
        "Butuh dana cepat? Pinjaman tanpa jaminan cair hari ini WA 0812-3345-8871",
        "Crédit entre particuliers rapide et sérieux, contactez-moi: pret.martin@gmail.com",
        "I simply want to say I am new to blogging and truly savored your web site. Thanks a lot.",
    ],
)
def test_common_spam_is_known_from_the_start(spam: str) -> None:
    assert Classifier().is_spam(spam)


@pytest.mark.parametrize(
    "honest",
    [
        "Her stillness in the last scene is what I took home. 혼자 사는 사람들 deserves a release.",
        "There is an interview with her: https://www.theguardian.com/film/hong-sung-eun. Read it.",
        "영화가 조용한데 마음에 오래 남네요. 공승연 배우 연기가 정말 좋았습니다.",
        "静かな映画ですが、最後の場面が忘れられません。",
        "这部电影太好看了，导演的镜头语言非常细腻，演员的表演也很到位。",
        "看完以后很久不能平静，结尾让人想哭。",
        "Фильм отличный, но концовка слабая. Смотрел в кинотеатре.",
        "ภาพยนตร์เรื่องนี้ดีมาก",
        "الفيلم رائع لكن النهاية ضعيفة",
        "lol no, that ending was garbage",
        "Great review, thanks!",
        "Thanks for this, I'll watch it tonight.",
        "You are an idiot.",
        "Good luck with it!",
        "Where can I watch this in the UK?",
        "Is there a full movie with English subtitles anywhere, in a cinema?",
        "I downloaded it and fell asleep",
        "The trailer is here https://www.youtube.com/watch?v=abc123",
        "His email is jane.doe@bfi.org.uk if you want to ask about the prints",
        "01:12:30 is where the mood changes",
        "I bought the Blu-ray from Arrow for £15, worth every penny.",
        "The casino scene is the best thing in it.",
        "免费看的，很喜欢",
        "無料で見られて良かった",
        "감사합니다. 좋은 글이네요",
        "👍",
        "❤️❤️❤️",
        "...",
        "카톡으로 친구가 추천해서 봤는데 기대 이상이었어요",
        "大手の割引で一人5800円。入口に無料のコーヒーがあり、また利用したい。",
        "微信里朋友都在推荐，票价八十有点贵，但是值",
    ],
)
def test_an_honest_comment_in_any_script_is_not_spam(honest: str) -> None:
    assert not Classifier().is_spam(honest)


def test_the_shipped_file_is_the_one_named_and_small() -> None:
    data = seed.WEIGHTS.read_bytes()
    assert len(data) <= seed.MOST_BYTES
    assert seed.digest(data) == seed.DIGEST
    assert seed.shipped().digest == seed.DIGEST


def test_another_file_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "weights.gz"
    other.write_bytes(gzip.compress(bytes(8)))
    monkeypatch.setattr(seed, "WEIGHTS", other)
    with pytest.raises(seed.Spoilt, match="install it again"):
        seed.shipped.__wrapped__()
    with pytest.raises(seed.Spoilt, match="another number"):
        seed.unpacked(other.read_bytes())


def test_every_source_is_named_and_reddit_is_not_shipped() -> None:
    notice = seed.WEIGHTS.with_name("NOTICE").read_text()
    for name in ("TubeSpam", "sidtuli/spam-analysis", "Pang", "Naver", "Megagon", "Attribution"):
        assert name in notice
    assert not [name for name in training.SHIPPED if "reddit" in name]


def _folder(folder: Path) -> Path:
    for name in training.SHIPPED:
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["text", "label"])
            spam = int(name.startswith(("youtube", "wordpress")))
            rows.writerows([f"A text, number {n}, of {name}", spam] for n in range(12))
    return folder


@pytest.fixture
def _few_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """One text a template and two orders, so that learning them takes no ten seconds."""
    monkeypatch.setattr(training, "ORDERS", 2)
    monkeypatch.setattr(written, "HONEST_EACH", 1)
    monkeypatch.setattr(written, "SPAM_EACH", 1)


@pytest.mark.usefixtures("_few_written")
def test_the_same_files_give_the_same_seed_bit_for_bit(tmp_path: Path) -> None:
    folder, made = _folder(tmp_path), []
    for name in ("one.gz", "two.gz"):
        out = StringIO()
        call_command("train_spam_seed", folder, output=tmp_path / name, stdout=out)
        made.append((tmp_path / name).read_bytes())
        assert seed.digest(made[-1]) in out.getvalue()
    assert made[0] == made[1]
    classifier = Classifier(seed.unpacked(made[0]))
    spam, honest = "A text of wordpress-spam-dev.csv", "A text of film-ham-en-dev.csv"
    assert classifier.score(spam) > classifier.score(honest)


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"youtube-dev\.csv cannot be read"):
        call_command("train_spam_seed", tmp_path, output=tmp_path / "out.gz")
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("train_spam_seed", str(tmp_path / "nowhere"))


@pytest.mark.usefixtures("_few_written")
def test_what_somebody_wrote_counts_more_than_one_of_many_copies() -> None:
    own, copied = (
        training.fit([training.Labelled("zorblax", True, source)], epochs=1).margin(
            example("zorblax")
        )
        for source in ("youtube-dev.csv", "wordpress-spam-dev.csv")
    )
    assert own > copied
