/** Monotonic time: performance with its marks and measures, process.hrtime, process.uptime. */

exports.installMonotonic = ({ originNs, compression, elapsedMs }, date) => {
  const loadedMs = elapsedMs();
  const monotonicMs = () => elapsedMs() - loadedMs;
  performance.now = monotonicMs;
  Object.defineProperty(performance, "timeOrigin", { value: date() - monotonicMs(), configurable: true });

  const mark = performance.mark.bind(performance);
  performance.mark = (name, options) => mark(name, { ...options, startTime: options?.startTime ?? monotonicMs() });
  const measure = performance.measure.bind(performance);
  performance.measure = (name, from, endMark) => {
    if (endMark !== undefined) return measure(name, from, endMark);
    const options = typeof from === "object" && from !== null ? { ...from } : { start: from };
    if (options.duration === undefined) options.end ??= monotonicMs();
    return measure(name, options);
  };

  const hrtimeBigint = process.hrtime.bigint.bind(process.hrtime);
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
  // The compression may be a fraction, which a bigint cannot be; a double holds the ns of a hundred days.
  hrtime.bigint = () => originNs + BigInt(Math.round(Number(hrtimeBigint() - originNs) * compression));
  process.hrtime = hrtime;
  process.uptime = () => monotonicMs() / 1_000;
};
