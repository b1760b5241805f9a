from __future__ import annotations

import threading

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from poseapp.session.mailbox import Mailbox
from tests.patience import PATIENCE_S


class MailboxMachine(RuleBasedStateMachine):
    """Against the plainest model: a list that keeps its last item."""

    def __init__(self) -> None:
        super().__init__()
        self.box: Mailbox[int] = Mailbox()
        self.held: list[int] = []
        self.put_count = self.taken_count = self.refused_count = 0
        self.is_closed = False

    @rule(item=st.integers())
    def put(self, item: int) -> None:
        was_empty = self.box.put(item)
        self.put_count += 1
        if self.is_closed:
            self.refused_count += 1
            assert was_empty is False
            return
        assert was_empty is (not self.held)
        self.held = [item]

    @rule(wait=st.booleans())
    def take(self, wait: bool) -> None:
        taken = self.box.take(timeout=0) if wait else self.box.take_nowait()
        assert taken == (self.held[0] if self.held else None)
        self.taken_count += len(self.held)
        self.held = []

    @rule()
    def close(self) -> None:
        self.box.close()
        self.is_closed = True

    @invariant()
    def every_item_is_accounted_for(self) -> None:
        assert self.box.closed is self.is_closed
        accounted = self.taken_count + self.box.dropped + self.refused_count + len(self.held)
        assert accounted == self.put_count


TestMailboxMachine = MailboxMachine.TestCase
TestMailboxMachine.settings = settings(max_examples=60)


def test_a_falsy_item_is_an_item() -> None:
    box: Mailbox[int] = Mailbox()
    assert box.put(0) is True
    assert box.put(0) is False
    assert box.take() == 0
    assert box.dropped == 1


def test_put_wakes_a_waiting_taker() -> None:
    box: Mailbox[str] = Mailbox()
    taken: list[str | None] = []
    taker = threading.Thread(target=lambda: taken.append(box.take(timeout=PATIENCE_S)))
    taker.start()
    box.put("frame")
    taker.join(PATIENCE_S)
    assert taken == ["frame"]


def test_close_wakes_every_waiting_taker() -> None:
    box: Mailbox[str] = Mailbox()
    taken: list[str | None] = []
    takers = [threading.Thread(target=lambda: taken.append(box.take(timeout=PATIENCE_S))) for _ in range(3)]
    for taker in takers:
        taker.start()
    box.close()
    for taker in takers:
        taker.join(PATIENCE_S)
    assert taken == [None, None, None]


def test_what_is_held_at_the_close_can_still_be_taken() -> None:
    box: Mailbox[str] = Mailbox()
    box.put("last")
    box.close()
    assert box.put("too late") is False
    assert box.take() == "last"
    assert box.take() is None
    assert box.dropped == 0


def test_between_threads_items_come_in_order_and_the_last_one_arrives() -> None:
    box: Mailbox[int] = Mailbox()
    count = 5000
    taken: list[int] = []

    def take_all() -> None:
        while (item := box.take(timeout=PATIENCE_S)) is not None:
            taken.append(item)

    taker = threading.Thread(target=take_all)
    taker.start()
    for item in range(1, count + 1):
        box.put(item)
    box.close()
    taker.join(PATIENCE_S)
    assert taken[-1] == count
    assert taken == sorted(set(taken))
    assert len(taken) + box.dropped == count
