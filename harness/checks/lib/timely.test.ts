import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf } from "../../../test/support/journal.ts";
import { judgeTimely } from "./timely.ts";

const [event] = journalOf(clientStarted("22:00")).events;
if (event === undefined) throw new Error("a journal without a line");
const occasion = (afterMs: number) => ({ event, what: "it was asked", at: seconds(60), afterMs });
const judge = (...afterMs: number[]) =>
  judgeTimely(afterMs.map(occasion), {
    within: seconds(5),
    unjudged: "Nobody asked.",
    passed: ({ afterMs: ms }) => `It answered after ${ms} ms.`,
    expected: () => "Expected it to answer within 5 s",
  });

test("the one that took longest is told", () => {
  expect(judge(1_000, 4_000, 2_000)).toMatchObject({
    ...{ verdict: "pass", measured: 4_000, target: 5_000, message: "It answered after 4000 ms." },
    evidence: [{ seq: 0, what: "it was asked" }],
  });
});

test("too late fails, and a late machine may be why", () => {
  expect(judge(1_000, 9_000)).toMatchObject({
    ...{ verdict: "fail", measured: 9_000 },
    message: "Expected it to answer within 5 s; it took 9 s. See journal line 0.",
    excuse: { fromAt: 60_000, toAt: 69_000, latenessMs: 4_000 },
  });
});

test("never fails, and no late machine is why", () => {
  const { verdict, message, excuse } = judge(9_000, Infinity);
  expect({ verdict, excuse }).toEqual({ verdict: "fail", excuse: undefined });
  expect(message).toBe("Expected it to answer within 5 s; it never did. See journal line 0.");
});

test("without an occasion nothing is judged", () => {
  expect(judge()).toMatchObject({ verdict: "unknown", measured: null, message: "Nobody asked." });
});
