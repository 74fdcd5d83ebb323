import { expect, test } from "vitest";
import { loadFolder } from "../../core/load-folder.ts";
import type { FaultKind } from "../incident/fault.ts";
import { allFaults, faultGroups } from "./faults.ts";

test.each(faultGroups)("every fault of %s is called what its file is", async (group) => {
  const files = await loadFolder<FaultKind>(new URL(`../faults/${group}/`, import.meta.url));
  expect(files.length).toBeGreaterThan(0);
  expect(files.map(({ value }) => value.kind)).toEqual(files.map(({ name }) => `${group}.${name}`));
});

test("the catalogue says what each does and needs", async () => {
  const faults = await allFaults();
  expect(faults.find(({ name }) => name === "clock.jump")).toEqual({
    name: "clock.jump",
    summary: "the client's date jumps once, forwards or backwards",
    actions: [],
    needs: ["a time provider that can move the client's date"],
  });
  expect(faults.find(({ name }) => name === "server.rest")?.actions).toContain("reset-mid-reply");
  expect(faults.find(({ name }) => name === "server.stream")?.actions).toContain("mid-frame-reset");
  expect(faults.filter(({ summary }) => summary.length < 20)).toEqual([]);
});
