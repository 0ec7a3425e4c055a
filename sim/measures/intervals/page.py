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

* **Intervals** (`every`) are of 15, 30 or 60 min, of any number of minutes from one on that parts a day evenly (whole,
  or with halves or quarters: 7.5 min), of a day, or the whole horizon as one. They begin on the clock; one that the
  horizon cuts is as long as `minutes` says, and its counts are of these minutes.
* **Parts** (`by`): `reason` and `segment` are those of the customer's problem; `queue` and `team` are told apart below
  (what has none says `none`, and `(none)` where a team or queue is called so).
  Combinations to which nothing ever happened, and in which nobody was ever on duty, are left out.
* **Which calls**: those dialled in the horizon, in the interval in which they were dialled (`counted = "arrival"`);
  or those that ended in the horizon, where they ended (`"exit"`). Queues and agents count when it happens,
  whichever is asked for.
* **Numbers**: over replications a column is the sum of its numerators over the sum of its denominators, or the mean
  of a count; beside it stand the ends of its 95 % interval, `_low` and `_high` (Student's, by the linearised
  residuals of a ratio, and wider where they are skewed: the replication is the unit), no further than the column can
  go: from 0, a share to 1. A file has six decimals. Percentiles and longest waits are means over the replications that
  have one.
* **Nothing to say** is an empty field, never 0: `note` says `no calls`, or `no call answered`. A count is 0 where
  nothing was counted; what is over calls, or over minutes at work, is empty where there were none.
* **Dates** stand in `date` where the world has its `time.first_monday`, or one is given. Without, a run begins on the
  Monday of week 1; one whose warm-up ends on a Wednesday has its first rows on that day.
* **A typical week** (`week`, and every map) puts together what the horizon has of each time of the week, a count by
  how often that time came, one that the horizon cuts as often as any other; times that never came are empty, and `note`
  says `not in the horizon`. On a map an occupancy is left out where nobody is on duty: it would be that of who
  finishes a last call alone.
* A contact **repeats** within seven days of the end of the one before, by the problem, whatever had become of it.

## Whose a call is, and a wait

* **A call** is of the first queue in which it stood for any time before its first agent, or else of the last that it
  came to; and of the team whose agent took it first, or else of the one whose own queue that is.
* **Minutes and customers in queue** (`queue_length`, `longest_queue`) are of the queue they stand in, after a transfer
  too, and of the team whose own queue that is.
* **Legs, and agents' minutes** are of the agent's team, and of the queue that the customer came out of last, those of a
  colleague too.

So, where [queues](queues.md) have names of their own:

* **A named queue** has no team: who hangs up in it, leaves a message or finds it full has the team `none`, and so has
  its length. A call that is answered out of it is of the team that answers, whichever of the teams asked that is, and
  whether `after` had to pass before (overflow): its queue stays the same.
* **Moved on** after a wait (`when = "waited"`), a call stays with the queue in which it waited first, and its wait is
  that in all its queues, up to the agent: who was to answer it is measured by it. `moved_on` says how many went. Only
  the minutes in queue go along to the next one.
* **Led on at once**, out of a full queue or by a choice, it never stood in the first, and is of the next one. Found
  full without a path out, it is a blocked call of the queue that was full. One that found no free line came to no
  queue: `none`.
* **A conference, or advice**, comes out of no queue: who is taken over has not queued again, and whoever waits for a
  colleague is with his agent, in no queue's length.

## Every call has one end

`offered` = `answered` + `abandoned` + `blocked` + `messages` + `dismissed` + `cut` + `unfinished`, in every cell. A
call is `answered` by its first agent, whatever becomes of it later: a message left, a cut or a lost transfer after that
is none of these. Who was to be rung back is answered when he is, abandoned when all rings are missed, dismissed at
closing, and until then unfinished.

A message is neither an answer nor an abandonment. So it stands as not answered in time under every level over calls
offered (`sl1`, `sl2`, `arena`, `short_out`, `short_good`) and over those that came to a queue (`queued`); it does not
stand under those over calls answered (`served`, `sl0`), nor under `slg`, which knows answers, abandonments and blocked
calls alone. `speed_of_answer` and `time_to_abandon` know nothing of it, `longest_wait` and `queue_length` do. Where its
answer solves the problem, that is a resolution at first contact, if it was the first.

## Agents, and what they cost

All of it by the rules of [agents](agents.md), interval by interval, so that the intervals add up to the run:

| | scheduled | at work | paid |
|---|---|---|---|
| on duty | yes | yes | yes |
| absent; then, finishing what was begun the day before | yes | no; yes | yes |
| a paid break; of it what is worked | no | no; yes | yes |
| a lunch; of it what is worked | no | no; yes | no; yes |
| past the end of the shift, until the call and its work are over | no | yes | yes |
| leave, training, meetings (`shrinkage`) | no | no | in the hours scheduled |
| a pause after a call | yes | yes, not busy | yes |

Who is busy past an interval's end is so in the next one too. Two agents on one call are both busy. `staff_eur` adds
wage, skills, levers and, for hours scheduled, premiums; it is of the interval in which it is earned. What runs past the
schedule is paid without premiums.

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
