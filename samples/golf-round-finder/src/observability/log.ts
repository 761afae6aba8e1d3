import type { LogLevel } from "../config.js";

const order: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, error: 2 };

export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One JSON object per line on standard output; request ids and traces come with grf-f1. */
export function logger(minimum: LogLevel): Log {
  return (level, message, fields = {}) => {
    if (order[level] >= order[minimum]) {
      console.log(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
    }
  };
}
