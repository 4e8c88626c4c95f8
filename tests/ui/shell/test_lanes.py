from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from shopdesk.ui.shell.lanes import Lane, Lanes


def no_error(error: Exception) -> None:
    raise error


def test_work_runs_on_a_worker_and_its_answer_comes_back_on_this_thread(qtbot: QtBot) -> None:
    lanes = Lanes()
    threads: list[threading.Thread] = []
    answers: list[tuple[str, threading.Thread]] = []
    here = threading.current_thread()

    def work() -> str:
        threads.append(threading.current_thread())
        return "done"

    lanes.desk.run(work, lambda answer: answers.append((answer, threading.current_thread())), no_error)
    qtbot.waitUntil(lambda: answers == [("done", here)])
    assert threads != [here]
    lanes.close()


def test_work_of_one_lane_keeps_its_order(qtbot: QtBot) -> None:
    lane = Lane("post")
    answers: list[int] = []
    for number in range(20):
        lane.run(lambda n=number: n, answers.append, no_error)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == list(range(20))
    assert lane.waiting == 0
    lane.close()


@pytest.mark.parametrize("at_once", [True, False])
def test_an_error_goes_to_the_one_who_asked(qtbot: QtBot, at_once: bool) -> None:
    lane = Lane("desk", at_once=at_once)
    errors: list[Exception] = []
    lane.run(lambda: 1 // 0, lambda _answer: pytest.fail("no answer"), errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], ZeroDivisionError)
    lane.close()


def test_closing_finishes_what_was_begun_and_begins_nothing_more(qtbot: QtBot) -> None:
    lane = Lane("desk")
    begun, go, did = threading.Event(), threading.Event(), []

    def first() -> None:
        begun.set()
        go.wait(5)
        did.append(1)

    lane.run(first, lambda _answer: None, no_error)
    lane.run(lambda: did.append(2), lambda _answer: None, no_error)
    assert begun.wait(5)
    threading.Timer(0.05, go.set).start()
    lane.close()
    assert did == [1]
