"""The one interface between the question service and a model."""

from typing import Protocol


class QuestionModel(Protocol):
    name: str

    def write(self, messages: list[dict[str, str]], timeout_seconds: float) -> str:
        """The model's reply as text. Raises TimeoutError or ConnectionError."""
        ...


def ask(model: QuestionModel, messages: list[dict[str, str]]) -> dict[str, str]:
    return {"reply": model.write(messages, timeout_seconds=8), "model": model.name}
