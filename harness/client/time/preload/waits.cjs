/** Waits that Node times by itself, past the global timers: AbortSignal.timeout, a socket's timeout, Atomics.wait. */

const net = require("node:net");

exports.installWaits = ({ compression, elapsedMs, toWall }, { setTimeout }) => {
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const expire = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    setTimeout(expire, ms).unref();
    return controller.signal;
  };

  const socketTimeout = net.Socket.prototype.setTimeout;
  net.Socket.prototype.setTimeout = function setTimeoutIncident(ms, callback) {
    if (!(Number(ms) > 0)) return socketTimeout.call(this, ms, callback);
    // Nothing of ours is asked before it fires, so the millisecond that it may be early is added.
    socketTimeout.call(this, toWall(ms) + 1, callback);
    // What the client reads back, as http's agent does, is what was asked for.
    this.timeout = ms;
    return this;
  };

  const { wait } = Atomics;
  Atomics.wait = (array, index, value, ms = Infinity) => {
    const dueMs = elapsedMs() + Number(ms);
    for (;;) {
      const outcome = wait(array, index, value, (dueMs - elapsedMs()) / compression);
      if (outcome !== "timed-out" || elapsedMs() >= dueMs) return outcome;
    }
  };
};
