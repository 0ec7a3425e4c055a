"""The stories told of customer service that come with the program: what was lived, and in which world it is placed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from sim.asked import one_of
from sim.bars import Shown
from sim.reading.shipped import folder
from sim.study.placing.place import Placed, place
from sim.world import World


@dataclass(frozen=True)
class ToldStory:
    """A story.

    Attributes
    ----------
    name : str
        How it is asked for.
    title, about : str
        What it is called, and what happened, in one line.
    told : str
        By whom and when.
    world, against : str
        The shipped world in which it happens, and the one that answers it.
    figures : dict of str to float
        What was lived, by id (`sim.study.placing.quantities.QUANTITIES`).
    course : dict of str to float
        What happened at least so often.
    """

    name: str
    title: str
    told: str
    world: str
    against: str
    about: str
    figures: Mapping[str, float] = field(hash=False)
    course: Mapping[str, float] = field(hash=False)

    def placed(
        self,
        world: World | str | None = None,
        *,
        replications: int | Iterable[int] = 10,
        seed: int = 1,
        progress: Shown = None,
    ) -> Placed:
        """Place it in its world, or in another one.

        Raises
        ------
        ValueError
            As `place`.
        """
        where = world or self.world
        return place(where, self.figures, at_least=self.course, replications=replications, seed=seed, progress=progress)


@cache
def stories() -> dict[str, ToldStory]:
    """Return the stories that come with the program, by name.

    Returns
    -------
    dict of str to ToldStory
        What the customer of each has told: the world it is of, and how many days, calls, messages and so on.

    Examples
    --------
    >>> stories()["bricoleurs_1"].figures["days"]
    11
    """
    with (folder() / "told" / "stories.toml").open("rb") as file:
        return {name: ToldStory(name, **told) for name, told in tomllib.load(file).items()}


def story(name: str) -> ToldStory:
    """Return one of the stories.

    Raises
    ------
    ValueError
        If there is none of that name; the message names the nearest one.
    """
    return stories()[one_of("story", name, stories())]
