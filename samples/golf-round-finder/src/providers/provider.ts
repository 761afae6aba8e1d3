/** A time at which a group can start a round, as a provider offers it. Prices are in minor units. */
export interface TeeTime {
  readonly id: string;
  readonly courseId: string;
  readonly courseName: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly startsAt: string;
  readonly freePlaces: number;
  readonly pricePerPlayer: number;
  readonly currency: string;
}

export interface TeeTimeProvider {
  readonly name: string;
  /** All tee times of a calendar day (YYYY-MM-DD, local to the course). */
  teeTimesOn(date: string): Promise<readonly TeeTime[]>;
}
