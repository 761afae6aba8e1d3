"""The production prompt, rebuilt from the parameters that are stored with a question."""

SYSTEM = "You write exam questions for {course}. Use only the facts you are given. Reply with question JSON."

USER = """Write one {type} question.
Unit {unit}, topic: {topic}
Difficulty: {difficulty}

Facts:
{facts}"""


def build_messages(record: dict[str, str], facts: list[str]) -> list[dict[str, str]]:
    listed = "\n".join(f"- {fact}" for fact in facts) or "- none"
    return [
        {"role": "system", "content": SYSTEM.format(course=record["course"])},
        {"role": "user", "content": USER.format(facts=listed, **record)},
    ]
