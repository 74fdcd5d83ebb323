/** The date: Date, and Intl where it is asked for the present. A fault may move it while the client runs. */

const { readFileSync, watch } = require("node:fs");

exports.installDate = ({ startMs, elapsedMs }, dateFile) => {
  const shift = followShift(dateFile);
  const now = () => startMs + elapsedMs() + shift.offsetMs;

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

  // Without an argument both mean now, which they read from the engine's own clock.
  const orNow = (date) => (date === undefined ? RealDate.now() : date);
  const { prototype } = Intl.DateTimeFormat;
  const { formatToParts } = prototype;
  const { get: boundFormat } = Object.getOwnPropertyDescriptor(prototype, "format");
  Object.defineProperty(prototype, "format", {
    configurable: true,
    get() {
      const format = boundFormat.call(this);
      return (date) => format(orNow(date));
    },
  });
  prototype.formatToParts = function formatToPartsIncident(date) {
    return formatToParts.call(this, orNow(date));
  };
  return { now };
};

function ignore() {
  // Nothing to do: see where it is used.
}

/** How far the date is off. Monotonic time goes on as before. */
function followShift(file) {
  const shift = { offsetMs: 0 };
  const read = () => {
    try {
      shift.offsetMs = JSON.parse(readFileSync(file, "utf8")).offsetMs;
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
  return shift;
}
