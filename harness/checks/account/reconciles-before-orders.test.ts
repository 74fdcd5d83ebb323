import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting as night, stopped, type Lines } from "../../../test/support/journal.ts";
import {
  asked,
  gap,
  placed,
  privateClosed,
  privateOpened,
  privateSubscribed,
} from "../../../test/support/journal-private.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { reconcilesBeforeOrders } from "./reconciles-before-orders.ts";

const setting = { ...night, compression: 30 };
const judge = (...lines: Lines[]) =>
  reconcilesBeforeOrders({ within: seconds(30) }).judge(journalOf(...lines), setting);
const before = [clientStarted("22:00"), privateOpened("22:00:01", "private-1"), placed("22:01", "a")];
const lost = [gap("22:05:00", "22:05:20"), privateClosed("22:05:00", "private-1", "network")];
const back = [privateOpened("22:05:25", "private-2"), privateSubscribed("22:05:26", "private-2")];
const [orders, executions, positions] = ["/v5/order/realtime", "/v5/execution/list", "/v5/position/list"] as const;
const all = [asked("22:05:27", orders), asked("22:05:27", executions), asked("22:05:28", positions)];
const end = stopped("22:10", "end-of-run");

test("all three before the next order pass, with the time it took", () => {
  expect(judge(before, lost, back, all, placed("22:05:30", "b"), end)).toMatchObject({
    verdict: "pass",
    measured: 2_000,
    message:
      "reference asks for orders, executions and positions within 30 s of a private reconnect, before the next order: 2 s after private-2 was subscribed at 22 Oct 02:05:26 UTC+4.",
  });
});

test("an order before the last of them fails", () => {
  const { verdict, message, excuse } = judge(before, lost, back, all, placed("22:05:27.5", "b"), end);
  expect({ verdict, excuse }).toEqual({ verdict: "fail", excuse: undefined });
  expect(message).toContain(
    "it placed order link-b at 22 Oct 02:05:27 UTC+4, before it had asked for /v5/position/list",
  );
});

test("orders may be asked for one by one, and then each of those that were open", () => {
  const rest = [asked("22:05:27", executions), asked("22:05:28", positions)];
  const one = (id: string) => request("22:05:27", `${orders}?category=linear&orderId=${id}`);
  expect(judge(before, lost, back, one("a"), rest, placed("22:05:30", "b"), end).verdict).toBe("pass");
  const two = [before, placed("22:02", "c")];
  expect(judge(two, lost, back, one("a"), rest, placed("22:05:30", "b"), end).message).toContain(
    "before it had asked for /v5/order/realtime",
  );
  expect(judge(two, lost, back, one("a"), one("c"), rest, placed("22:05:30", "b"), end).verdict).toBe("pass");
});

test("an order while the stream is down fails; one that was on its way does not", () => {
  expect(judge(before, lost, back, all, placed("22:05:10", "b"), end).excuse).toMatchObject({ latenessMs: 7_000 });
  expect(judge(before, lost, back, all, placed("22:05:10", "b"), end).message).toContain(
    "before it was subscribed again",
  );
  expect(judge(before, lost, back, all, placed("22:05:01", "b"), end).verdict).toBe("pass");
});

test("one of the three missing fails, also where it was refused or asked too soon", () => {
  expect(judge(before, lost, back, all.slice(1), end).message).toContain("it did not ask for /v5/order/realtime");
  expect(judge(before, lost, back, all.slice(1), asked("22:05:27", orders, 10006), end).verdict).toBe("fail");
  expect(judge(before, lost, back, all.slice(1), asked("22:05:22", orders), end).verdict).toBe("fail");
});

test("never back fails; too little time is unknown; no gap is not applicable", () => {
  expect(judge(before, lost, end).message).toContain("it was not subscribed again");
  expect(judge(before, lost, back, stopped("22:05:40")).verdict).toBe("unknown");
  expect(judge(before, end).verdict).toBe("unknown");
});
