"""Messages, desks, cases and promises: what cannot work is refused in words, what is in vain is told."""

from __future__ import annotations

import pytest

from sim.reading import difference, digest, load, variant, warnings_of
from sim.reading.blocks import blocks_of_world
from sim.reading.memory import memory_needed
from sim.reading.reach import cases_opened, channels_tried, reached, ways_of, worked_on

MAIL = '[messages.mail]\nteam = "second"\npatience = "2 d"\n'
FIRST = "[contacts]\nfirst = { phone = 0.5, mail = 0.5 }\n"
CHAT = (
    '[contacts]\nfirst = { phone = 0.5, talk = 0.5 }\n[chats.talk]\nteam = "second"\nopen = ["mon-fri 09:00-18:00"]\n'
)
CASE = '[cases.repair.steps.mend]\nteam = "second"\nsolves = 0.5\n'
UP, FRONT, SECOND = 'when = "unsolved"', "[teams.front]", '{ "mon-fri 08:00-20:00" = 1 }'
TICKET = (UP, UP + '\nby = "ticket"\ncase = "repair"')
OPENED = (TICKET, ('to = "second"', 'to = "front"'))
BEHALF = ("[levers.time]", "[levers.access]\non_behalf = 0.5\nsent_elsewhere = 0.1\n[levers.time]")
PERSIST = ("persistence = 0.8", "persistence = 1")
CHASING = ("[population.again]", "[population.chasing]\nwithout_date = 1.0\n[population.again]")

REFUSED = {
    "a message called as the telephone": (
        (), MAIL.replace("mail", "phone"), "messages.phone", "is called as the telephone is; give it another name"),
    "two channels of one name": (
        (), MAIL + '[desks.mail]\nteam = "front"\nopen = ["mon 08:00-09:00"]\n', "desks.mail",
        "is called as messages.mail is"),
    "more channels than there is luck for": (
        (), "".join(MAIL.replace("mail", f"m{at}") for at in range(64)), "messages",
        "make 65 channels with the others: 64 is the most"),
    "an unknown channel": (
        (), MAIL + "[contacts]\nfirst = { mial = 1.0 }\n", "contacts.first.mial",
        "is not a channel; did you mean mail?"),
    "an unknown channel to be sent on to": (
        (("[tariff]", "sends_on = { fax = 0.1 }\n[tariff]"),), MAIL, "line.sends_on.fax",
        "is not a channel; the channels are phone, mail"),
    "shares of channels that are no whole": (
        (), MAIL + "[contacts]\nfirst = { phone = 0.5, mail = 0.6 }\n", "contacts.first",
        "the shares add up to 1, not 1.1: phone 0.5 + mail 0.6"),
    "more sent on than there are": (
        (), MAIL + "sends_on = { phone = 0.8, mail = 0.4 }\n", "messages.mail.sends_on", "at most 1, not 1.2"),
    "a change to the same": (
        (), MAIL + "[contacts]\nthen = { mail = { mail = 1.0 } }\n", "contacts", "not to mail again"),
    "a share over one": ((), MAIL + "answered = 1.5\n", "messages.mail.answered", "1"),
    "an unknown team of a message": (
        (), MAIL.replace("second", "secnd"), "messages.mail.team", "there is no such team; did you mean second?"),
    "an unknown case": (
        (TICKET,), CASE.replace("repair", "mending"), "paths.up.case",
        'is "repair": there is no such case; the cases are mending'),
    "a case where there is none": (
        (TICKET,), "", "paths.up.case", "there are none: give its steps, such as [cases.NAME.steps.repair]"),
    "a case without steps": ((TICKET,), "[cases.repair]\nsteps = {}\n", "cases.repair.steps", "is empty"),
    "a case in the same call": (
        ((UP, UP + '\ncase = "repair"'),), CASE, "paths.up.case",
        'is "repair", but by = "live": a case is opened by a ticket; write by = "ticket", or leave it out'),
    "acting live": (
        ((UP, 'when = "on_behalf"'), BEHALF), "", "paths.up.by",
        'is "live", but who acts in place of the customer does so when the call is over; write by = "ticket"'),
    "acting out of a queue": (
        ((UP, 'when = "on_behalf"\nby = "ticket"'), ('from = "front"', 'from = "vip"'),
         ('talk = "8 min"', 'talk = "8 min"\nserves = ["front", "vip"]')),
        "[queues.vip]\n", "paths.up.from", "a queue and no team: nobody passes on there"),
    "nobody to act": (
        (BEHALF,), "", "levers.access.on_behalf", 'is 0.5, but no path leads on when = "on_behalf"; add such a path'),
    "nobody at work for messages": (
        ((SECOND, "0"), (UP, UP + '\nby = "ticket"')), MAIL + FIRST, "teams.second.staff",
        "leaves nobody at work at any time of the week, though messages or cases come to this team"),
    "nobody at work for a case": (
        (*OPENED, (SECOND, "0")), CASE, "teams.second.staff",
        "leaves nobody at work at any time of the week, though messages or cases come to this team"),
    "nobody at work for what is handed on": (
        ((SECOND, "0"), ('from = "front"', 'from = "writers"')),
        MAIL.replace("second", "writers") + FIRST + '[teams.writers]\nstaff = 1\ntalk = "5 min"\nwage = 20\n'
        "solve = { easy = 0.9, hard = 0.2 }\n",
        "teams.second.staff", "leaves nobody at work at any time of the week"),
    "nobody at a desk while it is open": (
        ((UP, UP + '\nby = "ticket"'),), '[desks.shop]\nteam = "second"\nopen = ["sat 09:00-12:00"]\n'
        "[contacts]\nfirst = { phone = 0.5, shop = 0.5 }\n", "teams.second.staff",
        "leaves nobody at work while shop is open, though customers come to this team"),
    "nobody answers and nobody may leave": (
        (), MAIL.replace('"2 d"', '"none"') + "answered = 0\n" + FIRST, "messages.mail.answered",
        'is 0, and patience is "none": whoever writes waits for ever; give a patience'),
    "every answer asks back": ((), MAIL + "asks_back = 1\n" + FIRST, "messages.mail.asks_back", "none ever helps"),
    "all attempts in one instant": (
        (PERSIST,), MAIL.replace('"2 d"', '"0 min"') + 'writing = "0 min"\n' + FIRST, "messages.mail.patience",
        "is no time at all: with persistence 1 one writes 40 times in the same instant"),
    "nobody in a chat while it is open": (
        ((UP, UP + '\nby = "ticket"'),), '[chats.talk]\nteam = "second"\nopen = ["sun 09:00-12:00"]\n'
        "[contacts]\nfirst = { phone = 0.5, talk = 0.5 }\n", "teams.second.staff",
        "leaves nobody at work while talk is open, though customers come to this team"),
    "several chats at once where calls come": (
        (("[teams.front]", "[teams.front]\nchats = 3"),), "", "teams.front.chats",
        "is 3, but calls come to this team: who holds several at once takes chats alone; write chats = 1"),
    "several chats at once where calls are passed on to": (
        (("[teams.second]", "[teams.second]\nchats = 3"),), "", "teams.second.chats",
        "is 3, but calls come to this team"),
    "several chats at once where messages come": (
        ((UP, UP + '\nby = "ticket"'), ("[teams.second]", "[teams.second]\nchats = 3")), MAIL + FIRST,
        "teams.second.chats", "is 3, but messages or cases come to this team"),
    "several chats at once where customers go": (
        ((UP, UP + '\nby = "ticket"'), ("[teams.second]", "[teams.second]\nchats = 3")),
        '[desks.shop]\nteam = "second"\nopen = ["mon 09:00-12:00"]\n'
        "[contacts]\nfirst = { phone = 0.5, shop = 0.5 }\n",
        "teams.second.chats", "is 3, but those who go to shop come to this team"),
    "no chat at all": ((("[teams.second]", "[teams.second]\nchats = 0"),), "", "teams.second.chats", "at least 1"),
    "more chats than anyone holds": (
        (("[teams.second]", "[teams.second]\nchats = 21"),), "", "teams.second.chats", "at most 20"),
    "a chat that quickens the others": (
        (("[teams.second]", "[teams.second]\nchat_slowdown = -0.1"),), "", "teams.second.chat_slowdown", "at least 0"),
    "a colleague who joins in a chat": (
        ((UP, UP + '\nby = "ticket"'), ("[teams.second]", "[teams.second]\nchats = 3\n"
         'advice = { team = "front", share = 0.5, lasts = "1 min" }')), CHAT,
        "teams.second.advice", "stands beside chats: no colleague joins in a chat; leave it out"),
    "all seats kept back": (
        ((UP, UP + '\nby = "ticket"'), ("[teams.second]", "[teams.second]\nchats = 3\nreserved = { second = 3 }")),
        CHAT,
        "teams.second.reserved.second", "keeps back all 3 chats that can be held"),
    "an unknown channel to be sent on to from a chat": (
        ((UP, UP + '\nby = "ticket"'),), CHAT + "[chats.talk.sends_on]\nfone = 0.1\n", "chats.talk.sends_on.fone",
        "is not a channel; did you mean phone?"),
    "an unknown case for what is noticed": (
        (), CASE + '[detection]\ncase = "repare"\n', "detection.case", "there is no such case; did you mean repair?"),
    "no number and nowhere to go": (
        (), MAIL + "[self_service]\ninstead = { phone = 1.0 }\n", "self_service.instead",
        "name other channels than phone"),
    "a visit that always comes to nothing": (
        OPENED, CASE + 'visit = { appointment = "2 d", missed = 1 }\n', "cases.repair.steps.mend.visit.missed",
        "is 1: every visit comes to nothing, and another one is made for ever"),
    "a visit that is never enough": (
        OPENED, CASE + 'visit = { appointment = "2 d", again = 1 }\n', "cases.repair.steps.mend.visit.again",
        "is 1: every visit is not enough"),
    "a visit that nearly always comes to nothing": (
        OPENED, CASE + 'visit = { appointment = "0 min", missed = 0.9999 }\n', "cases.repair.steps.mend.visit.missed",
        "is 0.9999: nearly every visit comes to nothing, and more than a hundred are made on average"),
    "a visit that is nearly never enough": (
        OPENED, CASE + 'visit = { appointment = "0 min", again = 0.995 }\n', "cases.repair.steps.mend.visit.again",
        "is 0.995: nearly every visit is not enough"),
    "more rounds than there are": (
        OPENED, CASE + "[cases.repair]\nrounds = 101\n", "cases.repair.rounds", "100"),
    "a visit at no time of the week": (
        OPENED, CASE + 'visit = { appointment = "2 d", hours = [] }\n', "cases.repair.steps.mend.visit.hours",
        "is empty"),
    "hours that are none": (
        OPENED, CASE + 'visit = { appointment = "2 d", hours = "mon" }\n', "cases.repair.steps.mend.visit.hours",
        "mon"),
    "a case none of whose steps is needed": (
        OPENED, CASE + "share = 0\n", "cases.repair.steps", "have no step that a case needs: each has the share 0"),
    "a case nobody knows and nobody asks about": (
        OPENED, CASE + "[cases.repair]\nregistered = 0\n", "cases.repair.registered",
        "who waits for it waits for ever"),
    "a promise of no time": (
        OPENED, CASE + '[levers.follow_through]\npromise = { within = "0 min" }\n',
        "levers.follow_through.promise.within", 'is no time at all: the promise is broken as it is given; write for'),
    "a promise of less than nothing": (
        OPENED, CASE + '[levers.follow_through]\npromise = { within = "-2 h" }\n',
        "levers.follow_through.promise.within", "a duration cannot be negative"),
    "a problem that is there again as it is solved": (
        (), '[self_service]\nreads = 1\nsolves = 1\nreading = "0 min"\n'
        '[levers.follow_through]\nrecurrence = true\nrecurs_after = "0 min"\n',
        "levers.follow_through.recurs_after", "is no time at all: what is solved is there again in the same instant"),
    "a problem that is there again a second after it is solved": (
        (), '[self_service]\nreads = 1\nsolves = 1\n[levers.follow_through]\nrecurrence = true\nrecurs_after = "1 s"\n',
        "levers.follow_through.recurs_after", "is less than a quarter of an hour on average"),
    "asking every minute": (
        (CHASING, ("without_date = 1.0", "without_date = 1440")), "", "population.chasing.without_date",
        "comes to 1440 contacts a day: 24 contacts a day is the most that makes sense"),
    "asking more often than there are minutes": (
        (CHASING, ("without_date = 1.0", "without_date = 1441")), "", "population.chasing.without_date", "1440"),
    "a message that lies for years": (
        (), MAIL + 'lies = "800 d"\n' + FIRST, "messages.mail.lies",
        "lasts 800 d: a year is the most that makes sense"),
    "a step that lies for years": (
        OPENED, CASE + 'takes_for = { private = "800 d" }\n', "cases.repair.steps.mend.takes_for.private",
        "a year is the most"),
    "a problem that is never ready": (
        (("share = 0.7", 'share = 0.7\nready = { law = "none" }'),), "", "population.reasons.fault.ready.law",
        "no such law"),
    "a day to write": ((), MAIL + 'writing = "2 d"\n' + FIRST, "messages.mail.writing", "a day is the most"),
    "a step that solves a class no problem has": (
        OPENED, CASE.replace("0.5", "{ easy = 0.5, hrd = 0.1 }"), "cases.repair.steps.mend.solves.hrd",
        "is not a difficulty class of any reason; did you mean hard?"),
    "chances of a step that are no shares": (
        OPENED, CASE.replace("0.5", '{ easy = "often" }'), "cases.repair.steps.mend.solves.easy", "often"),
    "no step and no team can ever solve": (
        (*OPENED, PERSIST, ("hard = 0.2", "hard = 0.0"), ("hard = 0.7", "hard = 0.0")),
        CASE.replace("0.5", "{ easy = 0.5, hard = 0.0 }"), "population.again.persistence",
        "no team that is reached can ever solve fault of class hard"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused_in_words(told_in_words, name):
    told_in_words(*REFUSED[name])


def test_all_mistakes_are_told_at_once(world_file, mistakes):
    end = MAIL + 'lies = "800 d"\nasks_back = 1\n' + CASE + 'visit = { appointment = "2 d", missed = 1 }\n'
    told = {key for key, _ in mistakes(world_file(TICKET, BEHALF, end=end.replace("second", "secnd")))}
    names = {"messages.mail.team", "cases.repair.steps.mend.team"}
    sense = {"messages.mail.lies", "messages.mail.asks_back", "cases.repair.steps.mend.visit.missed"}
    assert told >= {*names, *sense, "levers.access.on_behalf"}


def test_a_case_may_be_what_solves_a_problem_that_no_team_can_solve(world_file):
    """One who never loses heart waits for the case, whose step solves it."""
    hopeless = ("hard = 0.2", "hard = 0.0"), ("hard = 0.7", "hard = 0.0")
    assert load(world_file(*OPENED, PERSIST, *hopeless, end=CASE)).cases["repair"].rounds == 1


def test_ready_none_is_at_once(world_file):
    reason = load(world_file(("share = 0.7", 'share = 0.7\nready = "none"'))).population.reasons["fault"]
    assert reason.ready is None


# Where one comes to ---------------------------------------------------------------------------------------------------


def ways(world_file, *changes, end=""):
    world = load(world_file(*changes, end=end))
    return ways_of(world.line, blocks_of_world(world))


def test_a_channel_is_tried_first_or_where_one_is_sent_on_or_changes_or_asks(world_file):
    channels = MAIL + MAIL.replace("mail", "form") + MAIL.replace("mail", "post") + MAIL.replace("mail", "fax")
    asking = "[contacts]\nasking_by = { form = 1.0 }\nfirst = { phone = 0.5, mail = 0.5 }\n"
    sent = channels.replace("[messages.form]", "sends_on = { fax = 0.1 }\n[messages.form]", 1)
    its = ways(world_file, *OPENED, CHASING, end=CASE + sent + asking)
    assert channels_tried(its) == ("phone", "mail", "form", "fax")
    lost = CASE + sent + asking + "[self_service]\ngives_up_search = 0.1\ninstead = { post = 1.0 }\n"
    assert channels_tried(ways(world_file, *OPENED, end=lost)) == ("phone", "mail", "post", "fax")
    changed = asking + "switch = 0.1\nthen = { fax = { post = 1.0 } }\n"
    assert channels_tried(ways(world_file, *OPENED, end=CASE + sent + changed)) == ("phone", "mail", "post", "fax")


def test_messages_and_cases_lead_to_teams_and_from_there_onward(world_file):
    """A message is handed on by a path as a call is passed on; a case's steps by its ticket."""
    its = ways(world_file, end=MAIL.replace("second", "front") + FIRST)
    assert worked_on(its) == (("front", "second"), ("front", "second"))
    its = ways(world_file, *OPENED, end=CASE)
    assert cases_opened(its) == ("repair",)
    assert worked_on(its).queues == ("second",)
    assert reached(its, live_only=True).queues == ("front",)
    assert reached(its).teams == ("front", "second")
    its = ways(world_file, end=CASE + '[detection]\ncase = "repair"\nshare = 0.1\n')
    assert cases_opened(its) == ("repair",)


# What is in vain ------------------------------------------------------------------------------------------------------

TOLD = {
    "a channel nobody tries": ((), MAIL, "messages.mail is never tried: contacts and sends_on name it nowhere"),
    "a case nobody opens": ((), CASE, "cases.repair is opened by no path: nothing is ever done for it"),
    "a promise without a case": (
        (), '[levers.follow_through]\npromise = { within = "2 d" }\n',
        "levers.follow_through.promise is of no effect: no path opens a case"),
    "news without a case": (
        (), "[levers.follow_through]\nnews = { cost = 0.1 }\n",
        "levers.follow_through.news is of no effect: no path opens a case"),
    "agents who differ in an empathy that nobody has": (
        (("[teams.front]", "[teams.front]\nempathy_cv = 0.5"),), "",
        "teams.front.empathy_cv is of no effect: there is no teams.front.empathy"),
    "a forum nobody asks": (
        (), "[forum]\n", "forum is of no effect: nobody is autonomous, and asks other customers"),
    "what prevents no problem that there is": (
        (), '[prevention.booklet]\nshare = 0.5\nreasons = ["bill"]\nclasses = ["fault.easy"]\n',
        "prevention.booklet prevents nothing: no problem is of its reasons and its classes"),
    "customers dropped after more attempts than anyone makes": (
        (), "[levers.access]\ndrops_after = 41\n",
        "levers.access.drops_after is of no effect: nobody makes more than 40 attempts"),
    "a change to no other channel": (
        (), "[contacts]\nswitch = 0.5\n", "contacts.switch is of no effect: there is no other channel to change to"),
    "asking through a channel when nobody asks": (
        (), MAIL + "[contacts]\nasking_by = { mail = 1.0 }\n", "contacts.asking_by is never read"),
    "sent on to where one is": (
        (), MAIL + "sends_on = { mail = 0.1 }\n" + FIRST,
        "messages.mail.sends_on.mail sends customers back to where they come from"),
    "a patience of no time": (
        (), MAIL.replace('"2 d"', '"0 min"') + FIRST, "messages.mail.patience is no time at all"),
    "some who wait for ever": (
        (), MAIL.replace('"2 d"', '"none"') + "answered = 0.75\n" + FIRST,
        'messages.mail.patience is "none": 25 % of those who write wait for ever'),
    "some of whom nobody knows": (
        OPENED, CASE + "[cases.repair]\nregistered = 0.9\n",
        "cases.repair.registered leaves 10 % of the customers waiting for ever: nobody asks how it stands"),
    "a step that takes what no segment reads": (
        OPENED, CASE + 'takes_for = { private = "1 d" }\n',
        "cases.repair.steps.mend.takes is never read: takes_for stands for every segment"),
    "a class of which a step says nothing": (
        OPENED, CASE.replace("0.5", "{ easy = 0.5 }"),
        "cases.repair.steps.mend.solves says nothing of hard, which it then always solves"),
    "a case longer than what is followed": (
        OPENED, CASE + 'takes = "4 d"\n',
        "time.follow_up is 1 d, under three times the usual delay of cases.repair.steps"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_is_in_vain_is_told(world_file, name):
    changes, end, said = TOLD[name]
    told = warnings_of(load(world_file(*changes, end=end)))
    assert [sentence for sentence in told if sentence.startswith(said)], told


def test_hours_in_which_messages_are_answered_are_not_idle(world_file):
    """The second team works on Saturdays, when the line is closed, on what was written."""
    staff = (SECOND, '{ "mon-sat 08:00-20:00" = 1 }')
    idle = "teams.second.staff: 12 of 72 agent hours a week are paid while the line is closed"
    assert idle in warnings_of(load(world_file(staff)))
    assert idle not in warnings_of(load(world_file(staff, end=MAIL + FIRST)))


def test_a_world_without_telephone_has_nothing_to_be_told(world_file):
    """Every world has a line; where nobody calls, nobody has to be at work while it is open."""
    changes = ((SECOND, '{ "sun 08:00-12:00" = 1 }'), ("staff = 3", "staff = 0"), (UP, UP + '\nby = "ticket"'))
    world = load(world_file(*changes, end=MAIL + "[contacts]\nfirst = { mail = 1.0 }\n"))
    assert not [told for told in warnings_of(world) if told.startswith(("line", "teams"))]


# Layers, differences, memory ------------------------------------------------------------------------------------------


def test_shares_of_channels_are_replaced_whole_and_their_order_does_not_count(world_file):
    world = load(world_file(end=MAIL + FIRST + "then = { phone = { mail = 1.0 } }\n" + MAIL.replace("mail", "form")))
    other = variant(world, {"contacts": {"first": {"form": 1.0}, "then": {"phone": {"form": 1.0}}}})
    assert other.contacts.first == {"form": 1.0}
    assert other.contacts.then == {"phone": {"form": 1.0}}
    same = variant(world, {"contacts": {"first": {"mail": 0.5, "phone": 0.5}}})
    assert difference(world, same) == ()
    assert digest(world) == digest(same)
    (told,) = difference(world, variant(world, {"contacts": {"first": {"form": 1.0}}}))
    assert told == ("contacts.first", "0.5 mail, 0.5 phone", "1 form")


def test_another_order_of_steps_is_told(world_file):
    look = '[cases.repair.steps.look]\nteam = "front"\n'
    world = load(world_file(*OPENED, end=CASE + look))
    other = load(world_file(*OPENED, end=look + CASE, name="turned.toml"))
    (told,) = difference(world, other)
    assert told == ("cases.repair.steps, in order", "mend, look", "look, mend")
    assert digest(world) != digest(other)


def test_a_wait_of_months_for_a_case_keeps_its_customers_in_memory(world_file):
    """Over a year, a step of 40 days leaves journeys open for longer than a month: all of the year are held at once."""
    year = (('horizon = "7 d"', 'horizon = "360 d"'),)
    short, long = (
        memory_needed(load(world_file(*year, *OPENED, end=f'{CASE}takes = "{days} d"\n')), kept=False)
        for days in (20, 40)
    )
    assert long > 3 * short
