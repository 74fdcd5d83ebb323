/** Timers: setTimeout, setInterval and timers/promises. None wakes early, and an interval keeps to its schedule. */

const timers = require("node:timers");
const timersPromises = require("node:timers/promises");

exports.installTimers = ({ elapsedMs, toWall }) => {
  const real = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    sleep: timersPromises.setTimeout,
  };

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
      set() {},
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
  return { setTimeout: setTimeoutIncident };
};
