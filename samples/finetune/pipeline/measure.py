"""Coverage of facts and token lengths: python -m pipeline.measure MANIFEST.csv"""

import csv
import math
import sys
from collections.abc import Sequence


def percentile(values: Sequence[int], share: float) -> int:
    """Nearest-rank percentile; `share` is in (0, 1]."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def summarise(rows: list[dict[str, str]]) -> dict[str, float]:
    tokens = [int(row["tokens"]) for row in rows]
    covered = sum(int(row["facts"]) > 0 for row in rows)
    return {
        "examples": len(rows),
        "coverage": 100 * covered / len(rows),
        "p50": percentile(tokens, 0.5),
        "p95": percentile(tokens, 0.95),
        "maximum": max(tokens),
    }


def main(path: str) -> None:
    with open(path, newline="", encoding="utf-8") as file:
        summary = summarise(list(csv.DictReader(file)))
    print(f"{summary['examples']} examples, coverage {summary['coverage']:.1f} %")
    print(f"tokens: p50 {summary['p50']}, p95 {summary['p95']}, maximum {summary['maximum']}")


if __name__ == "__main__":
    main(sys.argv[1])
