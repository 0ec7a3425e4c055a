"""What a draw decides. The codes are fixed: two codes share a Philox block, so they never shift."""

from typing import Final

# drawn for every leg, in nearly every world
PATIENCE: Final = 0
COMPETENCE: Final = 1
HANDLING: Final = 2
SOLVE: Final = 3
IDENTIFICATION: Final = 4
EXPLANATION: Final = 5
AFTER_CALL: Final = 6
KNOWN_NOW: Final = 7
PITCH: Final = 8
CONTRADICTION: Final = 9
TARGET: Final = 10
ELSEWHERE: Final = 11
# drawn for every call, in nearly every world
MOVED: Final = 12
PERSISTENCE: Final = 13
AWAY: Final = 14
DISCOVERY: Final = 15
# drawn for a leg or a call, in some worlds or for few customers
MENU: Final = 16
ROUTING: Final = 17
BALKING: Final = 18
CALL_BACK: Final = 19
PRESENCE: Final = 20
HANGUP: Final = 21
HANGUP_AFTER: Final = 22
BRIEFING: Final = 23
APPROVAL: Final = 24
GRANT: Final = 25
TICKET: Final = 26
REPAIR: Final = 27
REPAIR_COST: Final = 28
AGENT: Final = 29
CHOICE: Final = 30
PAUSE: Final = 31
# drawn once for the problem or the customer
SEGMENT: Final = 32
NETWORK: Final = 33
VALUE_OF_TIME: Final = 34
OUTAGE: Final = 35
USE: Final = 36
AUTONOMY: Final = 37
TEMPER: Final = 38
LOCK_IN: Final = 39
RENEWAL: Final = 40
WORTH: Final = 41
DIFFICULTY: Final = 42
WORK: Final = 43
GESTURE: Final = 44
GESTURE_AMOUNT: Final = 45
RECURRENCE: Final = 46
# as those from 16 on
UNDERSTOOD: Final = 47
CONSULT: Final = 48
CONSULT_TIME: Final = 49
TEAM: Final = 50
# drawn in writing, or for a case
CHANNEL: Final = 100
SWITCH: Final = 101
WRITING: Final = 102
REPLY: Final = 103
LIES: Final = 104
REPLY_PATIENCE: Final = 105
READING: Final = 106
ASKS_BACK: Final = 107
SENDS_ON: Final = 108
ACKNOWLEDGED: Final = 109
REGISTERED: Final = 110
CHASE: Final = 111
CASE_PATIENCE: Final = 112
STEP: Final = 113
STEP_TAKES: Final = 114
APPOINTMENT: Final = 115
VISIT_MISSED: Final = 116
AT_HOME: Final = 117
VISIT_AGAIN: Final = 118
STATUS: Final = 119
ON_BEHALF: Final = 120
ACTING: Final = 121
READY: Final = 122
RENEWED: Final = 123
CHASE_AFTER: Final = 124
VISIT_MOVED: Final = 125
TRAVEL: Final = 126
# drawn before a contact, or beside it
SEARCH: Final = 127
SEARCH_FAILS: Final = 128
INSTEAD: Final = 129
READS_HELP: Final = 130
HELP_READING: Final = 131
HELP_SOLVES: Final = 132
FORUM_ANSWERS: Final = 133
FORUM_DELAY: Final = 134
FORUM_ASKING: Final = 135
FORUM_HELPING: Final = 136
FORUM_SOLVES: Final = 137
FORUM_PATIENCE: Final = 138
NOTICED: Final = 139
NOTICED_AFTER: Final = 140
ROOT_CAUSE: Final = 141
RECURS_AFTER: Final = 142
GENERIC: Final = 143
GETS_TO_IT: Final = 145
FIRST_CONTACT: Final = 146
# drawn for other kinds
ARRIVAL: Final = 64
BUSYNESS: Final = 65
SPEED: Final = 66
REPLAYED_REASON: Final = 67
KNOWLEDGE: Final = 80
EXPERIENCE: Final = 81
ABSENCE: Final = 82
SHOCK: Final = 96
SHOCK_SIZE: Final = 97
PREVENTED: Final = 98
EMPATHY: Final = 144

USUAL_OF_A_LEG: Final = 12
USUAL_OF_A_CALL: Final = 16
"""Purposes below the first are usual for every leg, those below the second for every call's first leg."""
