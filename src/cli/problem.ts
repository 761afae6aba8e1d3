import { relative } from 'node:path';
import { WriteRefusal } from '../writing/refusal';
import { type ErrorCode, Refused } from './envelope';
import { visible } from './terminal';
import { UsageError } from './usageError';

export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice?: string | undefined;
}

/** Why something was not done, where that is no fault of the program; undefined where it is. */
export function problemOf(error: unknown, cwd: string): Problem | undefined {
  if (error instanceof Refused) return error;
  if (error instanceof UsageError) return { code: error.code, message: error.message };
  if (!(error instanceof WriteRefusal)) return undefined;
  const { code, path, message, advice } = error;
  return { code, message: path === '' ? message : `${visible(relative(cwd, path) || path)}: ${message}`, advice };
}
