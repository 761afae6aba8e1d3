import type { TeeTime } from "../providers/provider.js";

export interface RoundQuery {
  readonly latitude: number;
  readonly longitude: number;
  readonly date: string;
  readonly players: number;
}

export interface Round extends TeeTime {
  readonly distanceKm: number;
}

const earthRadiusKm = 6371;

function distanceKm(query: RoundQuery, teeTime: TeeTime): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const latitude = radians(teeTime.latitude - query.latitude);
  const longitude = radians(teeTime.longitude - query.longitude);
  const h =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(query.latitude)) * Math.cos(radians(teeTime.latitude)) * Math.sin(longitude / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(h));
}

/** Rounds with room for the group: nearest first, then earliest, then by id, so that pages are stable. */
export function rankRounds(query: RoundQuery, teeTimes: readonly TeeTime[]): readonly Round[] {
  return teeTimes
    .filter((teeTime) => teeTime.freePlaces >= query.players)
    .map((teeTime) => ({ ...teeTime, distanceKm: distanceKm(query, teeTime) }))
    .sort(
      (a, b) => a.distanceKm - b.distanceKm || a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id),
    );
}
