#!/usr/bin/env node
/**
 * The `firedrill` command. In a checkout it runs the sources, published it runs the build. Where the system's Node is
 * older than the sources need, it hands over to the Node that the project brings along.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);
const source = new URL("../harness/cli/main.ts", import.meta.url);
const entry = existsSync(source) ? source : new URL("../dist/harness/cli/main.js", import.meta.url);

if (runsTypeScript) {
  // Handed over by an older Node, as below: when that is killed we are too, and the reaper cleans up after us.
  if (process.channel !== undefined) {
    process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
    process.channel?.unref();
  }
  // Compiling is most of a short command's time; what was compiled is kept beside the dependencies.
  module.enableCompileCache?.(fileURLToPath(new URL("../node_modules/.cache/firedrill", import.meta.url)));
  await import(entry.href);
} else {
  const ownNode = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
  if (!existsSync(ownNode)) {
    console.error(
      `firedrill: Node ${process.versions.node} is too old, 22.18 or newer is needed. Run npm ci, or update Node.`,
    );
    process.exit(64);
  }
  const self = fileURLToPath(import.meta.url);
  const child = spawn(ownNode, [self, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  // The terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone has to be passed on.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => undefined);
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 70) : 130));
}
