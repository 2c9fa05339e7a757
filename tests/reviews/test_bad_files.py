"""Files that are broken, mislabelled or mean harm: refused in a sentence, or shown harmlessly."""

import gc
import json
import re
import subprocess
import sys
from functools import cache

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from reviews import pictures, renditions
from reviews.pictures import UnusablePicture
from reviews.rights import Rights
from tests.bad_files import HARMLESS, REFUSED
from tests.picture_files import FILES, file_of, scene

NAMES = sorted(FILES)


@cache
def data_of(name: str) -> bytes:
    return FILES[name]()


def inspect(name: str, data: bytes) -> pictures.PictureFacts:
    return pictures.inspect(ContentFile(data, name=name))


def shown(data: bytes) -> renditions.Made:
    with pictures.open_picture(ContentFile(data, name="x")) as picture:
        return renditions.first(
            renditions.small(picture, 160), Rights(credit_line="Image © A Festival")
        )


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_sentence_that_names_the_file_and_the_reason(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(UnusablePicture) as refusal:
        inspect(name, make())
    assert f"“{name}”" in str(refusal.value)
    assert reason in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_looks_like_trouble_is_shown_harmlessly(name: str) -> None:
    try:
        inspect(name, data := HARMLESS[name]())
    except UnusablePicture as refusal:
        pytest.fail(str(refusal))
    assert shown(data).width


@pytest.mark.parametrize("name", NAMES)
def test_every_good_file_is_what_its_name_says(name: str) -> None:
    facts = inspect(name, data_of(name))
    assert name.endswith(facts.ending())
    assert sorted((facts.width, facts.height)) == [440, 660]
    assert (facts.height > facts.width) == bool(re.search("turned-[5678]", name))


def test_the_same_view_has_the_same_look_in_every_format() -> None:
    first = inspect(NAMES[0], data_of(NAMES[0])).difference_hash
    for name in NAMES:
        if "turned" not in name:
            look = inspect(name, data_of(name)).difference_hash
            assert pictures.distance(first, look) <= 6, name


@pytest.mark.parametrize("name", NAMES)
def test_more_pixels_than_allowed_are_not_decoded(name: str, monkeypatch: object) -> None:
    decoded: list[str] = []
    with pictures.open_picture(ContentFile(data_of(name), name=name)) as picture:
        for kind in type(picture).__mro__:
            if "load" in vars(kind):
                monkeypatch.setattr(kind, "load", lambda _: decoded.append("!"))  # type: ignore[attr-defined]
    limit = override_settings(PICTURE_MAX_PIXELS=660 * 440 - 1)
    with limit, pytest.raises(UnusablePicture, match="megapixels"):
        inspect(name, data_of(name))
    assert not decoded


def test_the_limits_are_settings_and_reached_exactly() -> None:
    data = data_of("jpeg-xmp.jpg")
    with override_settings(PICTURE_MAX_BYTES=len(data), PICTURE_MAX_PIXELS=660 * 440):
        assert inspect("a.jpg", data).bytes == len(data)
    limit = override_settings(PICTURE_MAX_BYTES=len(data) - 1)
    with limit, pytest.raises(UnusablePicture, match=r"“a\.jpg” is larger than"):
        inspect("a.jpg", data)
    said_small = ContentFile(data, name="a.jpg")
    said_small.size = 1
    with limit, pytest.raises(UnusablePicture, match=r"“a\.jpg” is larger than"):
        pictures.inspect(said_small)


def test_a_webp_which_takes_twice_the_memory_has_half_the_pixels() -> None:
    name = "webp-xmp.webp"
    with override_settings(PICTURE_MAX_PIXELS=660 * 440 * 2):
        assert inspect(name, data_of(name)).format == "WEBP"
    limit = override_settings(PICTURE_MAX_PIXELS=660 * 440 * 2 - 1)
    with limit, pytest.raises(UnusablePicture, match="the most of a WebP"):
        inspect(name, data_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_picture_stays_in_the_memory(name: str) -> None:
    """Python looks for circles seldom, and malloc(3) keeps what was asked for by less than 32 MiB
    at once."""
    data = data_of(name)
    gc.collect()
    gc.disable()
    try:
        before = _pictures()
        inspect(name, data)
        assert _pictures() == before
    finally:
        gc.enable()
    assert Pillow.core.get_block_size() > 32 << 20  # type: ignore[attr-defined]


def _pictures() -> int:
    """By their own type: what stands in for another, as a request's user does, is not asked."""
    return sum(issubclass(type(each), Pillow.Image) for each in gc.get_objects())


def test_without_the_extra_for_heic_a_sentence_says_what_to_do(monkeypatch: object) -> None:
    formats = tuple(kind for kind in pictures.FORMATS if kind != "HEIF")
    monkeypatch.setattr(pictures, "FORMATS", formats)  # type: ignore[attr-defined]
    with pytest.raises(UnusablePicture, match=r"HEIC picture that cannot be read here\. Export"):
        inspect("phone.heic", data_of("heic-xmp.heic"))


def is_refused_or_shown(name: str, data: bytes) -> bool:
    """Anything else that is raised fails the test."""
    try:
        inspect(name, data)
    except UnusablePicture as refusal:
        return f"“{name}”" in str(refusal)
    return shown(data).width > 0


@settings(max_examples=150)
@given(st.sampled_from(NAMES), st.floats(0, 0.999))
def test_a_file_cut_short_anywhere_is_refused_or_shown(name: str, part: float) -> None:
    data = data_of(name)
    assert is_refused_or_shown(name, data[: int(len(data) * part)])


@settings(max_examples=300)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.floats(0, 0.9999), st.binary(min_size=1, max_size=4)), max_size=8),
)
def test_no_file_however_damaged_breaks_anything(
    name: str, damage: list[tuple[float, bytes]]
) -> None:
    data = bytearray(data_of(name))
    for where, what in damage:
        at = int(len(data) * where)
        data[at : at + len(what)] = what
    assert is_refused_or_shown(name, bytes(data))


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from(["", *NAMES]))
def test_no_noise_breaks_anything(noise: bytes, head: str) -> None:
    """After what a file of each sort begins with, or nothing."""
    with pytest.raises(UnusablePicture):
        inspect("noise", (data_of(head)[:24] if head else b"") + noise)


MEASURE = """
import json, resource, sys, django; django.setup()
from django.core.files.base import ContentFile
from reviews import pictures
from tests.bad_files import HARMLESS, REFUSED
files = {name: make() for name, (make, _) in REFUSED.items()}
files |= {name: make() for name, make in HARMLESS.items()}
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
worst, slow = 0, 0.0
for name, data in files.items():
    open("/proc/self/clear_refs", "w").write("5")  # the peak begins again from here
    status = lambda key: int(open("/proc/self/status").read().split(key + ":")[1].split()[0])
    before, started = status("VmRSS"), cpu()
    try:
        pictures.inspect(ContentFile(data, name=name))
    except pictures.UnusablePicture:
        pass
    worst, slow = max(worst, status("VmHWM") - before), max(slow, cpu() - started)
json.dump({"megabytes": worst / 1024, "seconds": slow}, sys.stdout)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_bomb_takes_little_memory_and_time() -> None:
    told = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, check=True)
    most = json.loads(told.stdout)
    assert most["megabytes"] < 100  # 19 when measured; the endless PNG alone would take 300
    assert most["seconds"] < 5  # 0.1 when measured, of this process alone


def test_a_tiny_picture_has_a_look_and_a_thumbnail() -> None:
    for size in [(1, 1), (1, 900), (900, 1)]:
        data = file_of(scene(size=size), "PNG")
        assert inspect("sliver.png", data).width == size[0]
        assert pictures.thumbnail(ContentFile(data, name="sliver.png"), 480)


@pytest.mark.parametrize("name", NAMES)
def test_every_sort_of_file_has_a_thumbnail_without_metadata(name: str) -> None:
    small = pictures.thumbnail(ContentFile(data_of(name), name=name), 200)
    assert b"SERIAL" not in small
    facts = inspect("thumbnail.webp", small)
    assert max(facts.width, facts.height) == 200
    assert facts.rights == Rights()
