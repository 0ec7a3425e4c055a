"""What columns are called in French and English reports, of Genesys, Avaya and Cisco among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from sim.data.numerals import UNITS
from sim.data.spelling import name_of
from sim.quoting import LONGEST

_STAMP = {
    "date": "date|jour date|day date|date du jour|date appel|call date|date debut|start date",
    "time": "heure|heure debut|heure de debut|debut|time|start time|tranche|tranche horaire|creneau|creneau horaire|"
    "intervalle|interval|plage horaire|plage|periode|period start|half hour|demi heure|quart d heure|hour|time slot|"
    "intrvl|heure appel|call time|time interval|interval time|timeslot|half hour start",
    "starts": "interval start|interval start time|debut intervalle|debut de l intervalle|datetime|date time|date heure|"
    "date et heure|horodatage|timestamp|start|interval begin|debut periode|starts",
    "ends": "interval end|interval end time|fin intervalle|fin de l intervalle|fin|heure fin|heure de fin|end|end time|"
    "ends|fin periode",
    "day": "jour|jour de la semaine|day|weekday|day of week|day of the week|dow",
}
_QUEUE = (
    "file|file d attente|queue|queue name|nom de la file|csq|csq name|contact service queue|split|skill|split skill|"
    "vdn|hunt group|call type|call type name|skill group|ct|ct name|service|groupe|groupe d appels|competence|"
    "call queue|queue id|activite|split name|skill name|split skill name|vdn name|hunt group name|csq id|acd group|"
    "acd queue|workgroup|work group|dnis|dialed number|dialled number"
)
ONLY_ALONE = frozenset(("dnis", "dialed number", "dialled number", "vdn", "vdn name"))
"""Headings that mean their field only where no other column does."""
INTERVAL_WORDS = {
    **_STAMP,
    "time": _STAMP["time"] + "|from",
    "ends": _STAMP["ends"] + "|to",
    "queue": _QUEUE,
    "minutes": "minutes|duree intervalle|duree de l intervalle|interval length|interval minutes|length|pas",
    "offered": "appels presentes|appels recus|appels entrants|appels offerts|presentes|recus|entrants|offerts|offered|"
    "offer|calls offered|calls presented|presented|calls received|received|incoming calls|inbound calls|calls in|"
    "noffered|contacts offered|contacts presented|nb appels presentes|nombre d appels presentes|nb appels recus|"
    "nombre d appels recus|nombre d appels|volume|calls|appels|total calls|callsoffered|incalls|"
    "offered calls|calls entered|total offered|total calls offered|interactions offered|received calls|call volume",
    "answered": "appels traites|appels repondus|appels decroches|appels pris|appels servis|traites|repondus|decroches|"
    "pris|servis|answered|answer|calls answered|calls handled|handled|acd calls|acdcalls|nanswered|contacts handled|"
    "contacts answered|nb appels traites|nombre d appels traites|nb appels decroches|calls taken|answered calls|"
    "handled calls|taken|taken calls|accepted|calls accepted|num acd calls|interactions answered|interactions handled|"
    "picked up|calls picked up",
    "abandoned": "appels abandonnes|abandonnes|abandons|abandon|perdus|appels perdus|abandoned|calls abandoned|"
    "aban calls|abncalls|aban|abn|lost calls|lost|nabandoned|contacts abandoned|nb abandons|nombre d abandons|"
    "nb appels abandonnes|abandoned calls|abandon calls|aband|aband calls|calls lost|num calls aband|unanswered|"
    "unanswered calls|interactions abandoned|abandonments",
    "blocked": "appels dissuades|dissuades|dissuasions|appels rejetes|rejetes|appels bloques|bloques|blocked|"
    "calls blocked|busy calls|busycalls|calls given busy|rejected|calls rejected|occupation|overflow busy",
    "within": "traites dans le seuil|appels traites dans le seuil|dans le seuil|dans le delai|traites dans les delais|"
    "answered within|answered within threshold|answered in threshold|calls answered within|calls handled sl|"
    "acceptable|within service level|answered in sl|calls handled within sl|within|repondus dans le seuil|"
    "in sl|in sla|within sl|within sla|met sl|met sla|sla met|sl met|calls in sl|calls in sla|calls within sl|"
    "calls within sla|answered in sla|answered within sl|answered within sla|calls handled in sl|handled within sl|"
    "calls handled less than sl|in service level|calls within service level|in serv levl|accepted in threshold",
    "service_level": "niveau de service|taux de service|ns|qualite de service|qs|service level|sl|service factor|tsf|"
    "within service level percent|service level percent|sla|percent within service level|serv levl|serv level|"
    "svc level|percent in sl|percent in sla|percent sl|percent sla|sl percent|sla percent|grade of service|gos",
    "speed_of_answer": "dma|delai moyen d attente|temps moyen d attente|attente moyenne|delai moyen de reponse|"
    "duree moyenne d attente|tma|temps moyen de reponse|asa|average speed of answer|average speed answer|"
    "avg speed ans|avg speed of answer|avg speed answer|speed of answer|avg answer|average answer|avg ans|avg wait|"
    "average wait|mean wait|avg speed to answer|average speed to answer|speed to answer|avg answer time|"
    "average answer time|avg time to answer|average time to answer|avg wait time|average wait time|mean wait time|"
    "average speed of ans|av speed of answer",
    "handle_time": "dmt|duree moyenne de traitement|temps moyen de traitement|tmt|aht|average handle time|"
    "avg handle time|avg handle|average handling time|handle time|handling time|mean handle time|"
    "duree moyenne traitement|avg handling time|avg handled time|average handled time|mean handling time|"
    "average call handling time|avg call handling time|av handle time|avg handle time per call",
    "talk_time": "dmc|duree moyenne de communication|duree moyenne de conversation|temps moyen de conversation|"
    "temps moyen de communication|avg talk|avg talk time|average talk time|avg acd time|talk time|att|avgtalk|"
    "average acd time|avg acd talk time|mean talk time|average conversation time|avg conversation time",
    "after_call": "dmpa|duree moyenne post appel|post appel moyen|temps moyen post appel|temps moyen de post appel|"
    "avg acw|avg acw time|average acw|after call work|avg wrap|average wrap time|avg wrap up|wrap up time|acw|"
    "average acw time|avg after call|average after call work|avg after call work|"
    "avg wrap up time|average wrap up time|avg wrap time",
    "agents": "agents|agents connectes|agents presents|conseillers|conseillers presents|teleconseillers|positions|"
    "avg pos staff|avg positions staffed|staffed|agents staffed|agents logged in|staff|effectif|"
    "nombre d agents|nb agents|avg staff|average staff|avg agents|average agents|avg pos stf|avg num pos|"
    "staffed agents|positions staffed|avg staffed",
}
CALL_WORDS = {
    **_STAMP,
    "queue": _QUEUE,
    "agent": "agent|agent name|nom agent|conseiller|teleconseiller|operateur|user|users interacted|server|login agent|"
    "agent id",
    "caller": "appelant|numero appelant|numero de l appelant|client|numero client|id client|caller|caller id|callerid|"
    "ani|calling number|customer|customer id|from|customer_id|remote",
    "arrived": "arrivee|heure d arrivee|arrived|arrival|arrival time|offered at|queue start|entree en file|"
    "entree file|q start|call start|vru exit|queued",
    "answered": "decroche|heure de decroche|debut communication|debut conversation|answered|answered at|answer time|"
    "connected|connect time|ser start|service start|prise en charge|connected at",
    "left": "fin communication|fin conversation|fin appel|heure de raccroche|raccroche|ended|end of call|call end|"
    "hang up|hangup time|ser exit|service end|disconnected|left|fin d appel",
    "wait": "attente|duree attente|temps d attente|wait|wait time|waiting time|queue time|q time|time in queue|"
    "hold time|duree d attente|delai d attente",
    "talk": "conversation|duree conversation|duree communication|talk|talk time|ser time|service time|billsec|"
    "duree de conversation|temps de conversation|duree d appel|total talk",
    "after_call": "post appel|duree post appel|after call work|acw|wrap up|wrap|after call|temps post appel|total acw",
    "outcome": "issue|resultat|statut|etat|outcome|disposition|status|result|call result|type de fin",
}
ROSTER_WORDS = {
    "agent": "agent|nom|nom agent|conseiller|teleconseiller|collaborateur|employe|name|agent name|employee|"
    "employee name|matricule|personne|staff member|advisor|adviser|associate|resource|representative",
    "number": "nombre|nombre d agents|effectif|nb agents|agents|number|headcount|number of agents|count|staff|heads",
    "team": "equipe|team|groupe|group|service|competence|skill|file|queue|activite|"
    "work group|workgroup|department|line of business|team name",
    "date": _STAMP["date"],
    "day": _STAMP["day"] + "|jours|days",
    "start": "debut|heure debut|heure de debut|prise de poste|prise de service|start|start time|shift start|from|"
    "begin|de|entree|start of shift|shift begin|shift start time",
    "end": "fin|heure fin|heure de fin|fin de poste|fin de service|end|end time|shift end|to|until|a|sortie|"
    "end of shift|shift end time|finish|finish time",
    "shift": "horaire|horaires|shift|hours|plage|vacation|poste",
    "breaks": "pauses|pause|breaks|break|pause dejeuner|dejeuner|lunch|repas|lunch break|meal|meal break|coffee break|"
    "tea break|first break|second break|morning break|afternoon break|am break|pm break|pause matin|pause apres midi|"
    "pause repas",
}
_UNIT = {
    **dict.fromkeys(("ms", "milliseconds", "millisecondes"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "seconde", "secondes"), "s"),
    **dict.fromkeys(("min", "mn", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures"), "h"),
}
_THRESHOLD = re.compile(r"(\d{1,4})\s*(s|sec|secs|secondes?|seconds?|min|mn|minutes?)?\b")
_BRACKETS = re.compile(r"[(\[{]([^)\]}]{0,40})[)\]}]")


class Heading(NamedTuple):
    """A column's heading: as it stands, as its words alone, and what it says of units and thresholds.

    Attributes
    ----------
    unit : str
        One of ``ms``, ``s``, ``min``, ``h``, or empty.
    threshold : float or None
        A wait that is named in it (min).
    """

    written: str
    words: str
    unit: str
    percent: bool
    threshold: float | None


@lru_cache(maxsize=100_000)
def plain_words(text: str) -> str:
    """Return a text's words without case, accents and signs.

    Examples
    --------
    >>> plain_words("Nb d'appels présentés"), plain_words("ASA [sec]")
    ('nb d appels presentes', 'asa sec')
    """
    apart = unicodedata.normalize("NFKD", text[: 4 * LONGEST].casefold())
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def heading(written: str) -> Heading:
    """Read a heading.

    Examples
    --------
    >>> heading("DMT (s)")
    Heading(written='DMT (s)', words='dmt', unit='s', percent=False, threshold=None)
    >>> heading("Traités dans le seuil < 20 s").threshold
    0.3333333333333333
    """
    bracketed = [plain_words(inside) for inside in _BRACKETS.findall(written[: 4 * LONGEST])]
    unit = next((_UNIT[inside] for inside in bracketed if inside in _UNIT), "")
    bare = _BRACKETS.sub(" ", written[: 4 * LONGEST])
    words = plain_words(bare)
    found = _THRESHOLD.search(plain_words(written))
    threshold = _length(found[1], found[2] or "s") if found else None
    if found and words:
        words = " ".join(_THRESHOLD.sub(" ", words).split()) or words
        words = re.sub(r" (en moins de|moins de|under|en|in|sous|a)$", "", words)
    last = words.rpartition(" ")
    if not unit and last[0] and last[2] in ("sec", "secs", "ms", "min", "mn", "seconds", "secondes", "s"):
        words, unit = last[0], _UNIT[last[2]]
    return Heading(written, words, unit, "%" in written or words.startswith("taux"), threshold)


def _length(number: str, unit: str) -> float:
    return float(number) / 60 if _UNIT[unit] == "s" else float(number)


def known_words(words: Mapping[str, str]) -> dict[str, list[str]]:
    """Return by heading's words the fields they may mean."""
    fields: dict[str, list[str]] = {}
    for field, names in words.items():
        for name in names.split("|"):
            fields.setdefault(name, []).append(field)
        fields.setdefault(field.replace("_", " "), []).append(field)
    return {name: list(dict.fromkeys(those)) for name, those in fields.items()}


def checked_unit(unit: object) -> str:
    """Return a unit of durations.

    Raises
    ------
    ValueError
        If it is none.
    """
    if unit not in UNITS:
        raise ValueError(f"{name_of('unit')} is {unit!r}: a bare duration is counted in {', '.join(UNITS)}")
    return str(unit)
