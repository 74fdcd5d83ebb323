import { expect, test } from "vitest";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { staysUp } from "./stays-up.ts";

const judge = (...lines: Lines[]) => staysUp().judge(journalOf(...lines), setting);
const fault = restFault("f1", "22:02", "22:03");

test("a client that runs until it is stopped passes", () => {
  const { verdict, message } = judge(clientStarted("22:00"), fault, stopped("22:05", "end-of-run"));
  expect(verdict).toBe("pass");
  expect(message).toBe("reference does not end by itself, whatever happens: it ran on through 1 fault.");
});

test("a client that ends by itself fails, even with code 0", () => {
  const { verdict, message } = judge(clientStarted("22:00"), fault, crashed("22:02:30", 0));
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to go on running; it exited by itself with code 0 (see the end of client.log) at 22 Oct 02:02:30 UTC+4.",
  );
});

test("without a fault, or without a client, there is nothing to judge", () => {
  expect(judge(clientStarted("22:00"), stopped("22:05", "end-of-run")).verdict).toBe("unknown");
  expect(judge(fault).verdict).toBe("unknown");
});
