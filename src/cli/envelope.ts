import type { RefusalCode } from '../core/actions/action';
import type { WriteRefusalCode } from '../writing/refusal';
import type { UsageCode } from './usageError';

/** What a command with `--json` prints; documented in docs/cli.md. The version changes when something moves or goes. */
export type Envelope =
  | { readonly version: 1; readonly ok: true; readonly command: string; readonly data: unknown }
  | { readonly version: 1; readonly ok: false; readonly command: string; readonly error: EnvelopeError };

export interface EnvelopeError {
  readonly code: ErrorCode;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly advice: string | null;
}

export type ErrorCode =
  | RefusalCode
  | WriteRefusalCode
  | UsageCode
  /** There is nobody at the terminal to ask, or they said no. */
  | 'not-confirmed'
  | 'verification-failed'
  /** A plan file could not be read. */
  | 'unreadable'
  /** A picture needs a browser, and there is none, or it failed. */
  | 'no-browser'
  | 'not-drawn';

export function succeeded(command: string, data: unknown): Envelope {
  return { version: 1, ok: true, command, data };
}

export function failed(
  command: string,
  error: { code: ErrorCode; message: string; advice?: string | undefined },
): Envelope {
  const { code, message, advice = null } = error;
  return { version: 1, ok: false, command, error: { code, message, advice } };
}

/** An action was not taken, and why. */
export class Refused extends Error {
  readonly code: ErrorCode;
  readonly advice: string | undefined;

  constructor(code: ErrorCode, message: string, advice?: string) {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}
