"""What the columns of a table by intervals mean, as a page."""

from __future__ import annotations

from sim.measures.intervals.columns import COLUMNS, definition_of


def page() -> str:
    """Return the definitions as the page ``docs/intervals.md``."""
    rows = [f"| `{one.id}` | {one.unit} | {one.counted} | {definition_of(one)} |" for one in COLUMNS.values()]
    return _PAGE.format(columns="\n".join(rows))


_PAGE = """# Measures by interval

    python -m sim run hotline_2005 --intervals out/day.csv --every "30 min" --by team
    python -m sim run hotline_2005 --heat-map out/week.png --heat-measure occupancy

write a table with a row for each interval (and for each team, queue, reason or segment in it), and draw a typical
week, day of the week by time of day. In Python it is a pandas frame:

```python
import sim

sim.intervals("hotline_2005", every="1 h", by=["queue", "reason"], columns=["offered", "service_level_sl1"])
sim.intervals("hotline_2005", every="day", first_monday="2005-01-03")  # rows bear dates
sim.intervals("hotline_2005", week=True)  # the horizon's weeks put together
sim.intervals(history)  # of one history, without bounds
sim.replicate("hotline_2005", parting=...).intervals  # beside the measures
```

This page is written by `sim.measures.intervals.page.page()`, and a test holds it to it.

## Rows

* **Intervals** (`every`) are of 15, 30 or 60 min, of any number of minutes from one on that parts a day evenly, of
  a day, or the whole horizon as one. They begin on the clock; one that the horizon cuts is as long as `minutes`
  says.
* **Parts** (`by`): a call's `queue` is the first that it came to, its `team` the first that took it, or else the
  one in whose own queue it waited; `none` where there is no such queue or team: a blocked call came to no queue.
  `reason` and `segment` are those of the customer's problem. What agents do counts for their own team, and waits
  after a transfer for the queue they are in. Combinations to which nothing ever happened are left out.
* **Which calls**: those dialled in the horizon, in the interval in which they were dialled (`counted = "arrival"`);
  or those that ended in the horizon, where they ended (`"exit"`). Queues and agents count when it happens,
  whichever is asked for.
* **Numbers**: over replications a column is the sum of its numerators over the sum of its denominators, or the mean
  of a count; beside it stand the ends of its 95 % interval, `_low` and `_high` (Student's, by the linearised
  residuals of a ratio: the replication is the unit). Percentiles and longest waits are means over the replications
  that have one.
* **Nothing to say** is an empty field, never 0: `note` says `no calls`, or `no call answered`.
* A contact **repeats** within seven days of the end of the one before, by the problem, whatever had become of it.

## Service level: one figure, nine definitions

Which denominator stands under a service level moves it by several points. Of 1000 calls answered, 860 of them
within 20 s, and 60 abandoned, 20 of them within 20 s and 10 of these within 5 s, six usual definitions make 83.0 %
(`sl2`), 86.0 % (`served`), 81.1 % (`arena`), 82.7 % (`sl1`), 82.1 % (`short_good`) and 81.9 % (`short_out`). So
every one has a name, here and as `service_level.definition` of a world; `within` and `short` are its thresholds.
For a whole world the measure `service_level` is the ratio of expectations, `service_level_of_days` the expectation
of the daily ratio, which weighs quiet days as much as busy ones, and `good_days_share` the share of days that come
to `service_level.target`. No denominator is an expected number of arrivals: a level never passes 100 %.

## Columns

"Call" columns count where their call does, "clock" columns when it happens.

| column | unit | counted | meaning |
|---|---|---|---|
{columns}
"""
