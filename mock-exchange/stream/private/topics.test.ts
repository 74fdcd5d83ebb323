import { expect, test } from "vitest";
import { parseTopic } from "./topics.ts";

test("a topic is a family, or one of its categories", () => {
  expect(parseTopic("order")).toEqual({ family: "order", category: "" });
  expect(parseTopic("execution.fast.spot")).toEqual({ family: "execution.fast", category: "spot" });
  expect(parseTopic("dcp.future")).toEqual({ family: "dcp.future", category: "" });
});

test.each(["position.spot", "wallet.linear", "order.", ".linear", "", "dcp", "dcp.future.linear"])(
  "%o is no topic",
  (topic) => expect(parseTopic(topic)).toBeUndefined(),
);

test.each(["constructor", "toString", "__proto__", "constructor.linear", "__proto__.spot", "order.constructor"])(
  "%s is no topic either, though every object has it",
  (topic) => expect(parseTopic(topic)).toBeUndefined(),
);
