"""Stories against lives worked out by hand, word for word."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim import purposes
from sim.report.lived.story import tell, tell_call
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, lived, lived_by_half, plain, written
from tests.measures.strips import (
    ABANDONED,
    BLOCKED,
    CLEAN,
    CUT_TWICE_TOLD,
    RUNG_BACK,
    TRANSFERRED,
    hand_world,
    history,
    later,
)
from tests.stories.test_film_strips_chats import chatted
from tests.stories.test_film_strips_forum import FORUM
from tests.stories.test_film_strips_several import BY_MAIL_AND_POST, asking
from tests.stories.test_film_strips_transfer import RIGHT, WRONG, team

asked_for: Any = tell
DIME = {"tariff": {"price_per_minute": 0.1}}
"""Ten cents a minute, whatever one does in it."""
FREE = {"levers": {"price": {"free": True}}}


def paragraphs(story: sim.Story, world: int = 0) -> list[str]:
    return [said for day in story.lived[world].days for said in day.paragraphs]


def test_a_clean_call_is_told_from_the_menu_to_the_solution():
    """A menu of 1, a hold of 4, identification 1, explanation 1, talk 8: 15 minutes and 1.50 euros."""
    story = tell(history(hand_world(**DIME), CLEAN), 0)
    assert [day.title for day in story.lived[0].days] == ["Monday of week 1"]
    assert paragraphs(story) == [
        "At 10:00 the problem appears: any.",
        "At 10:00 the customer calls for the first time. The menu takes 1 minute and costs 0.10 euros. He holds for "
        "4 minutes and pays 0.40 euros for it. An agent of the team “front” answers. He says who he is, which takes "
        "1 minute. He explains the problem, which takes 1 minute. They work on the problem for 8 minutes. The "
        "problem is solved. The call has taken 15 minutes and cost 1.50 euros.",
    ]
    # 15 minutes of activity: 15 / 30 of a point; one hold of more than 3 minutes: 0.3. CES 1 + 4 (1 - exp(-0.8 / 4)).
    assert story.lived[0].closing == (
        "In the end: 1 call, and 15 minutes on the telephone, 5 minutes of it in the menu and on hold. He has paid "
        "1.50 euros of toll. His effort is 0.8 points, which is 1.7 on the scale from 1 to 5. The problem is solved "
        "after 15 minutes."
    )


def test_the_same_call_is_told_in_french():
    story = tell(history(hand_world(**DIME), CLEAN), 0, "fr")
    assert [day.title for day in story.lived[0].days] == ["Lundi de la semaine 1"]
    assert [said.replace("\N{NO-BREAK SPACE}", " ") for said in paragraphs(story)] == [
        "À 10 h 00, le problème apparaît : any.",
        "À 10 h 00, le client appelle pour la première fois. Le menu dure 1 minute et coûte 0,10 euro. Il attend 4 "
        "minutes et paie 0,40 euro pour cela. Un agent de l'équipe « front » répond. Il dit qui il est, ce qui "
        "prend 1 minute. Il explique le problème, ce qui prend 1 minute. Ils travaillent au problème pendant 8 "
        "minutes. Le problème est résolu. L'appel a duré 15 minutes et coûté 1,50 euro.",
    ]


def test_who_is_cut_tells_everything_again():
    """A hold of 12 and 8 minutes with the agent; then a hold of 1 and 4 minutes: 25 minutes at 10 cents."""
    story = tell(history(hand_world(**DIME), CUT_TWICE_TOLD), 0)
    assert paragraphs(story)[1:] == [
        "At 10:00 the customer calls for the first time. The call goes through. He holds for 12 minutes and pays "
        "1.20 euros for it. An agent of the team “front” answers. He says who he is, which takes 1 minute. He "
        "explains the problem, which takes 1 minute. They work on the problem for 6 minutes. The line is cut. The "
        "call has taken 20 minutes and cost 2.00 euros.",
        "At 10:40 he calls for the 2nd time. The call goes through. He holds for 1 minute and pays 0.10 euros for "
        "it. An agent of the team “front” answers. He says once more who he is, which takes 1 minute. He explains "
        "the problem all over again, which takes 1 minute. They work on the problem for 2 minutes. The problem is "
        "solved. The call has taken 5 minutes and cost 0.50 euros.",
    ]
    assert "25 minutes on the telephone, 13 minutes of it in the menu and on hold" in story.lived[0].closing
    assert "The problem is solved after 45 minutes." in story.lived[0].closing


def test_a_transfer_says_why_and_what_the_holds_after_it_cost():
    """The hold after the transfer takes 5 minutes, the approval 4; all 22 minutes are free. The strip has no queue."""
    story = tell(history(hand_world(**FREE), TRANSFERRED), 0)
    said = paragraphs(story)[1]
    assert (
        "The agent turns out not to be the right one. He is passed on, and nothing is handed on with him. He is put "
        "on hold once more, for 5 minutes, free of charge. An agent of the team “back” answers. He says once more "
        "who he is, which takes 1 minute. They work on the problem for 5 minutes. The agent asks a supervisor for "
        "approval; the customer holds for 4 minutes, free of charge. He is granted a gesture of 15.00 euros. The "
        "problem is solved."
    ) in said
    assert "The call has taken 22 minutes and cost nothing." in said
    assert "He has paid no toll. He has been granted 15.00 euros." in story.lived[0].closing


ADVISED = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    600 ANSWERED front:0
    600 TALKING
    607 COLLEAGUE_ASKED
    612 COLLEAGUE_JOINED 4 back:0
    612 CONFERRING front:0
    616 SOLVED
    616 LEFT_AGENT 0
    616 CALL_ENDED
"""
"""Seven minutes with the agent, five until a colleague comes, four with both."""


def test_the_hold_until_a_colleague_comes_is_told_with_its_price():
    said = paragraphs(tell(history(hand_world(**DIME), ADVISED), 0))[1]
    assert (
        "They work on the problem for 7 minutes. The agent asks for a colleague; the customer holds for 5 minutes and "
        "pays 0.50 euros for it. A colleague of the team “back” joins in. All three talk for 4 minutes. The problem is "
        "solved. The call has taken 16 minutes and cost 1.60 euros." in said
    )


def test_a_colleague_who_never_comes_is_told():
    alone = ADVISED.replace("    612 COLLEAGUE_JOINED 4 back:0\n    612 CONFERRING front:0\n", "")
    said = paragraphs(tell(history(hand_world(**DIME), alone), 0))[1]
    assert "the customer holds for 9 minutes and pays 0.90 euros for it. No colleague comes. The problem" in said


def test_the_hold_for_an_approval_lasts_until_it_is_decided_whoever_joins_in_meanwhile():
    """Asked at 607, somebody listens from 612 on, granted at 616: nine minutes."""
    asked = ADVISED.replace("COLLEAGUE_ASKED", "APPROVAL_ASKED").replace(
        "612 CONFERRING front:0", "616 GRANTED 20 front:0"
    )
    said = paragraphs(tell(history(hand_world(**DIME), asked), 0))[1]
    assert (
        "The agent asks a supervisor for approval; the customer holds for 9 minutes and pays 0.90 euros for it. "
        "Someone of the team “back” sees to it. He is granted a gesture of 20.00 euros." in said
    )


def test_the_day_is_told_once_where_it_changes_within_a_call():
    """The call of 23:40 is rung back after midnight, first in vain."""
    said = paragraphs(tell(history(hand_world(**DIME), later(RUNG_BACK, 820)), 0))[1]
    assert (
        "On Tuesday of week 1 at 00:10 the firm rings, and he misses it. At 00:25 the firm rings, at its own cost"
        in said
    )


def test_a_queue_of_its_own_is_named_and_where_one_is_sent_on_to():
    """The front is away until half past; after 5 minutes he goes on to the back, whose agent is idle."""
    world = plain(
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST, "serves": ["all"]}, "back": team(solve={"plain": 1.0})},
        queues={"all": {}},
        line={"team": "all"},
        paths={"on": {"from": "all", "to": "back", "when": "waited", "after": "5 min"}},
    )
    assert (
        "He comes to the queue “all”. He holds for 5 minutes, free of charge. He is sent on to the queue “back”. He "
        "does not have to wait. An agent of the team “back” answers." in paragraphs(tell(lived(world, 0), 0))[1]
    )


def test_what_is_not_billed_is_free_though_the_talk_is_not():
    """Only the talk has a price: 10 minutes of identification, explanation and talk at 10 cents."""
    world = hand_world(tariff={"price_per_minute": 0.1, "billed": {"menu": False, "hold": False}})
    said = paragraphs(tell(history(world, CLEAN), 0))[1]
    assert "The menu takes 1 minute, free of charge. He holds for 4 minutes, free of charge." in said
    assert "The call has taken 15 minutes and cost 1.00 euros." not in said
    assert "The call has taken 15 minutes and cost 1 euro." in said


def test_a_ring_that_is_missed_and_one_that_is_answered():
    said = paragraphs(tell(history(hand_world(**DIME), RUNG_BACK), 0))[1]
    assert (
        "He holds for 2 minutes and pays 0.20 euros for it. He hangs up and keeps his place in the queue: "
        "the firm will ring him back. At 10:30 the firm rings, and he misses it. At 10:45 the firm rings, at "
        "its own cost, and he answers. An agent of the team “front” answers." in said
    )
    assert said.endswith("The problem is solved. The call has taken 14 minutes and cost 0.30 euros.")


def test_who_meets_a_busy_line_and_gives_up():
    story = tell(history(hand_world(), BLOCKED), 0)
    assert paragraphs(story)[1] == ("At 10:00 the customer calls for the first time. All lines are busy. He gives up.")
    assert "1 call, and 0 minutes on the telephone, none of it on hold." in story.lived[0].closing
    assert story.lived[0].closing.endswith("After less than a second he gives up, and the problem is not solved.")


def test_the_clock_that_cuts_is_told_with_its_time():
    """The world of the strip cuts at 20 minutes: at minute 20 of a talk of 30."""
    world = plain(teams={"front": {"talk": "30 min"}}, levers={"time": {"cut_after": "20 min"}})
    said = paragraphs(tell(lived(world, 0), 0))[1]
    assert "They work on the problem for 17 minutes. The clock stands at 20 minutes: the line is cut." in said


@pytest.mark.parametrize(
    ("when", "gesture", "why"),
    [
        ("wrong_person", 0, "The agent turns out not to be the right one. He is passed on to “tech”"),
        ("above_limit", 80, "What the problem calls for is more than this agent may grant. He is passed on to “tech”"),
        ("unsolved", 0, "This agent cannot solve it. He is passed on to “tech”"),
    ],
)
def test_why_one_is_passed_on(when, gesture, why):
    """Three paths to the same team: each is told with its own reason."""
    front = {"competent": 0.5} if when == "wrong_person" else {"solve": {"plain": 0.0 if when == "unsolved" else 1.0}}
    world = plain(
        teams={"front": front, "tech": team(solve={"plain": 1.0})},
        paths={"on": {"from": "front", "to": "tech", "when": when}},
        levers={"authority": {"above": "escalate", "limits": {"front": 50, "tech": 100}}},
    )
    luck = {(0, 0, 0): WRONG if when == "wrong_person" else RIGHT, (0, 0, 1): RIGHT}
    story = tell(lived(world, {"appeared": 0, "gesture": gesture}, luck=luck), 0)
    assert why in paragraphs(story)[1]


def calls(many: int, end: str = "ABANDONED") -> str:
    """Write a life of so many calls of two minutes of hold, one an hour from Monday 20:00, and one that solves."""
    told = ["1200 APPEARED"]
    for start in range(1200, 1200 + 60 * many, 60):
        told += [f"{start} DIALLED", f"{start} PICKED_UP", f"{start} QUEUED", f"{start + 2} {end}"]
        told += [f"{start + 2} CALL_ENDED"]
    last = 1200 + 60 * many
    told += [f"{last} DIALLED", f"{last} PICKED_UP", f"{last} QUEUED", f"{last} ANSWERED front:0", f"{last} TALKING"]
    return "\n".join([*told, f"{last + 5} SOLVED", f"{last + 5} LEFT_AGENT 0", f"{last + 5} CALL_ENDED"])


def test_the_calls_in_the_middle_of_a_long_journey_are_told_together_day_by_day():
    """Of ten calls from 20:00 on, the third and fourth are of Monday, the fifth to eighth of Tuesday."""
    story = tell(history(hand_world(**DIME), calls(9)), 0)
    monday, tuesday = story.lived[0].days
    assert (monday.title, tuesday.title) == ("Monday of week 1", "Tuesday of week 1")
    assert monday.paragraphs[-1] == (
        "Calls 3 and 4, at 22:00 and at 23:00. All end the same way: he loses patience and hangs up. Together they "
        "take 4 minutes, 4 minutes of it in the menu and on hold, and cost 0.40 euros."
    )
    assert tuesday.paragraphs[0] == (
        "Calls 5 to 8, at 00:00, at 01:00, at 02:00 and at 03:00. All end the same way: he loses patience and hangs "
        "up. Together they take 8 minutes, 8 minutes of it in the menu and on hold, and cost 0.80 euros."
    )
    assert [said[:12] for said in tuesday.paragraphs[1:]] == ["At 04:00 he ", "At 05:00 he "]


def test_every_call_can_be_had_whole():
    long = history(hand_world(**DIME), calls(9))
    told = [said for said in paragraphs(tell(long, 0, full=True)) if " calls for the " in said]
    assert len(told) == 10
    assert told[6] == tell_call(long, 0, 7)
    assert tell_call(long, 0, 7).startswith("At 02:00 he calls for the 7th time.")


def test_calls_told_together_say_how_each_ended_and_what_happened_in_them():
    """Six cut calls, as they are in CUT_TWICE_TOLD, of which four are told together."""
    said = "600 APPEARED\n" + "\n".join(cut_at(600 + 30 * at) for at in range(6))
    together = paragraphs(tell(history(hand_world(**DIME), said), 0))[3]
    assert together == (
        "Calls 3 and 4, at 11:00 and at 11:30. All end the same way: the line is cut. What happens in them: he says "
        "who he is, twice; he explains the problem, twice. Together they take 40 minutes, 24 minutes of it in the "
        "menu and on hold, and cost 4.00 euros."
    )


def cut_at(start: int) -> str:
    first = CUT_TWICE_TOLD.strip().splitlines()[1:11]
    return "\n".join(f"{int(line.split()[0]) - 600 + start} {' '.join(line.split()[1:])}" for line in first)


def test_a_journey_that_the_end_of_the_run_breaks_off_is_told_as_far_as_it_went():
    """The problem appears at 600; the run ends after 10 days, at 14,400."""
    calling = "\n".join(CLEAN.strip().splitlines()[:5])
    story = tell(history(hand_world(**DIME), calling), 0)
    assert paragraphs(story)[1].endswith("The simulated time ends during this call.")
    assert story.lived[0].closing.endswith(
        "When the simulated time ends, after 9 days and 14 hours, the problem is still open."
    )
    nothing = tell(history(hand_world(), "600 APPEARED"), 0)
    assert nothing.lived[0].closing.startswith("In the end he has not called.")


def test_dates_are_told_where_the_first_monday_has_one():
    world = hand_world(time={"first_monday": "2007-08-20"})
    assert tell(history(world, CLEAN), 0).lived[0].days[0].title == "Monday 20 August 2007"
    assert tell(history(world, CLEAN), 0, "fr").lived[0].days[0].title == "Lundi 20 août 2007"


def test_two_worlds_stand_side_by_side():
    first, second = history(hand_world(name="harsh", **DIME), CUT_TWICE_TOLD), history(hand_world(name="kind"), CLEAN)
    story = tell([first, second], 0)
    # In harsh: 25 / 30 + repeat 1 + told again 0.25 + 0.25 + cut 1.2 + one long hold 0.3 = 3.83: CES 3.5 of 5.
    assert story.side_by_side == (
        "In harsh: 2 calls, 25 minutes, 2.50 euros of toll, effort 3.5 of 5, solved after 45 minutes.",
        "In kind: 1 call, 15 minutes, no toll, effort 1.7 of 5, solved after 15 minutes.",
    )
    text = story.text()
    assert text.index("Customer 0 in harsh") < text.index("Customer 0 in kind") < text.index("The same customer")
    assert max(map(len, text.splitlines())) <= 120


def test_a_notebook_shows_names_as_they_are():
    shown = tell(history(hand_world(name="<b>harsh</b>"), CLEAN), 0)._repr_html_()
    assert "<b>harsh" not in shown
    assert "&lt;b&gt;harsh" in shown


def test_the_customer_may_be_chosen_by_a_word():
    """Of three, one is cut once, one never, one gives up after a hold of 7: the middle, most and least effort."""
    lives = history(hand_world(), CUT_TWICE_TOLD, CLEAN, ABANDONED)
    assert [tell(lives, which).customer for which in ("worst", "least")] == [0, 2]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda one: asked_for([], 0), "histories is empty"),
        (lambda one: asked_for(["a"], 0), "histories holds one of the kind str"),
        (lambda one: asked_for(one, 1), "customer is 1: it has to be the place of a customer, from 0 to 0"),
        (lambda one: asked_for(one, 0.5), r"customer is 0\.5"),
        (lambda one: asked_for(one, float("nan")), "customer is nan"),
        (lambda one: asked_for(one, "wurst"), "customer is 'wurst': did you mean worst"),
        (lambda one: asked_for(one, 0, "de"), "language is 'de'"),
        (lambda one: asked_for([one, history(hand_world(), CLEAN, CLEAN)], 0), "not of the same customers"),
        (lambda one: tell_call(one, 0, 2), "call is 2: customer 0 has 1 of them, counted from 1"),
        (lambda one: tell_call(one, 0, True), "call is True"),
    ],
)
def test_what_is_asked_wrongly_is_told(asked, said):
    with pytest.raises(ValueError, match=said):
        asked(history(hand_world(), CLEAN))


def test_what_is_said_in_a_chat_takes_no_time_of_its_own():
    """Who one is and what has happened are told in the chat of 13 minutes, which begins with them."""
    [opened] = paragraphs(tell(lived(chatted(), 0), 0))[1:]
    assert opened == (
        "At 00:00 he opens a chat on “chat”. He does not have to wait. Someone of the team “front” sees to him. He "
        "says who he is. He explains the problem. They chat for 13 minutes. The problem is solved."
    )


def test_who_has_not_found_the_number_is_not_done_with_it():
    """Luck is one half: four minutes of looking, and nine in ten give up."""
    world = plain(self_service={"search": "4 min", "gives_up_search": 0.9})
    [said] = paragraphs(tell(lived(world, 0), 0))
    assert "he looks for the number, which takes 4 minutes. He does not find it. He gives up." in said


def said_in(language: Any, told: Any) -> str:
    return " ".join(paragraphs(tell(told, 0, language))).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def test_of_two_questions_it_is_told_which_one_is_answered():
    """By mail and then by post: the mail's answer takes 62 min, and nobody answers the post."""
    told = lived_by_half(asking(mail={"lies": "60 min"}, post={"answered": 0.0}), 0, luck=BY_MAIL_AND_POST)
    english, french = said_in("en", told), said_in("fr", told)
    assert "the answer to what he had written to “mail” comes, after 62 minutes; reading it takes" in english
    assert "he no longer waits for an answer: none has come." in english
    assert "la réponse à ce qu'il avait écrit à « mail » arrive, au bout de" in french
    assert "il n'attend plus de réponse : aucune n'est venue." in french


def test_who_has_the_problem_again_has_tried_no_other_way_in_vain():
    """A mail has solved it; when the cause strikes again he calls."""
    world = written(
        contacts={"switch": 1.0, "then": {"mail": {"phone": 1.0}}},
        levers={"follow_through": {"recurrence": True, "recurs_after": "1 h", "root_cause": 0.6}},
    )
    told = lived_by_half(world, {"appeared": 0, "recurs": True}, luck={(0, 0, 0): {purposes.ROOT_CAUSE: 0.7}})
    english, french = said_in("en", told), said_in("fr", told)
    assert "he turns to the firm otherwise than before." in english
    assert "il s'adresse à l'entreprise par une autre voie que la fois d'avant." in french
    assert "he tries another way" not in english


@pytest.mark.parametrize(("solves", "helps"), [(1.0, True), (0.0, False)])
def test_another_customer_answers_and_helps_or_does_not(solves, helps):
    world = plain(forum={**FORUM, "answered": 1.0, "solves": solves})
    told = lived_by_half(world, {"appeared": 0, "autonomous": True})
    assert ("another customer answers. The problem is solved." in said_in("en", told)) == helps
    assert ("another customer answers, which does not help." in said_in("en", told)) != helps
    assert ("un autre client répond, ce qui n'aide pas." in said_in("fr", told)) != helps
