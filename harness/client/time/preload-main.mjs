/**
 * Runs inside a Node client, before its own code: puts Date, performance, timers, timers/promises,
 * AbortSignal.timeout, process.hrtime and socket timeouts on the incident clock that the environment names. It is plain
 * JavaScript because the client may be any Node. Not covered: native addons, worker threads' own timers in C++, and
 * time read by another process; libfaketime covers those.
 */
// @ts-nocheck -- it replaces globals with look-alikes, which is what types are there to prevent

import { readFileSync, watch } from "node:fs";
import net from "node:net";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { syncBuiltinESMExports } from "node:module";

if (process.env.FIREDRILL_CLOCK !== undefined) install(JSON.parse(process.env.FIREDRILL_CLOCK));

function ignore() {
  // Nothing to do: see where it is used.
}

/** How far the date is off, which a fault may change while the client runs. Monotonic time goes on as before. */
function followDate(file) {
  const date = { offsetMs: 0 };
  const read = () => {
    try {
      date.offsetMs = JSON.parse(readFileSync(file, "utf8")).offsetMs;
    } catch {
      // Half written, so there is another event to come; or removed, so the run is over.
    }
  };
  read();
  // A watcher must not keep the client alive, nor may a system without one keep it from starting.
  try {
    watch(file, { persistent: false }, read).on("error", ignore);
  } catch {
    ignore();
  }
  return date;
}

function install({ startMs, monotonicStartNs, compression, dateFile }) {
  const hrtimeBigint = process.hrtime.bigint.bind(process.hrtime);
  const originNs = BigInt(monotonicStartNs);
  const elapsedMs = () => (Number(hrtimeBigint() - originNs) / 1e6) * compression;
  const loadedMs = elapsedMs();
  const date = followDate(dateFile);
  const now = () => startMs + elapsedMs() + date.offsetMs;

  // The one Date of this process goes on being it, for whatever Node makes itself (file times, clones) as well.
  const RealDate = Date;
  const incidentDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now()] : args, newTarget),
    // `Date()` without `new` is legal and gives a string.
    apply: () => new RealDate(RealDate.now()).toString(),
  });
  RealDate.now = () => Math.floor(now());
  RealDate.prototype.constructor = incidentDate;
  globalThis.Date = incidentDate;

  const monotonicMs = () => elapsedMs() - loadedMs;
  performance.now = monotonicMs;
  Object.defineProperty(performance, "timeOrigin", { value: now() - monotonicMs(), configurable: true });
  const hrtime = (previous) => {
    const ns = hrtime.bigint();
    let secs = Number(ns / 1_000_000_000n);
    let nanos = Number(ns % 1_000_000_000n);
    if (previous !== undefined) {
      secs -= previous[0];
      nanos -= previous[1];
      if (nanos < 0) [secs, nanos] = [secs - 1, nanos + 1e9];
    }
    return [secs, nanos];
  };
  hrtime.bigint = () => originNs + (hrtimeBigint() - originNs) * BigInt(Math.round(compression));
  process.hrtime = hrtime;
  process.uptime = () => monotonicMs() / 1_000;

  const real = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    clearTimeout: globalThis.clearTimeout,
    sleep: timersPromises.setTimeout,
    socketTimeout: net.Socket.prototype.setTimeout,
  };
  // Rounded up, so that nothing wakes before its incident time.
  const toWall = (ms) => Math.ceil((Number(ms) > 0 ? Number(ms) : 0) / compression);

  const sleep = async (ms, value, options) => {
    const dueMs = elapsedMs() + (Number(ms) || 0);
    do await real.sleep(toWall(dueMs - elapsedMs()), undefined, options);
    while (elapsedMs() < dueMs);
    return value;
  };

  const setTimeoutIncident = (callback, ms, ...args) => {
    // Node's own words for what is no function.
    if (typeof callback !== "function") return real.setTimeout(callback, ms);
    const handle = real.setTimeout(fire, toWall(ms));
    const refresh = handle.refresh.bind(handle);
    let dueMs;
    const restart = () => (dueMs = elapsedMs() + (Number(ms) || 0));
    const wait = (wallMs) => {
      handle._idleTimeout = Math.max(wallMs, 1);
      return refresh();
    };
    // A Node timer may fire up to a millisecond early, which is a third of a second at x300.
    function fire() {
      if (elapsedMs() < dueMs) wait(toWall(dueMs - elapsedMs()));
      else callback.apply(handle, args);
    }
    restart();
    handle.refresh = () => {
      restart();
      return wait(toWall(ms));
    };
    return handle;
  };
  setTimeoutIncident[Symbol.for("nodejs.util.promisify.custom")] = sleep;

  // An interval keeps to its schedule: rounding each period up would slow a 20 s heartbeat down. What a pause made it
  // miss is skipped.
  const nextDue = (dueMs, period) => dueMs + period * (1 + Math.max(Math.floor((elapsedMs() - dueMs) / period), 0));
  const setIntervalIncident = (callback, ms, ...args) => {
    const period = Math.max(Number(ms) || 1, 1);
    let dueMs = elapsedMs() + period;
    const handle = real.setInterval(tick, toWall(period));
    function tick() {
      if (elapsedMs() < dueMs) return;
      dueMs = nextDue(dueMs, period);
      callback.apply(handle, args);
    }
    // Node re-arms an interval with `_repeat`; setting it each time keeps the schedule without a second handle.
    Object.defineProperty(handle, "_repeat", {
      get: () => Math.max(toWall(dueMs - elapsedMs()), 1),
      set: ignore,
    });
    return handle;
  };

  globalThis.setTimeout = timers.setTimeout = setTimeoutIncident;
  globalThis.setInterval = timers.setInterval = setIntervalIncident;
  timersPromises.setTimeout = sleep;
  timersPromises.setInterval = async function* setIntervalIncidentPromise(ms, value, options) {
    const period = Math.max(Number(ms) || 1, 1);
    for (let dueMs = elapsedMs() + period; ; dueMs = nextDue(dueMs, period)) {
      await sleep(dueMs - elapsedMs(), undefined, options);
      yield value;
    }
  };
  timersPromises.scheduler.wait = (ms, options) => sleep(ms, undefined, options);

  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const expire = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    setTimeoutIncident(expire, ms).unref();
    return controller.signal;
  };

  // Nothing of ours is asked before a socket's timeout fires, so the millisecond that it may be early is added.
  net.Socket.prototype.setTimeout = function setTimeoutIncidentSocket(ms, callback) {
    return real.socketTimeout.call(this, Number(ms) > 0 ? toWall(ms) + 1 : ms, callback);
  };
  syncBuiltinESMExports();
}
