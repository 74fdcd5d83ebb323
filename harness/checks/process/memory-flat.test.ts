import { expect, test } from "vitest";
import { clientStarted, fault, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { memoryFlat } from "./memory-flat.ts";

const mib = 2 ** 20;
const judge = (...lines: Lines[]) => memoryFlat({ growthBytes: 80 * mib }).judge(journalOf(...lines), setting);
const held = (...samples: [time: string, mib: number][]) =>
  samples.map(([time, size]) => line(time, "client.resources", { rssBytes: size * mib }));
const before = held(["22:01", 60], ["22:02", 110], ["22:03", 105], ["22:04", 120]);
const drops = fault("f1", { from: "22:05", landed: "22:05", to: "22:08" });
const run = [clientStarted("22:00"), before, drops, stopped("22:20", "end-of-run")];

test("memory that comes back to where it was passes, whatever it was in between", () => {
  expect(judge(run, held(["22:06", 400], ["22:10", 130], ["22:11", 190], ["22:12", 180]))).toMatchObject({
    verdict: "pass",
    measured: 25,
    message:
      "reference grows by at most 80 MiB over all its troubles: it went from 105 MiB before the first fault to 130 MiB in the end.",
  });
});

test("a server that only asks is no trouble: memory before the first one is before all that", () => {
  const asks = { fault: "f0", name: "server.stream", harmless: true, does: "probe 5 min" };
  const asked = [
    line("22:01", "fault.armed", { ...asks, endpoint: "exchange-public", awaits: "a connection" }),
    line("22:01:30", "fault.landed", { fault: "f0", name: asks.name, proof: 1, evidence: "public-1: live met probe" }),
  ];
  const seen = judge(run, asked, held(["22:10", 130], ["22:11", 130], ["22:12", 130]));
  expect(seen).toMatchObject({ verdict: "pass", measured: 25 });
});

test("memory that grew and stays fails, with both sides", () => {
  const seen = judge(run, held(["22:10", 240], ["22:11", 250], ["22:12", 245]));
  expect(seen).toMatchObject({ verdict: "fail", measured: 135, target: 80, unit: "MiB" });
  expect(seen.message).toContain(
    "Expected reference to grow by at most 80 MiB; it went from 105 MiB before the first fault to 240 MiB in the end.",
  );
});

test("what it holds while it is being stopped does not count", () => {
  expect(judge(run, held(["22:10", 110], ["22:11", 110], ["22:12", 110], ["22:20:01", 900])).verdict).toBe("pass");
});

test("too few samples are not judged", () => {
  expect(judge(run, held(["22:10", 240])).verdict).toBe("unknown");
  expect(judge([clientStarted("22:00"), drops], held(["22:10", 240], ["22:11", 250], ["22:12", 245])).verdict).toBe(
    "unknown",
  );
});

test("where the system does not show it, it is not applicable", () => {
  expect(judge(clientStarted("22:00"), drops).verdict).toBe("not-applicable");
});
