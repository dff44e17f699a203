// Starts a forge by the same harness as the Rust tests, on either engine.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const target = path.resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const program = path.join(target, "debug", "world");

/** The engines to run on. */
export const engines = (process.env.FORGE_TEST_ENGINES ?? "sqlite postgres").split(" ");

/**
 * Starts `forge-server demo` (or `serve`); what it returns is the server's ready line and `stop`.
 *
 * @param {"sqlite" | "postgres"} engine
 * @param {{ command?: "demo" | "serve", settings?: Record<string, string> }} [options]
 *   `settings` are `FORGE_…` variables.
 */
export async function start(engine, { command = "demo", settings = {} } = {}) {
  if (!existsSync(program)) {
    throw new Error(
      `${program} is not built: run cargo build --workspace --features forge-server/test-clock`,
    );
  }
  const child = spawn(program, [engine, command], {
    env: { ...process.env, ...settings },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit");
  const first = await Promise.race([once(lines, "line"), ended.then(() => null)]);
  if (first === null) {
    throw new Error(`the forge did not get ready (status ${child.exitCode})`);
  }
  const ready = JSON.parse(first[0]);
  return {
    ...ready,
    url: ready.url.replace(/\/$/, ""),
    async stop() {
      child.stdin.end();
      const [status] = await ended;
      if (status !== 0) {
        throw new Error(`the forge ended with status ${status}`);
      }
    },
  };
}
