"""What happens without the firm, or before it is asked, as the rows of its customers come."""

from __future__ import annotations

from typing import Any

from sim.history.codes import DETECTED, FORUM_ANSWERED, NO_REPLY
from sim.machine.compiling import Table, inlined
from sim.measures.rules.channels import KIND

kind_at = Table(KIND)


@inlined
def follow_unasked(event: int, books: Any, account: Any, row: Any) -> None:
    """Note what others can read and nobody answers, who helps on the forum, and what the firm notices."""
    if event == NO_REPLY:
        account.lived.unheard += int(kind_at(books.kinds, int(row.amount)).public)
    elif event in (DETECTED, FORUM_ANSWERED) and books.terms.start <= row.time < books.terms.stop:
        if event == DETECTED:
            books.sums.detected += 1.0
        else:
            books.sums.forum_answers += 1.0
            books.sums.helping_minutes += row.amount
