import { ConfigError, loadConfig } from "./config.js";

try {
  loadConfig(process.env);
  console.log("Configuration is complete.");
} catch (error) {
  if (!(error instanceof ConfigError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
