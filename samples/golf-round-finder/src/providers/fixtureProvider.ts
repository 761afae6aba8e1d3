import type { TeeTimeProvider } from "./provider.js";

const courses = [
  { courseId: "heath", courseName: "Heath Links", latitude: 51.56, longitude: -0.16, pricePerPlayer: 4200 },
  { courseId: "river", courseName: "River Meadow", latitude: 51.43, longitude: -0.33, pricePerPlayer: 2900 },
  { courseId: "downs", courseName: "North Downs", latitude: 51.27, longitude: -0.05, pricePerPlayer: 3500 },
] as const;

const startTimes = [
  { time: "07:30", freePlaces: 4 },
  { time: "09:10", freePlaces: 2 },
  { time: "13:40", freePlaces: 4 },
] as const;

/** The same nine tee times every day, for development and tests. */
export const fixtureProvider: TeeTimeProvider = {
  name: "fixture",
  async teeTimesOn(date) {
    return courses.flatMap((course) =>
      startTimes.map(({ time, freePlaces }) => ({
        ...course,
        id: `${course.courseId}-${date}-${time}`,
        startsAt: `${date}T${time}:00`,
        freePlaces,
        currency: "GBP",
      })),
    );
  },
};
