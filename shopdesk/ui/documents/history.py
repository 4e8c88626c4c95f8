"""The editor's own undo stack: documents are values, so a step back is the value before."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")
DEEPEST = 200


class History(Generic[Value]):
    """Values in the order in which they were made. Edits under the same `key` in a row are one step."""

    def __init__(self, value: Value) -> None:
        self._past: list[Value] = []
        self._future: list[Value] = []
        self._key = ""
        self.value = value

    def push(self, value: Value, key: str = "") -> None:
        """A new value; what was taken back before it can no longer be redone."""
        if not (key and key == self._key and self._past):
            self._past = [*self._past, self.value][-DEEPEST:]
        self._key = key
        self._future.clear()
        self.value = value

    def pause(self) -> None:
        """The next edit is a step of its own, whatever its key."""
        self._key = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a value before this one."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._future)

    def undo(self) -> Value:
        """One step back; without one the value stays."""
        if self._past:
            self._future.append(self.value)
            self.value = self._past.pop()
        self._key = ""
        return self.value

    def redo(self) -> Value:
        """Forward again."""
        if self._future:
            self._past.append(self.value)
            self.value = self._future.pop()
        self._key = ""
        return self.value
