/** A real Node child at x300 under each provider, against the harness's clock. Bands are stated in wall time. */

import { beforeAll, describe, expect, test } from "vitest";
import { providers, timedChildren, type TimedChild } from "../../../test/support/timed-child.ts";
import { preload } from "./preload.ts";

const compression = 300;
/** A provider's own rounding, wall ms: Date counts whole ms, which is less; libfaketime's offset has three digits. */
const roundingMs = 0.1;
const child = timedChildren();

describe.each(providers)("under $provider.name", ({ provider, present, mayBeEarlyMs }) => {
  let node: TimedChild;
  beforeAll(async () => {
    if (present) node = await child(provider);
  });

  /** How far off the child may be, incident ms. The preload shares our clock; libfaketime's start is only known so well. */
  const band = (): number => (roundingMs + (provider === preload ? 0 : node.startMs)) * compression;

  test.skipIf(!present)("its date is the harness's", async () => {
    for (let i = 0; i < 5; i += 1) {
      const before = node.clock.now();
      const theirs = await node.ask<number>("return Date.now()");
      expect(theirs).toBeGreaterThanOrEqual(before - band());
      expect(theirs).toBeLessThanOrEqual(node.clock.now() + band());
    }
  });

  test.skipIf(!present).each([
    ["new Date().toLocaleString", 'new Date().toLocaleString("sv")'],
    ["Intl's format", "format.format()"],
    ["Intl's format, passed on", "[undefined].map(format.format)[0]"],
    ["Intl's formatToParts", 'format.formatToParts().map((part) => part.value).join("")'],
    ["Date as a function", "format.format(Date.parse(Date()))"],
    [
      "the date's own parts",
      "format.format(new Date(...((d) => [d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds()])(new Date())))",
    ],
  ])("%s gives the incident's date in the client's time zone", async (_what, reading) => {
    // Written so, a text sorts as its date does. An argument is never taken for a missing one.
    const seen = await node.ask<{ before: string; text: string; after: string; zone: string; fixed: string }>(`
        const format = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "medium" });
        const exact = () => new Date(Date.now() + 4 * 3600000).toISOString().slice(0, 19).replace("T", " ");
        const before = exact(), text = ${reading}, after = exact();
        return { before, text, after, zone: format.resolvedOptions().timeZone, fixed: format.format(0) };`);
    expect(seen).toMatchObject({ zone: "Asia/Dubai", fixed: "1970-01-01 04:00:00" });
    expect([seen.before, seen.text, seen.after].toSorted()).toEqual([seen.before, seen.text, seen.after]);
  });

  test
    .skipIf(!present)
    .each([
      "Date.now()",
      "performance.now()",
      "Number(process.hrtime.bigint()) / 1e6",
      "process.hrtime().reduce((s, ns) => s * 1e3 + ns / 1e6)",
      "process.uptime() * 1e3",
      'performance.mark("now").startTime',
      'performance.measure("since the origin").duration',
    ])("%s runs as fast as the harness's clock", async (reading) => {
    const span = async (): Promise<[number, number, number]> => {
      const before = node.clock.elapsed();
      const theirs = await node.ask<number>(`return ${reading}`);
      return [before, theirs, node.clock.elapsed()];
    };
    const [from, theirFrom, fromAtLatest] = await span();
    await node.clock.sleep(15_000);
    const [to, theirTo, toAtLatest] = await span();
    expect(theirTo - theirFrom).toBeGreaterThanOrEqual(to - fromAtLatest - roundingMs * compression);
    expect(theirTo - theirFrom).toBeLessThanOrEqual(toAtLatest - from + roundingMs * compression);
  });

  test.skipIf(!present).each([
    ["setTimeout", "await new Promise((done) => setTimeout(done, ms))"],
    ["promisified setTimeout", "await promisify(setTimeout)(ms)"],
    ["timers/promises.setTimeout", "await sleep(ms)"],
    ["scheduler.wait", "await scheduler.wait(ms)"],
    [
      "AbortSignal.timeout",
      'const signal = AbortSignal.timeout(ms); await new Promise((done) => signal.addEventListener("abort", done)); if (signal.reason.name !== "TimeoutError") throw signal.reason',
    ],
    [
      "the first tick of setInterval",
      "await new Promise((done) => { const t = setInterval(() => { clearInterval(t); done(); }, ms); })",
    ],
    ["the first tick of timers/promises.setInterval", "for await (const _ of every(ms)) break"],
    ["Atomics.wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)"],
  ])("%s waits in incident time, never less than asked", async (_what, wait) => {
    const longestWaitMs = 6_000;
    const waits = await node.ask<{ asked: number; waited: number }[]>(`
      const waits = [];
      for (const ms of [1500, 3100, 4444, ${longestWaitMs}]) {
        let from = performance.now();
        ${wait};
        waits.push({ asked: ms, waited: performance.now() - from });
      }
      return waits;`);
    for (const { asked, waited } of waits) expect(waited).toBeGreaterThanOrEqual(asked - mayBeEarlyMs * compression);
    expect(waits).toHaveLength(4);
  });

  test.skipIf(!present)("an hour's timeout does not take an hour", async () => {
    const from = node.clock.elapsed();
    await node.ask("await sleep(60000)");
    expect(node.clock.elapsed() - from).toBeGreaterThanOrEqual(60_000 - mayBeEarlyMs * compression);
  });

  test.skipIf(!present)("a child of the client has its date and its speed", async () => {
    const longMs = 30_000;
    const reports = `const at = [Date.now()]; setTimeout(() => console.log(JSON.stringify([...at, Date.now()])), ${longMs})`;
    const [before, began, ended, after] = await node.ask<[number, number, number, number]>(`
      const { execFile } = require("node:child_process");
      const run = promisify(execFile);
      const before = Date.now();
      const { stdout } = await run(process.execPath, ["-e", ${JSON.stringify(reports)}]);
      return [before, ...JSON.parse(stdout), Date.now()];`);
    const slackMs = roundingMs * compression;
    expect(began).toBeGreaterThanOrEqual(before - slackMs);
    expect(ended - began).toBeGreaterThanOrEqual(longMs - mayBeEarlyMs * compression);
    expect(ended).toBeLessThanOrEqual(after + slackMs);
  });

  test.skipIf(!present)("a cancelled timer does not fire, and an aborted sleep ends", async () => {
    const outcome = await node.ask<{ fired: boolean; name: string }>(`
      let fired = false;
      clearTimeout(setTimeout(() => { fired = true; }, 1500));
      clearInterval(setInterval(() => { fired = true; }, 1500));
      const abort = new AbortController();
      const sleeping = sleep(3600000, null, { signal: abort.signal });
      setTimeout(() => abort.abort(), 3000);
      const name = await sleeping.catch((error) => error.name);
      return { fired, name };`);
    expect(outcome).toEqual({ fired: false, name: "AbortError" });
  });
});

test.each(["Number(process.hrtime.bigint()) / 1e6", "process.hrtime().reduce((s, ns) => s * 1e3 + ns / 1e6)"])(
  "under the preload %s runs at a speed that is no whole number",
  async (reading) => {
    const node = await child(preload, { compression: 2.5 });
    const [from, to] = await node.ask<{ before: number; read: number; after: number }[]>(`
      const look = () => ({ before: performance.now(), read: ${reading}, after: performance.now() });
      const first = look();
      await sleep(500);
      return [first, look()];`);
    if (from === undefined || to === undefined) throw new Error("the child looked less than twice");
    // x3 for x2.5 would be off by a fifth.
    const roundingMs = 0.01;
    expect(to.read - from.read).toBeGreaterThanOrEqual(to.before - from.after - roundingMs);
    expect(to.read - from.read).toBeLessThanOrEqual(to.after - from.before + roundingMs);
  },
);

describe("the preload", () => {
  let node: TimedChild;
  beforeAll(async () => void (node = await child(preload)));

  test.each([
    [
      "setInterval",
      "await new Promise((done) => { const t = setInterval(() => { note(); if (ticks.length === 30) { clearInterval(t); done(); } }, 1000); });",
    ],
    ["timers/promises.setInterval", "for await (const _ of every(1000)) { note(); if (ticks.length === 30) break; }"],
  ])("keeps %s in step: at most one tick a period, however busy the machine", async (_what, run) => {
    const { from, ticks } = await node.ask<{ from: number; ticks: number[] }>(`
      const ticks = [];
      const note = () => { ticks.push(performance.now()); if (ticks.length === 3) { const until = performance.now() + 4500; while (performance.now() < until); } };
      const from = performance.now();
      ${run}
      return { from, ticks };`);
    // 30 ticks of 1000 ms cannot be there before 30 s; without the stall's four missed ticks they would be.
    expect((ticks.at(-1) ?? 0) - from).toBeGreaterThanOrEqual(33_000);
    for (const [index, at] of ticks.entries()) expect(at - from).toBeGreaterThanOrEqual((index + 1) * 1_000);
  });

  test.each([
    [
      "setInterval",
      "await new Promise((done) => { const t = setInterval(() => { note(); if (ticks.length === 100) { clearInterval(t); done(); } }, 1100); });",
    ],
    ["timers/promises.setInterval", "for await (const _ of every(1100)) { note(); if (ticks.length === 100) break; }"],
  ])("a late tick of %s does not delay the next, and none is early", async (_what, run) => {
    const { from, ticks } = await node.ask<{ from: number; ticks: number[] }>(`
      const ticks = [];
      const note = () => ticks.push(performance.now());
      const from = performance.now();
      ${run}
      return { from, ticks };`);
    const gaps = ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0));
    expect(Math.min(...gaps)).toBeLessThan(1_100);
    for (const [index, at] of ticks.entries()) expect(at - from).toBeGreaterThanOrEqual((index + 1) * 1_100);
  });

  test("Date stays Date", async () => {
    const seen = await node.ask<Record<string, unknown>>(`
      class Sub extends Date {}
      return {
        instance: new Date() instanceof Date,
        constructed: new Date().constructor === Date,
        foreign: structuredClone(new Date(0)) instanceof Date,
        stat: require("fs").statSync("/").mtime instanceof Date,
        sub: new Sub() instanceof Sub && Math.abs(new Sub() - Date.now()) < 60000,
        subFixed: new Sub(5).getTime(),
        fixed: new Date("2025-10-21T22:00:00Z").toISOString(),
        parts: new Date(2025, 9, 22, 2).toISOString(),
        utc: Date.UTC(1970, 0, 1),
        parse: Date.parse("1970-01-01T00:00:01Z"),
        text: typeof Date(),
        year: Date().includes("2025"),
        name: Date.name,
      };`);
    expect(seen).toEqual({
      instance: true,
      constructed: true,
      foreign: true,
      stat: true,
      sub: true,
      subFixed: 5,
      fixed: "2025-10-21T22:00:00.000Z",
      parts: "2025-10-21T22:00:00.000Z",
      utc: 0,
      parse: 1_000,
      text: "string",
      year: true,
      name: "Date",
    });
  });

  test("a timeout can be refreshed, unrefed, and given arguments", async () => {
    const seen = await node.ask(`
      const t = setTimeout(() => {}, 3000);
      const chained = t.unref() === t && !t.hasRef() && t.ref().hasRef() && t.refresh() === t;
      clearTimeout(t);
      const args = await new Promise((done) => setTimeout((...a) => done(a), 0, 1, "two"));
      const value = await sleep(0, "value");
      return { chained, args, value };`);
    expect(seen).toEqual({ chained: true, args: [1, "two"], value: "value" });
  });
});
