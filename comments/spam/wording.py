"""What the classifier goes by beside words, in plain words and the reader's language.

The names of the signals (`structure.py`, `addresses.py`, `appeals.py`) are part of the features and
stay as they are; what people read of them is here.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BETWEEN = " → "  # of two kinds of words that stand close together
BEGINNING = "a sentence from "

SAID = {
    "a link and little else": gettext_lazy("an address and little else"),
    "a quotation at the start": gettext_lazy("a quotation at the start"),
    "an address of a moment": gettext_lazy("a link to a moment of a video"),
    "an address that credits a referrer": gettext_lazy("a link that pays whoever spreads it"),
    "an address with a question mark": gettext_lazy("a link with a question mark in it"),
    "any link": gettext_lazy("that it names a site"),
    "bare domains": gettext_lazy("sites named without a link"),
    "capitals": gettext_lazy("how many capitals it has"),
    "different words": gettext_lazy("how often its words repeat"),
    "digits": gettext_lazy("how many digits it has"),
    "drawn-out letters": gettext_lazy("drawn-out letters"),
    "e-mail addresses": gettext_lazy("e-mail addresses"),
    "emoji": gettext_lazy("emoji"),
    "ending": gettext_lazy("how the name of the linked site ends"),
    "ends like a sentence": gettext_lazy("an end like a sentence’s"),
    "ends open": gettext_lazy("an end without a full stop"),
    "exclamations": gettext_lazy("exclamation marks"),
    "faces": gettext_lazy("faces of punctuation"),
    "full-width letters": gettext_lazy("letters of double width"),
    "handles": gettext_lazy("names with an @"),
    "hashtags": gettext_lazy("hashtags"),
    "hidden characters": gettext_lazy("invisible characters"),
    "host": gettext_lazy("the linked site"),
    "kinds of advertising": gettext_lazy("how many kinds of advertising it has"),
    "leads to": gettext_lazy("what kind of site it links to"),
    "leads to an unknown place": gettext_lazy("a link to a site that no list knows"),
    "leads to collections and petitions": gettext_lazy("a link to a collection or a petition"),
    "leads to free pages": gettext_lazy("a link to a blog or page that costs nothing"),
    "leads to invitations to a chat": gettext_lazy("an invitation to a chat"),
    "leads to platforms where anybody publishes": gettext_lazy(
        "a link to a platform where anybody publishes"
    ),
    "leads to shortened addresses": gettext_lazy("a shortened address"),
    "leads to the press, film and reference": gettext_lazy("a link to the press or a film site"),
    "length": gettext_lazy("how long it is"),
    "lines": gettext_lazy("how many lines it has"),
    "links": gettext_lazy("links"),
    "links in markup": gettext_lazy("links written as code"),
    "long numbers": gettext_lazy("long numbers"),
    "markup": gettext_lazy("code of web pages"),
    "mixed scripts": gettext_lazy("words of letters from two scripts"),
    "nearness to a label": gettext_lazy("how near it is to a comment that was decided about here"),
    "no address of the press, film or reference": gettext_lazy(
        "no link to the press or a film site"
    ),
    "no exclamation": gettext_lazy("no exclamation mark"),
    "no link": gettext_lazy("no link"),
    "nothing asked or offered": gettext_lazy("nothing asked or offered"),
    "path": gettext_lazy("what follows the name of the linked site"),
    "percentages": gettext_lazy("percentages"),
    "piled-up marks": gettext_lazy("marks in a row"),
    "questions": gettext_lazy("question marks"),
    "spaced-out letters": gettext_lazy("words spaced out letter by letter"),
    "starts small": gettext_lazy("a small letter at the start"),
    "styled letters": gettext_lazy("letters in disguise"),
    "sums of money": gettext_lazy("sums of money"),
    "telephone numbers": gettext_lazy("telephone numbers"),
    "times": gettext_lazy("moments of a video or a film"),
    "trailing dots": gettext_lazy("dots in a row"),
    "video addresses": gettext_lazy("pieces of video addresses"),
    "words": gettext_lazy("how many words it has"),
    "words in capitals": gettext_lazy("words in capitals"),
    "years": gettext_lazy("years"),
    # Kinds of words; which of them stand in the text is said behind it.
    "a channel or work of one’s own": gettext_lazy("a channel or work of one’s own"),
    "a person speaking": gettext_lazy("talk of people"),
    "asking for help": gettext_lazy("asking for help"),
    "asking for likes": gettext_lazy("asking for likes"),
    "asking to look": gettext_lazy("asking to look"),
    "asking to subscribe": gettext_lazy("asking to subscribe"),
    "coming and going": gettext_lazy("coming and going"),
    "comments": gettext_lazy("talk of comments"),
    "feeds and browsers": gettext_lazy("talk of feeds and browsers"),
    "films to download": gettext_lazy("films to download"),
    "free and guaranteed": gettext_lazy("free or guaranteed things"),
    "gambling": gettext_lazy("gambling"),
    "giving back": gettext_lazy("a favour in return"),
    "goods and prices": gettext_lazy("goods and prices"),
    "laughter": gettext_lazy("laughter"),
    "marketing": gettext_lazy("marketing"),
    "me and mine": gettext_lazy("talk of oneself"),
    "money": gettext_lazy("money"),
    "numbers of viewers": gettext_lazy("numbers of viewers"),
    "please": gettext_lazy("asking politely"),
    "pointing somewhere": gettext_lazy("words that point somewhere"),
    "praise": gettext_lazy("praise"),
    "remedies": gettext_lazy("remedies"),
    "sex": gettext_lazy("sex"),
    "spells and hacking": gettext_lazy("spells and hacking"),
    "subscribers": gettext_lazy("subscribers"),
    "swearing": gettext_lazy("swearing"),
    "talk of films": gettext_lazy("talk of films"),
    "thanks": gettext_lazy("thanks"),
    "the site itself": gettext_lazy("talk of the site itself"),
    "useful information": gettext_lazy("useful information"),
    "ways to get in touch": gettext_lazy("ways to get in touch"),
    "weighing words": gettext_lazy("weighing one’s words"),
    "writing": gettext_lazy("talk of writing"),
    "you and yours": gettext_lazy("speaking to somebody"),
}


def in_words(kind: str) -> str:
    """What a kind of signal is called; one that has no words of its own, by its name."""
    if kind.startswith(BEGINNING):
        begins = _("a sentence that begins with: %(kind)s")
        return begins % {"kind": in_words(kind.removeprefix(BEGINNING))}
    one, between, other = kind.partition(BETWEEN)
    if one == other:
        return _("%(kind)s, more than once") % {"kind": in_words(one)}
    if between:
        return _("%(one)s beside: %(other)s") % {"one": in_words(one), "other": in_words(other)}
    return str(SAID.get(kind, kind))
