"""What the spam classifier sees in a text: letters as readers see them, words, structure."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam import appeals, scripts, structure
from comments.spam.features import (
    BUCKETS,
    STRUCTURE_BUCKETS,
    beginning_numbers,
    example,
    number,
    pair_numbers,
    tokens,
    word_known,
)


def words(text: str) -> list[str]:
    return [token.word for token in tokens(scripts.fold(text))]


def signals(text: str) -> list[str]:
    return structure.signals(text, words(text))


@pytest.mark.parametrize(
    "written",
    [
        "Subscribe",
        "ＳＵＢＳＣＲＩＢＥ",
        "𝐒𝐮𝐛𝐬𝐜𝐫𝐢𝐛𝐞",
        "𝓢𝓾𝓫𝓼𝓬𝓻𝓲𝓫𝓮",
        "Ⓢⓤⓑⓢⓒⓡⓘⓑⓔ",
        "🅂🅄🄱🅂🄲🅁🄸🄱🄴",
        "ꜱᴜʙꜱᴄʀɪʙᴇ",
        "Ѕubѕсrіbе",  # Cyrillic among Latin
        "sub\u200bscr\u00adibe",
        "S u b s c r i b e",
        "s.u.b.s.c.r.i.b.e",
    ],
)
def test_a_disguised_word_is_read_as_the_word(written: str) -> None:
    assert words(written) == ["subscribe"]


@pytest.mark.parametrize("honest", ["сорока", "ароматы", "τορο", "хорошо"])
def test_a_word_of_one_script_keeps_its_letters(honest: str) -> None:
    assert words(honest) == [honest]
    assert "mixed scripts" not in signals(honest)


def test_links_are_not_read_as_words() -> None:
    assert words("See https://www.example.org/a/b?c=d now") == ["see", "now"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=Ab123456789",
        "https://daily.example.com/2021/11/12/a-talk-4356789.html",
        "www.example.com/AAA/0117-496-0184/#notes",
        "example.com/--/12:30/@someone",
    ],
)
def test_what_an_address_is_made_of_is_not_what_the_text_says(address: str) -> None:
    kinds = {signal.partition("=")[0] for signal in signals(f"see {address} for more")}
    assert "any link" in kinds
    assert not kinds & {"long numbers", "telephone numbers", "times", "years", "digits"}
    assert not kinds & {"words in capitals", "handles", "hashtags", "piled-up marks"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ขอบคุณค่ะ ดีมาก", ["ขอบคุณค่ะ", "ดีมาก"]),
        ("फिल्म अच्छी लगी।", ["फिल्म", "अच्छी", "लगी"]),
        ("كِتَابٌ جميل", ["كِتَابٌ", "جميل"]),
    ],
)
def test_signs_of_vowels_belong_to_their_word(text: str, read: list[str]) -> None:
    assert words(text) == read


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("ㅋㅋ", ("laughter",)),
        ("ウェルカムドリンク", ()),  # not “link”
        ("こちらをクリック", ("asking to look", "asking to look")),
        ("이웃집토토로", ()),  # not the lottery
        ("ดูหนังฟรีที่นี่", ("films to download",)),
        ("급전개", ("talk of films",)),  # a turn of the plot, not a quick loan
        ("텔레비전", ("talk of films",)),  # not Telegram
        ("セールスマン", ("talk of films",)),  # not a sale
        ("全編を通して", ()),  # the whole of a film, not all of it to download
        ("verdient", ()),  # deserved, not earned
        ("kazan", ("talk of films",)),  # who directed, not “win” in Turkish
    ],
)
def test_words_written_together_are_of_the_kinds_of_their_words(
    word: str, kinds: tuple[str, ...]
) -> None:
    assert appeals.kinds(scripts.fold(word)) == kinds


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("激安販売で", True),
        ("格安で良かったが混雑していたので時間がかかり販売機も遠かったです。", False),
        ("折扣很多，可是电影院里人太多，后来价格也没有看，优惠也忘了。", False),
        ("최저가 특가", True),
        ("discount prices", True),
        ("a discount at the door, and I forget the prices", False),
    ],
)
def test_kinds_stand_together_by_words_also_where_these_have_no_spaces(
    text: str, near: bool
) -> None:
    assert ("goods and prices → goods and prices" in signals(text)) is near


def test_what_stands_within_a_clause_does_not_begin_it() -> None:
    begins = "a sentence from asking to look"
    assert begins in signals("クリックしてください")
    assert begins not in signals("無料のクリック")


def test_each_word_goes_with_its_neighbours_and_the_edges() -> None:
    named = set(example("A mirok zorb").groups[0])
    assert {number(f"2 {pair}") for pair in ("^ a", "a mirok", "mirok zorb", "zorb $")} <= named
    assert number("2 a zorb") not in named


@pytest.mark.parametrize(
    ("pair", "names"),
    [
        (("check", "mirok"), ["2 check mirok", "k asking to look mirok"]),
        (("mirok", "channel"), ["2 mirok channel", "k mirok a channel or work of one’s own"]),
        (("my", "channel"), ["2 my channel"]),  # both have a kind: structure tells of those
    ],
)
def test_a_word_also_goes_with_the_kind_of_its_neighbour(
    pair: tuple[str, str], names: list[str]
) -> None:
    assert pair_numbers(list(map(word_known, pair))) == list(map(number, names))


def test_the_edges_of_a_text_do_not_go_with_kinds() -> None:
    named = set(example("check").groups[0])
    edges = {number("2 ^ check"), number("2 check $")}
    assert named == {number("1 check"), *edges, *beginning_numbers(["check"]).values()}


def test_the_words_a_text_begins_with_are_read_as_one() -> None:
    named = [set(example(text).groups[0]) for text in ("Check out my film", "my film? Check out")]
    begins = set(beginning_numbers(["check", "out", "my"]).values())
    assert len(begins) == 2
    assert begins <= named[0]
    assert not begins & named[1]


def test_digits_of_any_script_are_digits() -> None:
    assert {"sums of money", "long numbers"} <= {*signals("$\u0663"), *signals("\u0661" * 6)}


@given(st.text(alphabet="aA1 .,:;=/$%(@)[]!?-_*^<>#&'oOdtxX8DP3\n\u0663ſ’…é", max_size=40))
def test_what_the_quick_patterns_pass_over_has_nothing_to_count(text: str) -> None:
    counted = {name: pattern for name, pattern, *_ in structure._COUNTED if pattern.search(text)}
    assert counted.keys() <= set(signals(text))


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("see http://a.example/x and www.b.example", "links=2"),
        ("Nice song. Check mine out", "a sentence from asking to look"),
        ("好きです。ありがとう", "a sentence from thanks"),
        ("here https://youtu.be/abc?t=74", "an address of a moment"),
        ("like this comment", "asking for likes → comments"),
        ("visit kidsmedia . com today", "bare domains=1"),
        ("visit kidsmedia dot com today", "bare domains=1"),
        ("Watch it on https://WWW.Films.Example.ru/new", "host=films.example.ru"),
        ("Watch it on https://films.example.ru/new", "ending=ru"),
        ("no address at all.", "no link"),
        ("see https://www.theguardian.com/film/x", "leads to=the press, film and reference"),
        ("see https://films.blogspot.com", "leads to=free pages"),
        ("see bit.ly/x", "leads to=shortened addresses"),
        ("see https://n.news.naver.com/x", "leads to=the press, film and reference"),
        ("see https://blog.naver.com/x", "leads to=platforms where anybody publishes"),
        ("write to t.me/films", "leads to=invitations to a chat"),
        ("https://open.kakao.com/o/x", "leads to=invitations to a chat"),
        ("see http://a.example/x", "leads to=an unknown place"),
        ("see http://a.example/?ref=me", "an address that credits a referrer"),
        ("the bit at 1:02:15", "times=1"),
        ("> quoted. Really?", "a quotation at the start"),
        ("please SUBSCRIBE", "asking to subscribe"),
        ("구독 부탁드려요", "asking to subscribe"),
        ("チャンネル登録お願い", "asking to subscribe"),
        ("подпишитесь", "asking to subscribe"),
        ("earn money at http://a.example", "money=beside a link"),
        ("watch my video", "me and mine → a channel or work of one’s own"),
        ("线上赌场，加微信", "kinds of advertising=2"),
        ("Hmm.", "nothing asked or offered"),
        ("http://a.example/abc", "a link and little else"),
        ('<a href="http://a.example">x</a>', "links in markup"),
        ("[url=http://a.example]x[/url]", "links in markup"),
        ("write to me@films.example", "e-mail addresses"),
        ("call +44 20 7946 0958", "telephone numbers"),
        ("follow @someone there", "handles"),
        ("#follow me", "hashtags"),
        ("earn $500 a day", "sums of money"),
        ("WATCH THIS NOW please", "words in capitals=3-5"),
        ("sooooo good", "drawn-out letters"),
        ("good!!!", "piled-up marks"),
        ("good 👍", "emoji=1"),
        ("c h e c k this", "spaced-out letters"),
        ("𝐂𝐡𝐞𝐜𝐤 this", "styled letters"),
        ("ＣＨＥＣＫ this", "full-width letters"),
        ("my chаnnel", "mixed scripts=1"),
        ("chan\u200bnel", "hidden characters=1"),
        ("watch?v=abcdef", "video addresses"),
    ],
)
def test_a_sign_of_structure_is_seen(text: str, signal: str) -> None:
    assert signal in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "A family \N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL} film ❤\ufe0f",
        "می\u200cخواهم دوباره ببینم",  # Persian spelling needs the joiner
        "क्\u200dष",
        "\ufeffA byte-order mark",
    ],
)
def test_invisible_characters_that_are_needed_are_no_sign(text: str) -> None:
    assert not [signal for signal in signals(text) if signal.startswith("hidden")]


def test_full_width_letters_among_japanese_are_no_sign() -> None:
    assert "full-width letters" not in signals("Ｔシャツの場面が好きです")


def test_a_link_with_www_is_one_link() -> None:
    assert "links=1" in signals("see www.a-shop.com now")
    assert "bare domains" not in signals("see www.a-shop.com now")


def test_a_number_in_a_sentence_is_not_a_telephone() -> None:
    assert "telephone numbers" not in signals("In 2019 it ran for 121 minutes and won 3 prizes.")


@given(st.text(max_size=300))
def test_every_text_can_be_read(text: str) -> None:
    seen = example(text)
    for group, numbers in enumerate(seen.groups):
        assert len(set(numbers)) == len(numbers)
        low, high = (0, STRUCTURE_BUCKETS) if group == 2 else (STRUCTURE_BUCKETS, BUCKETS)
        assert all(low <= number < high for number in numbers)
    assert seen == example(text)


@given(st.text(max_size=100))
def test_every_folded_character_knows_its_origin(text: str) -> None:
    origins = scripts.origins(text)
    assert len(origins) == len(scripts.fold(text)) + 1
    assert origins == sorted(origins)
    assert origins[-1] == len(text)


_PIECES = ["a", "a.", "1 ", "a b ", "<a ", "@a", "[url", " dot", ".com ", "a-", "x@x.", "http:/"]
_MARKS = ["!", "!?", ">\n", "! ", ".\n\n", "。", "> 1 "]


@pytest.mark.parametrize("piece", _PIECES + _MARKS)
def test_no_text_takes_long(piece: str) -> None:
    """A bound against patterns that backtrack without end, wide enough for a busy machine."""
    start = time.process_time()
    example(piece * (10_000 // len(piece)))
    assert time.process_time() - start < 1


_SENTENCE = re.compile(
    r"[.!?。！？\n>](?:(?<=[。！？\n>])|(?<=[.!?])[.!?]*\s)\W*([^\W\d_]+(?:'[^\W\d_]+)*)"
)


@given(st.text("aB'.!? \n>。1_²é,-“٣", max_size=14))
def test_a_sentence_begins_after_a_mark_that_ends_one(text: str) -> None:
    """As said in one expression, which reads a text of marks over and over."""
    first = re.match(r"\W*([^\W\d_]+(?:'[^\W\d_]+)*)", text)
    rest = _SENTENCE.finditer(text, first.end() if first else 0)
    said = [first[1]] if first else []
    assert list(structure.first_words(text)) == said + [found[1] for found in rest]
