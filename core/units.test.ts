import { expect, test } from "vitest";
import { count, formatDuration, hours, minutes, seconds } from "./units.ts";

test.each([
  [0, "0 ms"],
  [870, "870 ms"],
  [999.4, "999 ms"],
  [999.6, "1 s"],
  [4_200, "4.2 s"],
  [30_000, "30 s"],
  [59_960, "1 min"],
  [minutes(2) + seconds(5), "2 min 05 s"],
  [minutes(20), "20 min"],
  [hours(1) - 400, "1 h 00 min"],
  [hours(3) + minutes(6), "3 h 06 min"],
  [hours(26), "26 h 00 min"],
  [-seconds(5), "-5 s"],
])("%d ms is written as %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

test("a count agrees with its noun", () => {
  expect([count(0, "wave"), count(1, "wave"), count(2, "wave")]).toEqual(["0 waves", "1 wave", "2 waves"]);
  expect(count(2, "try", "tries")).toBe("2 tries");
});
