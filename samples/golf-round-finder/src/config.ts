export type PaymentsMode = "off" | "test" | "live";
export type LogLevel = "debug" | "info" | "error";

export interface Config {
  readonly port: number;
  readonly databaseUrl: string;
  readonly sessionSecret: string;
  readonly paymentsMode: PaymentsMode;
  readonly logLevel: LogLevel;
}

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Configuration is not complete:\n- ${problems.join("\n- ")}`);
    this.name = "ConfigError";
  }
}

const paymentsModes: readonly PaymentsMode[] = ["off", "test", "live"];
const logLevels: readonly LogLevel[] = ["debug", "info", "error"];

/** Throws one ConfigError that names every problem, never the value of a secret. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];

  const required = (name: string, minimumLength = 1): string => {
    const value = env[name] ?? "";
    if (value.length < minimumLength) {
      problems.push(`${name} needs at least ${minimumLength} characters`);
    }
    return value;
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = env[name] ?? fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) {
      problems.push(`${name} must be one of ${allowed.join(", ")}`);
    }
    return found ?? fallback;
  };

  const port = Number(env.PORT ?? "8080");
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    problems.push("PORT must be a number from 1 to 65535");
  }
  const config: Config = {
    port,
    databaseUrl: required("DATABASE_URL"),
    sessionSecret: required("SESSION_SECRET", 32),
    paymentsMode: oneOf("PAYMENTS_MODE", paymentsModes, "off"),
    logLevel: oneOf("LOG_LEVEL", logLevels, "info"),
  };
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  return config;
}
