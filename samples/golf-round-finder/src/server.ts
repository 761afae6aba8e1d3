import { createServer } from "node:http";
import { loadConfig } from "./config.js";
import { logger } from "./observability/log.js";
import { fixtureProvider } from "./providers/fixtureProvider.js";
import { rankRounds } from "./search/rankRounds.js";
import { parseRoundQuery } from "./search/roundQuery.js";

const config = loadConfig(process.env);
const log = logger(config.logLevel);

async function answer(url: URL): Promise<{ status: number; body: unknown }> {
  if (url.pathname === "/health") {
    return { status: 200, body: { status: "ok" } };
  }
  if (url.pathname !== "/rounds") {
    return { status: 404, body: { problem: "There is nothing at this address." } };
  }
  const parsed = parseRoundQuery(url.searchParams);
  if ("problem" in parsed) {
    return { status: 400, body: parsed };
  }
  const teeTimes = await fixtureProvider.teeTimesOn(parsed.query.date);
  return { status: 200, body: { rounds: rankRounds(parsed.query, teeTimes) } };
}

createServer(async (request, response) => {
  const { status, body } = await answer(new URL(request.url ?? "/", "http://localhost"));
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
  log("info", "request", { method: request.method, url: request.url, status });
}).listen(config.port, () => log("info", "listening", { port: config.port }));
