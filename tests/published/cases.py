"""The published cases: which scenario files are lived for how long, and what is asked of them.

``cases.toml`` holds what is published, what is expected and where that is from; ``scenarios/`` the models, by the means
of planners alone. Most figures are no measures of the register (counts by period, decimals of waits, ratios over the
expected calls): they are asked of `sim.tables`, the agents' time of its totals.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import sim
from sim.history.events import Activity
from sim.measures import Tables
from sim.units import DAY, WEEK
from tests.published.asked import Asked, Floats, Ours, Units, busy_days, over, spread

HERE = Path(__file__).resolve().parent
SCENARIOS = HERE / "scenarios"
FACTS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
Lived = Mapping[str, Units]
"""The sums by unit of each scenario of a case."""
SOON = 1 / 3
"""Twenty seconds."""


@dataclass(frozen=True)
class Case:
    """A published case."""

    name: str
    files: tuple[str, ...]
    sums: Callable[[Tables], Units]
    figures: Callable[[Lived], Mapping[str, Ours]]
    replications: int
    """At full length: at least as long as the tolerances are for."""
    quick: int
    long_enough: float
    """Replications that the tolerances are for."""

    def facts(self) -> dict[str, Any]:
        """Return what is published and expected."""
        return FACTS[self.name]

    def wide(self, replications: int) -> float:
        """Return how many times as wide the tolerances are for fewer replications: by the square root."""
        return max(1.0, float(np.sqrt(self.long_enough / replications)))

    def ours(self, replications: int, seed: int = 1, done: Callable[[], Any] = lambda: None) -> dict[str, Ours]:
        """Live the scenarios and return every figure."""
        lived = {file: together(self.each(file, replications, seed, done)) for file in self.files}
        return dict(self.figures(lived))

    def each(self, file: str, replications: int, seed: int, done: Callable[[], Any]) -> Iterator[Units]:
        """Live one scenario and yield the sums of each replication."""
        world = sim.load(SCENARIOS / f"{file}.toml")
        for number in range(replications):
            history = sim.run(world, sim.populate(world, seed=seed, replication=number))
            yield self.sums(sim.tables(history))
            done()


def together(parts: Iterable[Units]) -> Units:
    """Put the units of all replications side by side."""
    each = list(parts)
    return {name: np.concatenate([part[name] for part in each]) for name in each[0]}


def whole(value: float) -> Floats:
    """Return a sum over one replication."""
    return np.array([float(value)])


# Days of ContactCenters and SSJ ---------------------------------------------------------------------------------------


def mmc_sums(tables: Tables) -> Units:
    """Count a day that begins empty and is served to its end."""
    day = Asked(tables, DAY)
    late = ~day.answered & (day.wait > SOON)
    return {
        "good": day.good(SOON),
        "served": day.served(),
        "wait": day.sum(day.wait * day.answered),
        "abandoned": day.sum(day.calls["abandoned"]),
        "late": day.sum(late),
        "blocked": day.sum(day.calls["blocked"]),
        "dismissed": day.sum(day.calls["dismissed"]),
        "busy": day.busy("agents", until=480),
    }


def mmc_figures(lived: Lived) -> dict[str, Ours]:
    """Return those of days with 12 agents."""
    (day,) = lived.values()
    return {
        "calls_answered_within_awt": over(day["good"]),
        "abandoned": over(day["abandoned"]),
        "service_level_served": over(day["good"], day["served"]),
        "asa_min": over(day["wait"], day["served"]),
        "asa_served_min": over(day["wait"], day["served"]),
        "service_level_late_abandons_counted": over(day["good"], day["served"] + day["late"]),
        "occupancy_0_480": over(day["busy"], 12 * 480.0),
        "blocked": over(day["blocked"]),
        "service_level_blocked_counted": over(day["good"], day["served"] + day["blocked"]),
        "disconnected": over(day["dismissed"]),
        "service_level_disconnected_counted": over(day["good"], day["served"] + day["dismissed"]),
    }


def ssj_sums(tables: Tables) -> Units:
    """Count a day; good are those who waited less than 20 s, whether an agent came or not."""
    day = Asked(tables, DAY)
    return {
        "arrivals": day.sum(np.ones(len(day.calls))),
        "wait": 60 * day.sum(day.wait),
        "good": day.sum(day.wait < SOON),
        "abandoned": day.sum(day.calls["abandoned"]),
    }


def ssj_figures(lived: Lived) -> dict[str, Ours]:
    """Divide by the expected calls, 1660, and not by those that came."""
    (day,) = lived.values()
    known = busy_days(day["arrivals"], 1660, 400)
    return {
        "arrivals_mean": over(day["arrivals"]),
        "arrivals_sd": spread(day["arrivals"]),
        "wait_s_sum_over_1660": over(day["wait"], 1660.0, known),
        "good_over_1660": over(day["good"], 1660.0, known),
        "abandoned_over_1660": over(day["abandoned"], 1660.0, known),
    }


def msk_sums(tables: Tables) -> Units:
    """Count a day until its last call has ended, with the agents who finish a call after their duty."""
    day = Asked(tables, DAY)
    good = day.answered & (day.wait <= SOON)
    ends = np.full(day.many, 360.0)
    np.maximum.at(ends, day.unit, day.calls["ended"] - day.unit * DAY)
    duty = (12 + 18 + 9) * 120.0 + 9 * (ends - 360.0)
    sums = {
        "arrivals": day.sum(np.ones(len(day.calls))),
        "served": day.served(),
        "abandoned": day.sum(day.calls["abandoned"]),
        "good": day.sum(good),
        "late": day.sum(~day.answered & (day.wait >= SOON)),
        "busy": day.busy("group_0"),
        "at_work": duty + _beyond_duty(day),
    }
    for reason in range(9):
        kind, period = divmod(reason, 3)
        sums[f"good_by_type_period.{kind}.{period}"] = day.sum(good & (day.reason == reason))
    return sums


def _beyond_duty(day: Asked) -> Floats:
    """Add up what the agents of group 0 from number 9 on, who leave after 240 minutes, work beyond them."""
    legs = day.legs("group_0")
    unit = (legs["answered"] // DAY).astype(int)
    beyond = np.where(legs["agent"] >= 9, np.maximum(legs["left"] - unit * DAY - 240.0, 0.0), 0.0)
    return np.bincount(unit, beyond, day.many).astype(float)


def msk_figures(lived: Lived) -> dict[str, Ours]:
    """Return those of SimpleMSK, with the calls of a day as control."""
    (day,) = lived.values()
    known = busy_days(day["arrivals"], 5184, 28.7)
    ours = {name: over(day[name], 1.0, known) for name in day if name.startswith("good_by") or name in MSK_COUNTS}
    ours["service_level"] = over(day["good"], day["served"] + day["late"], known)
    ours["occupancy_group0"] = over(day["busy"], day["at_work"], known)
    return ours


MSK_COUNTS = ("served", "abandoned")


# Weeks of the Arena Contact Center Edition ----------------------------------------------------------------------------


def telethon_sums(tables: Tables) -> Units:
    """Count a week of five mornings; who waited two minutes has left a message."""
    week = Asked(tables, WEEK)
    unserved = ~week.answered & ~week.calls["blocked"]
    message = unserved & ~week.calls["abandoned"] & ~week.calls["dismissed"]
    return {
        "arrivals": week.sum(np.ones(len(week.calls))),
        "served": week.served(),
        "abandoned": week.sum(week.calls["abandoned"]),
        "messages": week.sum(message),
        "disconnected": week.sum(week.calls["dismissed"]),
        "blocked": week.sum(week.calls["blocked"]),
        "good": week.good(1.0, strictly=True),
        "wait": week.sum(week.wait * week.answered),
        "busy": week.busy("agents"),
    }


def telethon_figures(lived: Lived) -> dict[str, Ours]:
    """Divide by the thousand calls expected, and the agents' minutes after closing by those before it."""
    (week,) = lived.values()
    known = week["arrivals"][:, None] - 1000
    counts = ("served", "abandoned", "messages", "disconnected", "blocked", "good")
    return {
        "arrivals": over(week["arrivals"]),
        **{name: over(week[name], 1.0, known) for name in counts},
        "asa_min": over(week["wait"], week["served"], known),
        "service_level_pct": over(100 * week["good"], 1000.0, known),
        "occupancy_pct": over(100 * week["busy"], 12 * 240 * 5.0, known),
    }


HOLD, TRANSFER_HOLD = int(Activity.HOLD), int(Activity.TRANSFER_HOLD)
TEAMWORK = {"reception": ("agents", 2), "accounting": ("accounting", 1), "tech": ("tech", 5), "dev": ("dev", 1),
            "manager": ("manager", 1)}  # fmt: skip


def teamwork_sums(tables: Tables) -> Units:
    """Count ten weeks; served are those whom technical support or the manager has answered."""
    weeks, calls = Asked(tables), tables.calls
    last = np.concatenate([weeks.legs("tech"), weeks.legs("manager")])
    served = np.zeros(len(calls), bool)
    served[last["call"]] = True
    talked = np.bincount(last["call"], last["left"] - last["answered"], len(calls))
    holds = calls["minutes"][:, HOLD] + calls["minutes"][:, TRANSFER_HOLD]
    inside = np.where(calls["blocked"], 0.0, calls["ended"] - calls["dialled"])
    counts = {
        "arrivals": np.ones(len(calls)),
        "served": served,
        "disconnected": calls["cut"] | calls["dismissed"],
        "abandoned": calls["abandoned"],
        "blocked": calls["blocked"],
        "good": served & (holds < 2),
        "wait": holds * served,
        "sojourn": inside * served,
        "last": talked,
        "trunks": inside,
    }
    busy = {f"busy.{name}": weeks.occupancy(team)[0] for name, (team, _) in TEAMWORK.items()}
    per_week = (tables.stop - tables.start) / WEEK
    return {name: sums / per_week for name, sums in ({k: weeks.sum(v) for k, v in counts.items()} | busy).items()}


def teamwork_figures(lived: Lived) -> dict[str, Ours]:
    """Divide by the 7000 calls expected, the 168 hours of a week, and the agents' minutes before closing."""
    (week,) = lived.values()
    known = week["arrivals"][:, None] - 7000
    counts = ("served", "disconnected", "abandoned", "blocked", "good")
    occupancies = {
        f"occupancy_pct.{name}": over(100 * week[f"busy.{name}"], agents * 540 * 7.0, known)
        for name, (_, agents) in TEAMWORK.items()
    }
    return {
        "arrivals": over(week["arrivals"]),
        **{name: over(week[name], 1.0, known) for name in counts},
        "sojourn_min": over(week["sojourn"], week["served"], known),
        "last_service_min": over(week["last"], week["served"], known),
        "asa_min": over(week["wait"], week["served"], known),
        "service_level_pct": over(100 * week["good"], 7000.0, known),
        "busy_trunks_time_avg_168h": over(week["trunks"], 168 * 60.0, known),
        **occupancies,
    }


# A teaching model in Python -------------------------------------------------------------------------------------------


def monks_sums(tables: Tables) -> Units:
    """Look at a day until its minute 1000: the waits of calls begun by then, the talk of calls over by then."""
    day = Asked(tables, DAY)
    begun = day.calls["answered"] - day.unit * DAY <= 1000
    legs = day.legs("agents")
    unit = (legs["answered"] // DAY).astype(int)
    over_by_then = legs["left"] - unit * DAY <= 1000
    talk = np.where(over_by_then, legs["left"] - legs["answered"], 0.0)
    return {
        "mean_wait": day.sum(day.wait * begun) / day.sum(begun),
        "talk": np.bincount(unit, talk, day.many).astype(float),
    }


def monks_figures(lived: Lived) -> dict[str, Ours]:
    """Take the mean over runs of each run's mean wait, and their spread."""
    ours: dict[str, Ours] = {}
    for operators, (_, day) in zip((13, 14), lived.items(), strict=True):
        ours[f"operators_{operators}.mean_wait_min"] = over(day["mean_wait"])
        ours[f"operators_{operators}.mean_wait_sd_between_reps"] = spread(day["mean_wait"])
        ours[f"operators_{operators}.operator_util_pct"] = over(100 * day["talk"], operators * 1000.0)
    return ours


# Steady states: the unit is the replication ---------------------------------------------------------------------------


def steady_sums(tables: Tables) -> Units:
    """Count a replication after its warm-up."""
    asked = Asked(tables)
    busy, at_work = asked.occupancy("agents")
    served = asked.wait[asked.answered]
    return {
        "calls": whole(len(asked.calls)),
        "waits": asked.sum(asked.wait > 0),
        "good": asked.good(SOON),
        "wait": asked.sum(asked.wait),
        "served": asked.served(),
        "wait_served": whole(served.sum()),
        "p90": whole(np.quantile(served, 0.9)),
        "minutes": whole(tables.stop - tables.start),
        "busy": busy,
        "at_work": at_work,
    }


def erlang_c_figures(lived: Lived) -> dict[str, Ours]:
    """Say whether 14 agents are the fewest for 80 % within 20 s and an occupancy of at most .85, of 13 and 14."""
    fewer, enough = lived["erlangc_13_agents"], lived["erlangc_14_agents"]
    level, below = over(enough["good"], enough["calls"]), over(fewer["good"], fewer["calls"])
    occupancy = over(enough["busy"], enough["at_work"])
    least = 13 if below.mean >= 0.8 else 14 if level.mean >= 0.8 and occupancy.mean <= 0.85 else 15
    return {
        "p_wait": over(enough["waits"], enough["calls"]),
        "service_level": level,
        "asa_s": over(60 * enough["wait"], enough["calls"]),
        "occupancy": occupancy,
        "service_level_13_agents": below,
        "min_agents_80_20_max_occupancy_85": Ours(least, 0.0, level.units),
    }


def fifty_figures(lived: Lived) -> dict[str, Ours]:
    """Take the ninth decile as the mean of those of the replications, each of a quarter of a million calls."""
    ours: dict[str, Ours] = {}
    for name, file in (("no_abandonment", "fifty_agents_patient"), ("with_abandonment", "fifty_agents_impatient")):
        run = lived[file]
        served = over(60 * run["wait_served"], run["served"])
        ours |= {
            f"{name}.p_wait": over(run["waits"], run["calls"]),
            f"{name}.queue_length": over(run["wait"], run["minutes"]),
            f"{name}.utilisation": over(run["busy"], run["at_work"]),
            f"{name}.asa_s": served,
            f"{name}.mean_wait_served_s": served,
            f"{name}.mean_wait_all_s": over(60 * run["wait"], run["calls"]),
            f"{name}.wait_p90_s": over(60 * run["p90"]),
            f"{name}.wait_served_p90_s": over(60 * run["p90"]),
            f"{name}.p_abandon": over(run["calls"] - run["served"], run["calls"]),
        }
    return ours


def simmer_sums(tables: Tables) -> Units:
    """Measure for how long there were 0 to 3 in the system."""
    calls = tables.calls[~tables.calls["blocked"]]
    times = np.concatenate([calls["dialled"], calls["ended"]])
    steps = np.repeat([1, -1], len(calls))
    order = np.argsort(times, kind="stable")
    inside = np.concatenate([[0], np.cumsum(steps[order])])
    cuts = np.clip(np.concatenate([[0.0], times[order], [tables.stop]]), tables.start, tables.stop)
    minutes = np.bincount(inside, np.diff(cuts), 4)
    dialled = tables.dialled
    return {
        **{f"p_n.{n}": whole(minutes[n]) for n in range(4)},
        "minutes": whole(minutes.sum()),
        "persons": whole(float(minutes @ np.arange(4))),
        "blocked": whole(dialled["blocked"].sum()),
        "calls": whole(len(dialled)),
    }


def simmer_figures(lived: Lived) -> dict[str, Ours]:
    """Return shares of time and of calls."""
    (run,) = lived.values()
    return {
        **{f"p_n.{n}": over(run[f"p_n.{n}"], run["minutes"]) for n in range(4)},
        "mean_in_system": over(run["persons"], run["minutes"]),
        "p_block": over(run["blocked"], run["calls"]),
    }


def ciw_figures(lived: Lived) -> dict[str, Ours]:
    """Return the limits, warmed up."""
    (run,) = lived.values()
    return {"mean_wait_steady": over(run["wait"], run["calls"]), "p_wait": over(run["waits"], run["calls"])}


def jackson_sums(tables: Tables) -> Units:
    """Count both levels."""
    asked = Asked(tables)
    waits = asked.waits_after("second")
    busy, at_work = asked.occupancy("second")
    second = {"calls": len(waits), "wait": waits.sum(), "good": (waits <= SOON).sum()}
    sums = {f"l1.{name}": value for name, value in steady_sums(tables).items()}
    sums |= {f"l2.{name}": whole(value) for name, value in second.items()}
    return sums | {"l2.busy": busy, "l2.at_work": at_work}


def jackson_figures(lived: Lived) -> dict[str, Ours]:
    """Return the same of both levels."""
    (run,) = lived.values()
    ours: dict[str, Ours] = {}
    for level in ("l1", "l2"):
        ours[f"{level}.asa_min"] = over(run[f"{level}.wait"], run[f"{level}.calls"])
        ours[f"{level}.sl20"] = over(run[f"{level}.good"], run[f"{level}.calls"])
        ours[f"{level}.occ"] = over(run[f"{level}.busy"], run[f"{level}.at_work"])
    return ours


def of_cases(tables: Tables) -> Units:
    """Count the calls of each problem, and the minutes that agents talk for it."""
    journeys = tables.journeys
    minutes = np.bincount(tables.calls["customer"], tables.calls["handling"], len(tables.customers.rows))
    calls = journeys["calls"]
    return {
        "cases": whole(len(journeys)),
        "calls_of_cases": whole(calls.sum()),
        "talk": whole(minutes[journeys["customer"]].sum()),
        "two": whole((calls >= 2).sum()),
        "three": whole((calls >= 3).sum()),
    }


def erlang_r_sums(tables: Tables) -> Units:
    """Count calls and cases."""
    return {**steady_sums(tables), **of_cases(tables)}


def erlang_r_figures(lived: Lived) -> dict[str, Ours]:
    """Return those without repeats and with a fifth of them."""
    ours: dict[str, Ours] = {}
    for share, file in (("p_0.0", "erlang_r_none"), ("p_0.2", "erlang_r_fifth")):
        run = lived[file]
        ours |= {
            f"{share}.sl20": over(run["good"], run["calls"]),
            f"{share}.asa_min": over(run["wait"], run["calls"]),
            f"{share}.occ": over(run["busy"], run["at_work"]),
            f"{share}.contacts_per_case": over(run["calls_of_cases"], run["cases"]),
        }
    return ours


def cut_figures(lived: Lived) -> dict[str, Ours]:
    """Return what a case takes."""
    (run,) = lived.values()
    return {
        "calls_per_case": over(run["calls_of_cases"], run["cases"]),
        "talk_min_per_case": over(run["talk"], run["cases"]),
        "p_at_least_2_calls": over(run["two"], run["cases"]),
        "p_at_least_3_calls": over(run["three"], run["cases"]),
    }


def jaamsim_sums(tables: Tables) -> Units:
    """Add up the three lines; the expert's callers wait from when they are passed on."""
    asked = Asked(tables)
    lines = [asked.occupancy(f"line_{line}") for line in (1, 2, 3)]
    busy, at_work = asked.occupancy("expert")
    waits = asked.waits_after("expert")
    return {
        "l1.calls": whole(len(asked.calls)),
        "l1.wait": asked.sum(asked.wait),
        "l1.busy": sum((busy for busy, _ in lines), np.zeros(1)),
        "l1.at_work": sum((there for _, there in lines), np.zeros(1)),
        "l2.calls": whole(len(waits)),
        "l2.wait": whole(waits.sum()),
        "l2.busy": busy,
        "l2.at_work": at_work,
    }


def jaamsim_figures(lived: Lived) -> dict[str, Ours]:
    """Return the same of both levels."""
    (run,) = lived.values()
    waits = {f"{level}_mean_wait_s": over(60 * run[f"{level}.wait"], run[f"{level}.calls"]) for level in ("l1", "l2")}
    busy = {f"{level}_util": over(run[f"{level}.busy"], run[f"{level}.at_work"]) for level in ("l1", "l2")}
    return waits | busy


FIFTY = ("fifty_agents_patient", "fifty_agents_impatient")
CASES = (
    Case("cc-mmc-day", ("cc_mmc_day",), mmc_sums, mmc_figures, 40, 2, 20),
    Case("cc-mmc-abandon-day", ("cc_mmc_abandon_day",), mmc_sums, mmc_figures, 40, 2, 20),
    Case("ssj-callcenter-alpha400", ("ssj_callcenter_alpha400",), ssj_sums, ssj_figures, 100, 2, 100),
    Case("cc-simple-multiskill", ("cc_simple_multiskill",), msk_sums, msk_figures, 160, 4, 120),
    Case("cc-telethon", ("cc_telethon",), telethon_sums, telethon_figures, 80, 4, 40),
    Case("cc-teamwork-transfers", ("cc_teamwork_transfers",), teamwork_sums, teamwork_figures, 100, 3, 40),
    Case(
        "monks-urgent-care-callcentre",
        ("monks_operators_13", "monks_operators_14"),
        monks_sums,
        monks_figures,
        40,
        2,
        20,
    ),
    Case("erlangc-100-per-30min", ("erlangc_14_agents", "erlangc_13_agents"), steady_sums, erlang_c_figures, 28, 2, 14),
    Case("erlanga-vs-erlangc-50-agents", FIFTY, steady_sums, fifty_figures, 36, 1, 18),
    Case("mm23-simmer", ("mm23_simmer",), simmer_sums, simmer_figures, 20, 2, 2),
    Case("ciw-mm3-bias-trap", ("ciw_mm3",), steady_sums, ciw_figures, 40, 4, 8),
    Case("jackson-transfer", ("jackson_transfer",), jackson_sums, jackson_figures, 20, 2, 10),
    Case("erlang-r-fcr", ("erlang_r_none", "erlang_r_fifth"), erlang_r_sums, erlang_r_figures, 20, 2, 10),
    Case("cut-restart-invariants", ("cut_restart",), of_cases, cut_figures, 20, 2, 5),
    Case("jaamsim-littles-law-callcentre", ("jaamsim_littles_law",), jaamsim_sums, jaamsim_figures, 32, 4, 16),
    Case("cc-mmc-blocked", ("cc_mmc_blocked",), mmc_sums, mmc_figures, 40, 2, 20),
    Case("cc-mmc-cleared", ("cc_mmc_cleared",), mmc_sums, mmc_figures, 40, 2, 20),
    Case("cc-simple-msk-rerouting", ("cc_simple_msk_rerouting",), msk_sums, msk_figures, 80, 4, 40),
)
"""In the order of ``cases.toml``."""
