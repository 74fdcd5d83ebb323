#!/usr/bin/env node
/**
 * The `firedrill` command. In a checkout it runs the sources, published it runs the build. It hands over to a process of
 * its own where the system's Node is older than the sources need, to the Node that the project brings along; and where
 * incidents are played, because Linux shares the CPU by session: in the shell's, its other jobs would count as Firedrill.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const interrupted = 130;
const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"];
/** Before there is anything to clean up; a command that has, listens for itself (see `harness/cli/interrupt.ts`). */
let interrupt = () => process.exit(interrupted);
for (const signal of interrupts) process.on(signal, () => interrupt(signal));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
/** What the newest dependencies need; it is the package's `engines`, too. */
const isNewEnough = major > 22 || (major === 22 && minor >= 22);
const source = new URL("../harness/cli/main.ts", import.meta.url);
const entry = existsSync(source) ? source : new URL("../dist/harness/cli/main.js", import.meta.url);

const handedOver = process.channel !== undefined;
const plays = process.platform === "linux" && ["run", "prove"].includes(process.argv[2] ?? "");

if (isNewEnough && (handedOver || !plays)) {
  // When who handed over is killed we are too, and the reaper cleans up after us.
  if (handedOver) {
    process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
    process.channel?.unref();
  }
  // Node's remark on a project that does not say what its .ts files are would stand in every output.
  const warn = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.code !== "MODULE_TYPELESS_PACKAGE_JSON") for (const each of warn) each(warning);
  });
  // Compiling is most of a short command's time; what was compiled is kept beside the dependencies.
  module.enableCompileCache?.(fileURLToPath(new URL("../node_modules/.cache/firedrill", import.meta.url)));
  await import(entry.href);
} else {
  const ownNode = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
  if (!isNewEnough && !existsSync(ownNode)) {
    const remedy = entry === source ? "Run npm ci, which brings one along, or update Node." : "Update Node.";
    console.error(`firedrill: Node ${process.versions.node} is too old, 22.22 or newer is needed. ${remedy}`);
    process.exit(64);
  }
  const self = fileURLToPath(import.meta.url);
  const child = spawn(isNewEnough ? process.execPath : ownNode, [self, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: plays,
  });
  const received = new Set();
  interrupt = (signal) => {
    received.add(signal);
    // The terminal's Ctrl-C reaches a child of the same session by itself.
    if (plays || signal !== "SIGINT") child.kill(signal);
  };
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 70);
    // It was interrupted before it could listen, so it had started nothing.
    if (received.has(signal)) process.exit(interrupted);
    // Ended as it was, for whoever waits for us.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
