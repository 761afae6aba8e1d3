import unittest

from evaluation.score import success_rates
from pipeline.facts import facts_for
from pipeline.images import without_images
from pipeline.measure import percentile
from pipeline.prompts import build_messages


class Facts(unittest.TestCase):
    def test_topic_facts_come_oldest_first_with_their_date(self) -> None:
        self.assertEqual(
            facts_for("us", "3", "constitution"),
            [
                "1787: The Constitutional Convention meets in Philadelphia",
                "1791: The Bill of Rights is ratified",
            ],
        )

    def test_unknown_topic_falls_back_to_its_unit(self) -> None:
        self.assertEqual(facts_for("gov", "1", "Enumerated powers"), facts_for("gov", "1", "Federalism"))

    def test_unknown_unit_has_no_facts(self) -> None:
        self.assertEqual(facts_for("gov", "9", "Federalism"), [])


class Prompts(unittest.TestCase):
    def test_prompt_carries_parameters_and_facts(self) -> None:
        record = {"course": "us", "unit": "7", "topic": "New Deal", "type": "short answer", "difficulty": "hard"}
        user = build_messages(record, facts_for("us", "7", "New Deal"))[1]["content"]
        self.assertIn("short answer", user)
        self.assertIn("- 1935: The Social Security Act is signed", user)


class Images(unittest.TestCase):
    def test_link_goes_and_alternative_text_stays(self) -> None:
        self.assertEqual(without_images("![A trade map](https://example.org/a.png)"), "A trade map.")
        self.assertEqual(without_images('<img src="a.png" alt="A mill">'), "A mill.")
        self.assertEqual(without_images("See <img src='a.png'>"), "See")


class Numbers(unittest.TestCase):
    def test_percentile_is_the_nearest_rank(self) -> None:
        self.assertEqual(percentile([30, 10, 20, 40], 0.5), 20)
        self.assertEqual(percentile([30, 10, 20, 40], 0.95), 40)

    def test_invalid_reply_is_a_failure_whatever_its_score(self) -> None:
        results = [
            {"course": "us", "valid": True, "score": 0.85},
            {"course": "us", "valid": False, "score": 0.99},
            {"course": "gov", "valid": True, "score": 0.84},
        ]
        self.assertEqual(success_rates(results), {"all": 100 / 3, "us": 50.0, "gov": 0.0})


if __name__ == "__main__":
    unittest.main()
