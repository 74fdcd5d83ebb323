/**
 * Runs inside a Node client, before its own code: puts Date, performance, timers, timers/promises,
 * AbortSignal.timeout, process.hrtime and socket timeouts on the incident clock that the environment names. It is plain
 * JavaScript because the client may be any Node. Not covered: native addons, worker threads' own timers in C++, and
 * time read by another process; libfaketime covers those.
 */
// @ts-nocheck -- it replaces globals with look-alikes, which is what types are there to prevent

import net from "node:net";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { syncBuiltinESMExports } from "node:module";

if (process.env.FIREDRILL_CLOCK !== undefined) install(JSON.parse(process.env.FIREDRILL_CLOCK));

function ignore() {
  // Node writes `_repeat` once; the schedule decides.
}

function install({ startMs, monotonicStartNs, compression }) {
  const hrtimeBigint = process.hrtime.bigint.bind(process.hrtime);
  const originNs = BigInt(monotonicStartNs);
  const elapsedMs = () => (Number(hrtimeBigint() - originNs) / 1e6) * compression;
  const loadedMs = elapsedMs();
  const now = () => startMs + elapsedMs();

  const RealDate = Date;
  globalThis.Date = class Date extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(Math.floor(now()));
      else super(...args);
    }
    static now() {
      return Math.floor(now());
    }
  };
  Object.defineProperty(globalThis.Date, "name", { value: "Date" });
  // `Date()` without `new` is legal and gives a string.
  globalThis.Date = new Proxy(globalThis.Date, { apply: (Target) => new Target().toString() });

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
    interval: timersPromises.setInterval,
    schedulerWait: timersPromises.scheduler.wait,
    socketTimeout: net.Socket.prototype.setTimeout,
  };
  // Rounded up, so that nothing wakes before its incident time.
  const toWall = (ms) => Math.ceil((Number(ms) > 0 ? Number(ms) : 0) / compression);

  const setTimeoutIncident = (callback, ms, ...args) => real.setTimeout(callback, toWall(ms), ...args);
  setTimeoutIncident[Symbol.for("nodejs.util.promisify.custom")] = (ms, value, options) =>
    real.sleep(toWall(ms), value, options);

  // An interval keeps to its schedule: rounding each period up would slow a 20 s heartbeat down.
  const setIntervalIncident = (callback, ms, ...args) => {
    const period = Math.max(Number(ms) || 1, 1);
    let dueMs = elapsedMs() + period;
    const handle = real.setInterval(tick, toWall(period));
    function tick() {
      if (elapsedMs() < dueMs) return;
      dueMs = Math.max(dueMs + period, elapsedMs());
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
  timersPromises.setTimeout = (ms, value, options) => real.sleep(toWall(ms), value, options);
  timersPromises.setInterval = (ms, value, options) => real.interval(toWall(ms), value, options);
  timersPromises.scheduler.wait = (ms, options) => real.sleep(toWall(ms), undefined, options);

  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const expire = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    real.setTimeout(expire, toWall(ms)).unref();
    return controller.signal;
  };

  net.Socket.prototype.setTimeout = function setTimeoutIncidentSocket(ms, callback) {
    return real.socketTimeout.call(this, ms === 0 ? 0 : toWall(ms), callback);
  };
  syncBuiltinESMExports();
}
