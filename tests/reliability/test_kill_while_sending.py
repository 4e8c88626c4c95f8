from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.kill_while_sending import drill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the drill forks its senders"),
]


def test_a_mail_goes_out_once_or_the_owner_is_asked(tmp_path: Path) -> None:
    outcome = drill(tmp_path, 60)
    assert outcome.kills > 10
    assert (outcome.twice, outcome.falsely_sent, outcome.lost) == (0, 0, 0)
    assert outcome.accepted >= 60 - outcome.unclear


def test_the_drill_notices_a_program_that_sends_first_and_marks_afterwards(tmp_path: Path) -> None:
    assert drill(tmp_path, 20, naive=True).twice > 0
