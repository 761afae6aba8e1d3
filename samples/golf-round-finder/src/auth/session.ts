import { createHmac, timingSafeEqual } from "node:crypto";

function signature(accountId: string, expiresAt: number, secret: string): string {
  return createHmac("sha256", secret).update(`${accountId}.${expiresAt}`).digest("base64url");
}

/** `expiresAt` in milliseconds since 1970. Account ids hold no dot. */
export function createSession(accountId: string, expiresAt: number, secret: string): string {
  return `${accountId}.${expiresAt}.${signature(accountId, expiresAt, secret)}`;
}

/** The account id, or undefined when the token was changed or has run out. */
export function readSession(token: string, now: number, secret: string): string | undefined {
  const [accountId = "", expires = "", given = ""] = token.split(".");
  const expected = Buffer.from(signature(accountId, Number(expires), secret));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    return undefined;
  }
  return Number(expires) > now ? accountId : undefined;
}
