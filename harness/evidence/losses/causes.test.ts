import { expect, test } from "vitest";
import { journalOf, line, setting, stopped } from "../../../test/support/journal.ts";
import { streaming } from "../../../test/support/stream-journal.ts";
import { Evidence } from "../evidence.ts";

test("what does no harm takes nothing: a connection that is asked whether it is there is not lost", () => {
  const on = { endpoint: "exchange-public", connection: "public-1" };
  const losses = (harmless: boolean) => {
    const asks = { fault: "fault-1", name: "server.stream", endpoint: "exchange-public", rules: ["rule-1"], harmless };
    return new Evidence(
      journalOf(
        streaming("22:00:05", "public-1"),
        line("22:01", "fault.armed", { ...asks, does: "probe", awaits: "a connection" }),
        line("22:01:01", "rule.hit", { ...on, rule: "rule-1", subject: "live", nth: 1 }),
        line("22:01:01", "fault.landed", { fault: "fault-1", name: "server.stream", proof: -1, evidence: "met" }),
        line("22:09", "exchange.stream-healed", { ...on, rule: "rule-1", subject: "live" }),
        stopped("22:10", "end-of-run"),
      ),
      setting,
    ).losses();
  };
  expect(losses(true)).toEqual([]);
  expect(losses(false)).toHaveLength(1);
});
