/** The call itself is wrong: the message says what to write instead. Ends the program with exit code 2. */
export class UsageError extends Error {
  readonly code: UsageCode;

  constructor(message: string, code: UsageCode = 'usage') {
    super(message);
    this.code = code;
  }
}

/** `unknown`: no thing has this id; `ambiguous`: several plans have it. */
export type UsageCode = 'usage' | 'unknown' | 'ambiguous' | 'no-plan';
