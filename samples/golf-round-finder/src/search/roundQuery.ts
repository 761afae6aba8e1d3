import type { RoundQuery } from "./rankRounds.js";

export type ParsedQuery = { readonly query: RoundQuery } | { readonly problem: string };

/** Reads `near=LAT,LON&date=YYYY-MM-DD&players=1..4`; the problem is a sentence for the caller. */
export function parseRoundQuery(parameters: URLSearchParams): ParsedQuery {
  const [latitude, longitude] = (parameters.get("near") ?? "").split(",").map((part) => (part === "" ? Number.NaN : Number(part)));
  if (latitude === undefined || longitude === undefined || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    return { problem: "near needs a latitude and a longitude, such as near=51.5,-0.1" };
  }
  const date = parameters.get("date") ?? "";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return { problem: "date needs the form YYYY-MM-DD" };
  }
  const players = Number(parameters.get("players") ?? "1");
  if (!Number.isInteger(players) || players < 1 || players > 4) {
    return { problem: "players must be a number from 1 to 4" };
  }
  return { query: { latitude, longitude, date, players } };
}
