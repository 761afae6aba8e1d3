import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureProvider } from "../src/providers/fixtureProvider.js";
import { rankRounds } from "../src/search/rankRounds.js";
import { parseRoundQuery } from "../src/search/roundQuery.js";

test("rounds have room for the group and come nearest first", async () => {
  const query = { latitude: 51.5, longitude: -0.1, date: "2026-06-06", players: 4 };
  const rounds = rankRounds(query, await fixtureProvider.teeTimesOn(query.date));
  assert.deepEqual(
    rounds.map((round) => round.id),
    ["heath", "river", "downs"].flatMap((course) => [`${course}-2026-06-06-07:30`, `${course}-2026-06-06-13:40`]),
  );
});

test("a query without a place says what it needs", () => {
  for (const near of ["", "51.5", "51.5,", "91,0", "a,b"]) {
    const parsed = parseRoundQuery(new URLSearchParams({ near, date: "2026-06-06" }));
    assert.match("problem" in parsed ? parsed.problem : "", /^near /);
  }
});
