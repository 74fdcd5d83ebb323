import { describe, expect, test } from "vitest";
import {
  authenticated,
  clientStarted,
  closed,
  crashed,
  fault,
  journalOf,
  line,
  opened,
  order,
  orderFor,
  setting,
  signal,
  stopped,
  type Line,
  type Lines,
} from "../../../test/support/journal.ts";
import { sent } from "../../../test/support/order-journal.ts";
import { tradesEveryWave } from "./trades-every-wave.ts";

const judge = (...lines: Lines[]) => tradesEveryWave({ missedPerFault: 1 }).judge(journalOf(...lines), setting);
const start = [clientStarted("22:30"), opened("22:30:01", "signal-1"), authenticated("22:30:01", "signal-1")];
const end = stopped("24:10", "end-of-run");
/** Waves of two signals each, looked for at 22:35, 22:50, 23:05 and so on. */
const waves = (...times: string[]): Line[] => times.flatMap((time) => [signal(time), signal(time, "ETHUSDT")]);
const trades = (time: string, wave: string): Line[] => [orderFor(time, wave), orderFor(time, wave, "ETHUSDT")];

test("a client that trades every wave passes", () => {
  const seen = judge(start, waves("22:15", "22:30"), trades("22:35:02", "22:15"), trades("22:50:02", "22:30"), end);
  expect(seen).toMatchObject({ verdict: "pass", measured: 0, target: 0, unit: "waves" });
  expect(seen.message).toBe(
    "reference trades every wave of signals; misses at most 1 per fault: it traded 2 of the 2 waves it was running for.",
  );
});

test("a client that goes blind fails; the message names who, how many, from when, why, and where to look", () => {
  const seen = judge(
    start,
    waves("22:15", "22:30", "22:45", "23:00"),
    trades("22:35:02", "22:15"),
    fault("f1", { from: "22:49", landed: "22:50", to: "22:55" }),
    closed("22:50:00", "signal-1"),
    end,
  );
  expect(seen).toMatchObject({ verdict: "fail", measured: 3, target: 1 });
  expect(seen.message).toContain(
    "Expected reference to trade every wave; it missed 3 waves: waves 2025-10-21T22:30:00.000Z to 2025-10-21T23:00:00.000Z, due from 22 Oct 02:50:00 UTC+4; before that it last traded at 22 Oct 02:35:02 UTC+4; at 22 Oct 02:50:00 UTC+4 the server closed signal-1 with 1000 (OK), and it never connected again; 6 orders were not placed.",
  );
});

test("what the misses cost is said: orders, money at the usual size, and what was refused with its code", () => {
  const worth = (id: string, price: string): Line =>
    line("22:35:02", "exchange.execution", {
      ...{ execId: id, orderId: id, orderLinkId: id, category: "linear", symbol: "BTCUSDT", side: "Buy" },
      ...{ execType: "Trade", price, qty: "0.5", fee: "0", isMaker: false },
    });
  const refused = sent("22:50:01", "22:30", "BTCUSDT", { retCode: 110007, retMsg: "ab not enough for new order" });
  const { message } = judge(
    start,
    waves("22:15", "22:30", "22:45"),
    trades("22:35:02", "22:15"),
    [worth("a", "50"), worth("b", "40"), worth("c", "900")],
    refused,
    end,
  );
  expect(message).toContain(
    "; 4 orders were not placed, some 100 USDT at its usual 25; 1 was refused: 110007 ab not enough for new order",
  );
});

test("a client that came back and still misses is reported with when it was back", () => {
  const { message } = judge(
    start,
    waves("22:15"),
    closed("22:31:00", "signal-1", { by: "network", code: 1006 }),
    opened("22:31:05", "signal-2"),
    end,
  );
  expect(message).toContain(
    "Expected reference to trade every wave; it missed 1 wave: wave 2025-10-21T22:15:00.000Z, due from 22 Oct 02:35:00 UTC+4; it never traded; at 22 Oct 02:31:00 UTC+4 the network ended signal-1 without a close frame, and it was back at 22 Oct 02:31:05 UTC+4; 2 orders were not placed.",
  );
  expect(message).toContain(
    "Expected reference to trade every wave; it missed 1 wave: wave 2025-10-21T22:15:00.000Z, due from 22 Oct 02:35:00 UTC+4; it never traded; at 22 Oct 02:31:00 UTC+4 the network ended signal-1 without a close frame, and it was back at 22 Oct 02:31:05 UTC+4; 2 orders were not placed.",
  );
});

describe("what cannot be judged", () => {
  test("no wave was due", () => {
    expect(judge(start, end)).toMatchObject({ verdict: "unknown", measured: null });
  });
  test("the only wave was due in the last minutes", () => {
    expect(judge(start, waves("23:46:30"), end).verdict).toBe("unknown");
    expect(judge(start, waves("23:46"), end).verdict).toBe("fail");
  });
  test("the only wave was due while the client was coming up", () => {
    const up = [clientStarted("22:30"), authenticated("22:34:30", "signal-1")];
    expect(judge(up, waves("22:15"), end).verdict).toBe("unknown");
    expect(judge(up, waves("22:15"), trades("22:35:20", "22:15"), end).verdict).toBe("pass");
  });
  test("the only wave was due before the client was started", () => {
    expect(judge(start, waves("22:09:59"), end).verdict).toBe("unknown");
  });
});

describe("a fault", () => {
  const during = fault("f1", { from: "22:49", landed: "22:50", to: "22:55" });

  test("excuses one wave that is due while it lasts", () => {
    const seen = judge(start, waves("22:15", "22:30"), trades("22:35", "22:15"), during, end);
    expect(seen).toMatchObject({ verdict: "pass", measured: 1, target: 1 });
    expect(seen.message).toBe(
      "reference trades every wave of signals; misses at most 1 per fault: it traded 1 of the 2 waves it was running for.",
    );
  });

  test("does not excuse a wave that is due after it healed", () => {
    expect(judge(start, waves("22:15", "22:45"), trades("22:35", "22:15"), during, end)).toMatchObject({
      verdict: "fail",
      measured: 1,
      target: 0,
    });
  });

  test("does not excuse a wave for a fault that did not land", () => {
    expect(judge(start, waves("22:30"), fault("f1", { from: "22:49", to: "22:55" }), end).verdict).toBe("fail");
  });

  test("does not lend its excuse to another fault", () => {
    const long = fault("f1", { from: "22:49", landed: "22:50", to: "23:10" });
    const other = fault("f2", { from: "23:30", landed: "23:31", to: "23:32" });
    expect(judge(start, waves("22:30", "22:45"), long, other, end)).toMatchObject({
      verdict: "fail",
      measured: 2,
      target: 1,
    });
  });

  test("of two at the same time excuses one wave each", () => {
    const both = ["f1", "f2"].map((id) => fault(id, { from: "22:49", landed: "22:50", to: "23:10" })).flat();
    const before = [waves("22:15"), trades("22:35", "22:15")].flat();
    const seen = judge(start, before, waves("22:30", "22:45"), both, end);
    expect(seen).toMatchObject({ verdict: "pass", measured: 2, target: 2 });
    expect(judge(start, before, waves("22:30"), both, end)).toMatchObject({ verdict: "pass", measured: 1, target: 1 });
  });

  test("that covers every wave there was leaves nothing to judge", () => {
    const blind = fault("f1", { from: "22:49", landed: "22:50", to: "23:10" });
    expect(judge(start, waves("22:30"), blind, end)).toMatchObject({ verdict: "unknown", measured: null });
  });
});

describe("a stop by the operator", () => {
  test("excuses every wave that is due in it", () => {
    const seen = judge(
      start,
      waves("22:15", "22:30", "22:45", "23:00"),
      trades("22:35", "22:15"),
      stopped("22:40"),
      clientStarted("23:10"),
      trades("23:20", "23:00"),
      end,
    );
    expect(seen).toMatchObject({ verdict: "pass", measured: 2, target: 2 });
    expect(seen.message).toBe(
      "reference trades every wave of signals; misses at most 1 per fault: it traded 2 of the 2 waves it was running for; 2 more waves came while it was stopped.",
    );
  });

  test("does not excuse the wave after it", () => {
    const restart = [clientStarted("22:55"), authenticated("22:55:02", "signal-2")];
    const seen = judge(start, waves("22:30", "22:45"), stopped("22:40"), restart, end);
    expect(seen).toMatchObject({ verdict: "fail", measured: 2, target: 1 });
    expect(seen.message).toContain("missed 2 waves (1 while it was running, 1 while it was stopped)");
  });
});

test("a crash excuses nothing, and is reported", () => {
  const seen = judge(
    start,
    waves("22:15", "22:30", "22:45"),
    trades("22:35", "22:15"),
    crashed("22:40", 7),
    line("24:10", "run.ended", { wallMs: 1 }),
  );
  expect(seen).toMatchObject({ verdict: "fail", measured: 2, target: 0 });
  expect(seen.message).toContain(
    "Expected reference to trade every wave; it missed 2 waves: waves 2025-10-21T22:30:00.000Z to 2025-10-21T22:45:00.000Z, due from 22 Oct 02:50:00 UTC+4; before that it last traded at 22 Oct 02:35:00 UTC+4; it had exited by itself with code 7 at 22 Oct 02:40:00 UTC+4; 4 orders were not placed.",
  );
});

describe("a wave counts as traded", () => {
  test("only with an order for each of its signals", () => {
    const seen = judge(start, waves("22:15"), orderFor("22:35:02", "22:15"), end);
    expect(seen).toMatchObject({ verdict: "fail", measured: 1 });
    expect(seen.message).toContain("missed 1 wave (1 traded in part)");
  });

  test("only before the next one is due", () => {
    expect(judge(start, waves("22:15"), trades("22:49:59", "22:15"), end).verdict).toBe("pass");
    expect(judge(start, waves("22:15"), trades("22:50:00", "22:15"), end).verdict).toBe("fail");
  });

  test("without its signals for other exchanges and for symbols that are not the client's", () => {
    const others = [signal("22:15", "SOLUSDT", { exchange: "binance" }), signal("22:15", "DOGEUSDT")];
    expect(judge(start, waves("22:15"), others, trades("22:35", "22:15"), end).verdict).toBe("pass");
  });

  test("by symbol and side where the client has ids of its own", () => {
    const own = [order("22:35:01", "a"), order("22:35:01", "b", "ETHUSDT")];
    expect(judge(start, waves("22:15"), own, end).verdict).toBe("pass");
    const wrongSide = [order("22:35:01", "a", "BTCUSDT", "Sell"), order("22:35:01", "b", "ETHUSDT")];
    expect(judge(start, waves("22:15"), wrongSide, end).verdict).toBe("fail");
  });
});
