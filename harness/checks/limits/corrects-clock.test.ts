import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { every, request } from "../../../test/support/rest-journal.ts";
import { correctsClock } from "./corrects-clock.ts";

const judge = (...lines: Lines[]) =>
  correctsClock().judge(journalOf(clientStarted("22:00"), ...lines), { ...setting, compression: 10 });
const end = stopped("22:10", "end-of-run");
const positions = "/v5/position/list?category=linear";
const signed = (time: string, signedAheadMs: number, retCode = 0) =>
  request(time, positions, { signedAheadMs, retCode });
const refused = (time: string) => signed(time, 1_200, 10002);
const askedTime = (time: string) => request(time, "/v5/market/time");

test("asked for the time and right at once", () => {
  const { verdict, measured, message } = judge(refused("22:01"), askedTime("22:01:00.1"), signed("22:01:00.3", 5), end);
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1 });
  expect(message).toBe(
    "reference asks for the exchange's time after a 10002 and signs correctly by the second request: after the 10002 of 22 Oct 02:01:00 UTC+4 (signed 1.2 s ahead) it asked 100 ms later, and of 1 signed request the first right one was number 1.",
  );
});

test("the second is in time, the third is not", () => {
  const late = [refused("22:01"), askedTime("22:01:00.1"), refused("22:01:01")];
  expect(judge(late, signed("22:01:02", 5), end)).toMatchObject({ verdict: "pass", measured: 2 });
  const { verdict, message } = judge(late, refused("22:01:02"), signed("22:01:03", 5), end);
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to ask for the exchange's time after a 10002 and sign correctly by the second request; after the 10002 of 22 Oct 02:01:00 UTC+4 (signed 1.2 s ahead) it asked 100 ms later, and of 3 signed requests the first right one was number 3.",
  );
});

test("what was signed before the time came does not count, however much", () => {
  const { verdict } = judge(
    [refused("22:01"), refused("22:01:00.01"), refused("22:01:00.02"), refused("22:01:00.03")],
    askedTime("22:01:00.1"),
    signed("22:01:00.3", 5),
    end,
  );
  expect(verdict).toBe("pass");
});

test("never right fails", () => {
  const { verdict, measured, message } = judge(
    every(10, "22:01", "22:05", positions, { signedAheadMs: 90_000, retCode: 10002 }),
    end,
  );
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain(
    "Expected reference to ask for the exchange's time after a 10002 and sign correctly by the second request; after the 10002 of 22 Oct 02:01:00 UTC+4 (signed 1 min 30 s ahead) it never asked, and of 24 signed requests none was right.",
  );
});

test("right again by chance, without asking, fails", () => {
  expect(judge(refused("22:01"), signed("22:01:10", 5), end).message).toContain("it never asked");
});

test("each time the clock goes wrong is judged", () => {
  const once = [refused("22:01"), askedTime("22:01:01"), signed("22:01:02", 5)];
  const again = [refused("22:05"), refused("22:05:10"), refused("22:05:20"), refused("22:05:30")];
  expect(judge(once, again, end).verdict).toBe("fail");
  expect(judge(once, refused("22:05"), askedTime("22:05:01"), signed("22:05:02", 5), end).message).toContain(
    "reference asks for the exchange's time after a 10002 and signs correctly by the second request: after the 10002 of 22 Oct 02:01:00 UTC+4 (signed 1.2 s ahead) it asked 1 s later, and of 1 signed request the first right one was number 1.",
  );
});

test("never refused: not applicable; stopped at once: unknown", () => {
  expect(judge(signed("22:01", 5), end).verdict).toBe("not-applicable");
  expect(judge(refused("22:09:59"), askedTime("22:09:59.5"), end).verdict).toBe("unknown");
});
