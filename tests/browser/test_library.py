"""The library in a browser: many files dropped, the focal point set, a source's words filled in."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from reviews.models import CreditSource, Image
from tests.browser.conftest import LogIn
from tests.factories import make_draft, make_image, make_section, make_user, picture_bytes

from .windows import press_and_close, press_and_follow

pytestmark = pytest.mark.django_db(transaction=True)

UPLOAD = "/admin/reviews/image/upload/"
# What a hand does that lets files fall on the zone.
DROP = """(zone, files) => {
  const data = new DataTransfer()
  for (const [name, bytes] of files) {
    const raw = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))
    data.items.add(new File([raw], name, { type: "image/jpeg" }))
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
  }
}"""


def drop(page: Page, files: dict[str, bytes]) -> None:
    encoded = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    page.locator(".upload__drop").evaluate(DROP, encoded)


def payload(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture_bytes()}


def values(page: Page) -> tuple[str, str]:
    return page.locator("#id_focal_x").input_value(), page.locator("#id_focal_y").input_value()


def test_files_are_dropped_and_one_bad_one_stops_nothing(desk: Page) -> None:
    desk.goto(UPLOAD)
    drop(desk, {"a.jpg": picture_bytes(), "bad.jpg": b"no picture", "b.jpg": picture_bytes()})
    expect(desk.get_by_role("status")).to_have_text("3 chosen. Press “Add 3 pictures”.")
    assert desk.get_by_role("progressbar", name="bad.jpg").is_visible()
    desk.get_by_role("button", name="Add 3 pictures").click()
    done = "Finished. 3 files: 2 in the library, 1 refused."
    expect(desk.get_by_role("status")).to_have_text(done)
    rows = desk.locator(".outcome")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("“bad.jpg” is not a")
    expect(rows.nth(0)).to_contain_text("Still missing: credit line, alternative text.")
    expect(desk.locator("progress[max]").first).to_have_js_property("value", 1)
    assert Image.objects.count() == 2
    press_and_follow(desk.get_by_role("button", name="Write what is still missing"))
    expect(desk.get_by_label("Alternative text")).to_have_count(2)


def test_a_file_that_could_not_be_sent_is_sent_again_and_words_that_are_too_long_are_not(
    desk: Page,
) -> None:
    desk.goto(UPLOAD)
    desk.route("**" + UPLOAD, lambda route: route.abort(), times=1)
    desk.locator("#id_files").set_input_files([payload("a.jpg")])
    shows, add = desk.get_by_label("of a.jpg"), desk.get_by_role("button", name="Add 1 picture")
    shows.fill("A door. " * 80)
    add.click()
    long = "Shorten what is too long, then press “Add 1 picture”."
    expect(desk.get_by_role("status")).to_have_text(long)
    expect(shows).to_be_focused()
    said = "500 characters at most, and this has 640: shorten it."
    expect(desk.get_by_text(said)).to_be_visible()
    shows.fill("A door.")
    add.click()
    expect(desk.get_by_role("status")).to_have_text("Finished. 1 file: 1 not sent.")
    desk.route("**" + UPLOAD, lambda route: route.fulfill(status=403), times=1)
    desk.get_by_role("button", name="Try again").click()
    expect(desk.get_by_text("log in in a new tab, come back, and try again")).to_be_visible()
    desk.get_by_role("button", name="Try again").click()
    expect(desk.get_by_role("status")).to_have_text("Finished. 1 file: 1 in the library.")
    assert Image.objects.get().alt_text == "A door."


def test_nothing_is_sent_while_its_words_are_typed(desk: Page) -> None:
    desk.goto(UPLOAD)
    desk.get_by_label("Credit line").fill("Courtesy of LKFF")
    desk.locator("#id_files").set_input_files([payload("a.jpg"), payload("b.jpg")])
    shows = desk.get_by_label("of a.jpg")
    shows.fill("A d")
    expect(desk.locator("canvas.outcome__still")).to_have_count(2)
    desk.evaluate("document.querySelector('form.upload').requestSubmit()")  # not by a press
    expect(desk.get_by_role("status")).to_have_text("1 of 2 done: 1 in the library.")
    shows.press_sequentially("oor.")
    shows.blur()
    expect(desk.get_by_role("status")).to_have_text("Finished. 2 files: 2 in the library.")
    assert {image.alt_text for image in Image.objects.all()} == {"A door.", ""}
    assert {image.credit_line for image in Image.objects.all()} == {"Courtesy of LKFF"}


def test_too_large_a_file_is_refused_before_it_travels(desk: Page, settings: Any) -> None:
    settings.PICTURE_MAX_BYTES = 100
    desk.goto(UPLOAD)
    desk.locator("#id_files").set_input_files([payload("huge.jpg")])
    desk.get_by_role("button", name="Add 1 picture").click()
    expect(desk.locator(".outcome--refused")).to_contain_text("“huge.jpg” is larger than")


def test_files_chosen_before_the_script_came_are_taken(desk: Page) -> None:
    desk.route("**/js/admin/upload.js", lambda route: None)  # held
    desk.goto(UPLOAD, wait_until="commit")
    desk.locator("#id_files").set_input_files([payload("early.jpg")])
    assert desk.get_by_role("button", name="Add pictures").is_visible()
    desk.unroute("**/js/admin/upload.js")  # lets it go, and what is only asked for from now on
    desk.get_by_role("button", name="Add 1 picture").click()
    done = "Finished. 1 file: 1 in the library."
    expect(desk.get_by_role("status")).to_have_text(done)


def test_without_scripts_many_files_go_in_with_one_form(
    page_without_scripts: Page, log_in: LogIn
) -> None:
    page = page_without_scripts
    log_in(page, make_user("Editor"))
    page.goto(UPLOAD)
    page.get_by_label("Pictures", exact=True).set_input_files([payload("a.jpg"), payload("b.jpg")])
    page.get_by_role("button", name="Add pictures").click()
    expect(page.locator(".outcome--in")).to_have_count(2)


def test_the_focal_point_is_set_by_a_click_by_keys_and_by_numbers(desk: Page) -> None:
    image = make_image(developed=True, width=800, height=400)
    desk.goto(f"/admin/reviews/image/{image.pk}/change/")
    picture = desk.locator(".focal__picture img")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75}, force=True)
    assert values(desk) == ("25", "75")
    point = desk.get_by_role("slider", name="Focal point")
    expect(point).to_be_focused()
    point.press("ArrowRight")
    point.press("Shift+ArrowUp")
    assert values(desk) == ("26", "65")
    expect(point).to_have_attribute("aria-valuetext", "26% from the left, 65% from the top")
    square = desk.locator(".focal__crop--1x1 img")
    # A square of a 2:1 picture is half as wide: its left edge is at 1 %, of the 50 % cut off.
    assert square.evaluate("img => img.style.objectPosition") == "2% 0%"
    desk.locator("#id_focal_x").fill("90")  # the numbers move the point
    assert desk.locator(".focal__point").evaluate("point => point.style.left") == "90%"
    press_and_follow(desk.get_by_role("button", name="Save", exact=True))
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (90, 65)


def test_a_source_fills_empty_fields_at_once(desk: Page) -> None:
    CreditSource.objects.create(name="LKFF", credit_line="Courtesy of LKFF", creator="Its own")
    image = make_image(credit_line="", creator="Ahn Ji-woo")
    desk.goto(f"/admin/reviews/image/{image.pk}/change/")
    desk.get_by_label("Credit source").select_option("LKFF")
    assert desk.get_by_label("Credit line").input_value() == "Courtesy of LKFF"
    assert desk.get_by_label("Creator").input_value() == "Ahn Ji-woo"


def test_a_picture_added_in_the_window_for_choosing_is_placed(desk: Page, tmp_path: Path) -> None:
    make_section()
    article = make_draft()
    desk.goto(f"/admin/reviews/review/{article.pk}/change/")
    with desk.expect_popup() as opened:
        desk.locator("#lookup_id_lead_image").click()
    window = opened.value
    window.get_by_role("link", name="Add pictures").click()
    window.set_viewport_size({"width": 390, "height": 844})  # as from a phone
    window.locator("#id_files").set_input_files([payload("lead.jpg")])
    expect(window.get_by_label("of lead.jpg")).to_be_in_viewport()
    window.get_by_role("button", name="Add 1 picture").click()
    use = window.get_by_role("button", name="Use this picture")
    expect(use).to_be_in_viewport()
    press_and_close(use)
    expect(desk.locator("#id_lead_image")).to_have_value(str(Image.objects.get().pk))
    expect(desk.locator(".field-lead_image img")).to_have_attribute("src", re.compile("thumbnail"))


def test_pictures_added_for_a_gallery_go_into_it_with_one_press(desk: Page) -> None:
    desk.goto("/admin/reviews/review/add/")
    with desk.expect_popup() as opened:
        desk.locator(".prose-menubar").get_by_text("Insert gallery").click()
    window = opened.value
    window.get_by_role("link", name="Add pictures").click()
    window.locator("#id_files").set_input_files([payload(f"{n}.jpg") for n in range(3)])
    window.get_by_role("button", name="Add 3 pictures").click()
    press_and_close(window.get_by_role("button", name="Use all 3 pictures"))
    gallery = desk.get_by_role("group", name=re.compile("^Gallery of"))
    expect(gallery).to_have_accessible_name("Gallery of 3 pictures")
    with desk.expect_popup() as opened:
        gallery.get_by_role("button", name="Add pictures").click()
    opened.value.close()


def test_the_window_for_choosing_fits_narrow_screens(desk: Page) -> None:
    for _ in range(3):
        make_image(alt_text="A long description of what the picture shows " * 3)
    for address in ("/admin/reviews/image/?_popup=1", UPLOAD + "?_popup=1"):
        desk.goto(address)
        for width in (800, 390):
            desk.set_viewport_size({"width": width, "height": 800})
            wide = desk.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (address, width)
