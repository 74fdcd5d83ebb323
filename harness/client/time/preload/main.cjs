/**
 * Runs inside a Node client, before its own code, and in each of its worker threads: puts Date, Intl, performance,
 * process.hrtime, timers, timers/promises, AbortSignal.timeout, socket timeouts (and with them http, fetch and ws) and
 * Atomics.wait on the incident clock that the environment names. It is plain CommonJS because the client may be any
 * Node, and only `--require` reaches worker threads of every kind.
 *
 * Not covered: what Node times in C++ or by internals of its own (http2's and a server's timeouts, console.time,
 * execSync's timeout, c-ares), native addons, child processes that are not Node, and a worker or child that is given an
 * environment without these variables. libfaketime covers those.
 */

const { syncBuiltinESMExports } = require("node:module");
const { installDate } = require("./date.cjs");
const { installMonotonic } = require("./monotonic.cjs");
const { installTimers } = require("./timers.cjs");
const { installWaits } = require("./waits.cjs");

if (process.env.FIREDRILL_CLOCK !== undefined) install(JSON.parse(process.env.FIREDRILL_CLOCK));

function install({ startMs, monotonicStartNs, compression, dateFile }) {
  const hrtimeBigint = process.hrtime.bigint.bind(process.hrtime);
  const originNs = BigInt(monotonicStartNs);
  const elapsedMs = () => (Number(hrtimeBigint() - originNs) / 1e6) * compression;
  // Rounded up, so that nothing wakes before its incident time.
  const toWall = (ms) => Math.ceil((Number(ms) > 0 ? Number(ms) : 0) / compression);
  const clock = { startMs, originNs, compression, elapsedMs, toWall };

  const date = installDate(clock, dateFile);
  installMonotonic(clock, date.now);
  const timers = installTimers(clock);
  installWaits(clock, timers);
  syncBuiltinESMExports();
}
