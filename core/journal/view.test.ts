import { expect, test } from "vitest";
import { JournalView } from "./view.ts";

const note = (seq: number, at: number, text: string) => ({ seq, at, type: "note" as const, text });
const ended = (seq: number, at: number) => ({
  seq,
  at,
  type: "rule.ended" as const,
  rule: "r",
  endpoint: "signal",
  why: "expired" as const,
  hits: 0,
});
const view = new JournalView([note(0, 10, "a"), ended(1, 20), note(2, 30, "b"), note(3, 30, "c")]);

test("all gives the events of the types asked for, in order", () => {
  expect(view.all("note").map(({ text }) => text)).toEqual(["a", "b", "c"]);
  expect(view.all("rule.ended", "note").map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
});

test("first gives the earliest that fits, from a moment on", () => {
  expect(view.first("note")?.text).toBe("a");
  expect(view.first("note", () => true, 30)?.text).toBe("b");
  expect(view.first("note", ({ text }) => text === "c")?.seq).toBe(3);
  expect(view.first("note", () => true, 31)).toBeUndefined();
});

test("last gives the latest that fits, up to a moment", () => {
  expect(view.last("note")?.text).toBe("c");
  expect(view.last("note", () => true, 30)?.text).toBe("c");
  expect(view.last("note", () => true, 29)?.text).toBe("a");
});

test("a journal ends with its last event", () => {
  expect(view.endMs).toBe(30);
  expect(new JournalView([]).endMs).toBe(0);
});
