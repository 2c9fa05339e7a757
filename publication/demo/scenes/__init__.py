"""The scenes the demo pictures are made of: one function each, from a canvas and a palette."""

from collections.abc import Callable

from publication.demo.scenes.audiences import call_centre, cinema
from publication.demo.scenes.billboard import billboard
from publication.demo.scenes.bridges import bridge, duel
from publication.demo.scenes.carriage import carriage
from publication.demo.scenes.counter import counter
from publication.demo.scenes.dress import dress
from publication.demo.scenes.facades import bus_stop, windows
from publication.demo.scenes.growth import jungle, reeds
from publication.demo.scenes.hills import hills, zigzag
from publication.demo.scenes.objects import orbs, prints, record
from publication.demo.scenes.pool import pool
from publication.demo.scenes.portraits import portrait
from publication.demo.scenes.roofs import rooftops, snow_house
from publication.demo.scenes.rooms import table, tatami
from publication.demo.scenes.shores import coast_road, lanterns, sea
from publication.demo.scenes.skylines import bokeh, towers
from publication.demo.scenes.streets import alley, headlights

SCENES: dict[str, Callable[..., None]] = {
    scene.__name__: scene
    for scene in (
        alley,
        billboard,
        bokeh,
        bridge,
        bus_stop,
        call_centre,
        carriage,
        cinema,
        coast_road,
        counter,
        dress,
        duel,
        headlights,
        hills,
        jungle,
        lanterns,
        orbs,
        pool,
        portrait,
        prints,
        record,
        reeds,
        rooftops,
        sea,
        snow_house,
        table,
        tatami,
        towers,
        windows,
        zigzag,
    )
}
