import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../core/units.ts";
import {
  at,
  closed,
  clientStarted,
  crashed,
  fault,
  journalOf,
  line,
  opened,
  setting,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { reconnects } from "./reconnects.ts";

const judge = (...lines: Lines[]) => reconnects({ within: seconds(30) }).judge(journalOf(...lines), setting);
const outage = [
  clientStarted("22:52:56"),
  opened("22:52:58", "signal-1"),
  fault("f1", { from: "23:04:30", landed: "23:05:00", to: "23:19:00" }),
];
const end = stopped("23:30", "end-of-run");

test("a client that dials again in time passes, with the time it took", () => {
  const { verdict, measured, message, evidence } = judge(
    outage,
    closed("23:05:01", "signal-1"),
    opened("23:05:02.5", "signal-2"),
    end,
  );
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1_500 });
  expect(message).toBe(
    "reference dials again within 30 s of a lost connection: 1.5 s after the server closed signal-1 with 1000 (OK) at 22 Oct 03:05:01 UTC+4.",
  );
  expect(evidence).toMatchObject([{ what: "the server closed signal-1 with 1000 (OK)" }]);
});

test("exactly in time is in time", () => {
  expect(judge(outage, closed("23:05:01", "signal-1"), opened("23:05:31", "signal-2"), end).verdict).toBe("pass");
});

test("a client that never dials again fails; the message names it, the close, the time and how long it had", () => {
  const { verdict, measured, message, excuse, evidence } = judge(outage, closed("23:05:01", "signal-1"), end);
  expect({ verdict, measured, excuse }).toEqual({
    verdict: "fail",
    measured: null,
    // A machine that was late for nearly all of that time may have left it too little.
    excuse: { fromAt: at("23:05:01"), toAt: at("23:30"), latenessMs: minutes(25) - seconds(1) - seconds(30) },
  });
  expect(message).toBe(
    "Expected reference to dial again within 30 s after the server closed signal-1 with 1000 (OK) at 22 Oct 03:05:01 UTC+4; " +
      `it did not in the 24 min 59 s that it had. See journal.ndjson:${evidence[0]?.line ?? "?"}.`,
  );
});

test("a client that takes too long fails with the time it took, and what lateness of the machine would explain it", () => {
  const late = judge(
    outage,
    closed("23:05:01", "signal-1", { by: "network", code: 1006 }),
    opened("23:05:41", "signal-2"),
    end,
  );
  expect(late).toMatchObject({
    verdict: "fail",
    measured: 40_000,
    target: 30_000,
    unit: "ms",
    excuse: { latenessMs: 10_000 },
  });
  expect(late.message).toContain(
    "Expected reference to dial again within 30 s after the network ended signal-1 without a close frame at 22 Oct 03:05:01 UTC+4; it took 40 s.",
  );
});

test("a client that was stopped before its time was up cannot be judged", () => {
  const { verdict, message } = judge(
    outage,
    closed("23:05:01", "signal-1"),
    stopped("23:05:20"),
    clientStarted("23:10"),
    opened("23:10:01", "signal-2"),
    end,
  );
  expect(verdict).toBe("unknown");
  expect(message).toContain(
    "Whether reference dials again within 30 s of a lost connection could not be judged: there was too little time after the server closed signal-1 with 1000 (OK) at 22 Oct 03:05:01 UTC+4.",
  );
});

test("a client that died of the loss is not excused by it", () => {
  const { verdict, measured, message } = judge(outage, closed("23:05:01", "signal-1"), crashed("23:05:02", 7));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain("it exited by itself with code 7 at 22 Oct 03:05:02 UTC+4. See journal.ndjson:");
});

describe("what is no loss", () => {
  test("nothing was closed: cannot be judged", () => {
    expect(judge(outage, end)).toMatchObject({ verdict: "unknown", measured: null });
  });
  test("the client closed it", () => {
    expect(judge(outage, closed("23:05:01", "signal-1", { by: "client" }), end).verdict).toBe("unknown");
  });
  test("it was another endpoint's", () => {
    expect(judge(outage, closed("23:05:01", "rest-1", { endpoint: "exchange-rest" }), end).verdict).toBe("unknown");
  });
  test("it was before the fault landed", () => {
    const before = closed("22:59", "signal-1");
    const proof = 3;
    const landed = fault("f1", { from: "23:04:30", landed: "23:05:00", to: "23:19:00", proof });
    expect(judge(clientStarted("22:52:56"), opened("22:52:58", "signal-1"), before, landed, end).verdict).toBe(
      "unknown",
    );
  });
});

test("of several losses the worst is reported", () => {
  const second = fault("f2", { from: "23:20:00", landed: "23:20:10", to: "23:25:00", proof: 6 });
  const { measured } = judge(
    outage,
    closed("23:05:01", "signal-1"),
    opened("23:05:02", "signal-2"),
    second,
    closed("23:20:11", "signal-2"),
    opened("23:20:36", "signal-3"),
    end,
  );
  expect(measured).toBe(25_000);
});

test("a dial on another endpoint is no reconnect", () => {
  expect(
    judge(outage, closed("23:05:01", "signal-1"), opened("23:05:02", "rest-2", "exchange-rest"), end).verdict,
  ).toBe("fail");
});

test("a close whose line came before the engine's proof of the same moment is a loss", () => {
  const proof = 4;
  const hit = line("23:05:01.5", "proxy.toxic-hit", {
    ...{ endpoint: "signal", connection: "signal/1", seenAtMs: at("23:05:00.9") },
    ...{ toxic: "f1-downstream", stream: "downstream", byteOffset: 10 },
  });
  const { verdict, measured } = judge(
    clientStarted("22:52:56"),
    opened("22:52:58", "signal-1"),
    fault("f1", { from: "23:04:30", landed: "23:05:01.6", proof, to: "23:19:00" }),
    closed("23:05:01", "signal-1", { by: "network", code: 1006 }),
    hit,
    opened("23:05:02.5", "signal-2"),
    end,
  );
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1_500 });
});

describe("after a loss that it dialled again from", () => {
  const again = [
    outage,
    closed("23:05:01", "signal-1"),
    opened("23:05:02", "signal-2"),
    closed("23:05:04", "signal-2"),
  ];

  test("one that it never does fails", () => {
    const { verdict, message } = judge(again, end);
    expect(verdict).toBe("fail");
    expect(message).toContain(
      "Expected reference to dial again within 30 s after the server closed signal-2 with 1000 (OK) at 22 Oct 03:05:04 UTC+4; it did not in the 24 min 56 s that it had.",
    );
  });

  test("a backoff in which it is stopped does not", () =>
    expect(judge(again, stopped("23:06:30", "end-of-run")).verdict).toBe("pass"));
});
