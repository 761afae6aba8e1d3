"""Curriculum facts, as production adds them to a prompt."""

import csv
from pathlib import Path

FACTS_FILE = Path(__file__).parent.parent / "data" / "curriculum_facts.csv"


def load_facts(path: Path = FACTS_FILE) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def facts_for(course: str, unit: str, topic: str, facts: list[dict[str, str]] | None = None) -> list[str]:
    """Statements for a topic, oldest first; those of its unit when the topic has none."""
    rows = [row for row in (load_facts() if facts is None else facts) if row["course"] == course]
    in_unit = [row for row in rows if row["unit"] == unit]
    in_topic = [row for row in in_unit if row["topic"].casefold() == topic.casefold()]
    chosen = sorted(in_topic or in_unit, key=lambda row: int(row["date"]))
    return [f"{row['date']}: {row['statement']}" for row in chosen]
