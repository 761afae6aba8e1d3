import assert from "node:assert/strict";
import { test } from "node:test";
import { createSession, readSession } from "../src/auth/session.js";
import { ConfigError, loadConfig } from "../src/config.js";

const secret = "0123456789abcdef0123456789abcdef";

test("every problem is named at once, and no secret is shown", () => {
  assert.throws(
    () => loadConfig({ SESSION_SECRET: "too-short", PAYMENTS_MODE: "cash" }),
    (error) =>
      error instanceof ConfigError && error.problems.length === 3 && !error.message.includes("too-short"),
  );
});

test("payments are off unless asked for", () => {
  const config = loadConfig({ DATABASE_URL: "postgres://localhost/golf", SESSION_SECRET: secret });
  assert.equal(config.paymentsMode, "off");
});

test("a session ends, and a changed one is refused", () => {
  const token = createSession("ada", 1000, secret);
  assert.equal(readSession(token, 999, secret), "ada");
  assert.equal(readSession(token, 1000, secret), undefined);
  assert.equal(readSession(token.replace("ada", "bob"), 999, secret), undefined);
});
