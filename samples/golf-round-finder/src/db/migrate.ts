import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadConfig } from "../config.js";

const folder = fileURLToPath(new URL("../../../db/migrations/", import.meta.url));

/** Forward migrations in the order in which they run; each must have a way back. */
async function forwardMigrations(): Promise<readonly string[]> {
  const files = new Set(await readdir(folder));
  const forward = [...files].filter((file) => file.endsWith(".up.sql")).sort();
  for (const file of forward) {
    const back = file.replace(".up.sql", ".down.sql");
    if (!files.has(back)) {
      throw new Error(`${file} has no ${back}`);
    }
  }
  return forward;
}

function run(files: readonly string[]): void {
  const { databaseUrl } = loadConfig(process.env);
  const fileArguments = files.flatMap((file) => ["-f", `${folder}${file}`]);
  const argumentsForPsql = [databaseUrl, "-v", "ON_ERROR_STOP=1", "--single-transaction", ...fileArguments];
  execFileSync("psql", argumentsForPsql, { stdio: "inherit" });
}

const direction = process.argv[2] ?? "up";
const forward = await forwardMigrations();
if (direction === "up") {
  run(forward);
} else if (direction === "down") {
  run(forward.map((file) => file.replace(".up.sql", ".down.sql")).reverse());
} else {
  console.log(forward.join("\n"));
}
