export type BookingState = "held" | "paid" | "confirmed" | "cancelled" | "refunded";

const next: Readonly<Record<BookingState, readonly BookingState[]>> = {
  held: ["paid", "cancelled"],
  paid: ["confirmed", "refunded"],
  confirmed: ["refunded"],
  cancelled: [],
  refunded: [],
};

export function mayBecome(from: BookingState, to: BookingState): boolean {
  return next[from].includes(to);
}
