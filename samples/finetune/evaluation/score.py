"""Success rate in all and for each course: python -m evaluation.score RESULTS.jsonl"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable

SUCCESS_SCORE = 0.85


def is_success(result: dict) -> bool:
    return result["valid"] and result["score"] >= SUCCESS_SCORE


def success_rates(results: Iterable[dict]) -> dict[str, float]:
    """Percent by course, and under "all" over everything."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for result in results:
        for key in ("all", result["course"]):
            outcomes[key].append(is_success(result))
    return {key: 100 * sum(passed) / len(passed) for key, passed in outcomes.items()}


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        rates = success_rates(json.loads(line) for line in file if line.strip())
    for key, rate in sorted(rates.items()):
        print(f"{key}: {rate:.1f} %")


if __name__ == "__main__":
    main(sys.argv[1])
