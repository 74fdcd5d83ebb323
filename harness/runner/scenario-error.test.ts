import { expect, test } from "vitest";
import { FiredrillError } from "../../core/errors.ts";
import { ofTheScenario } from "./scenario-error.ts";

const file = "/home/me/drills/mine.ts";
const thrown = (stack: string): Error => Object.assign(new TypeError("x is not a function"), { stack });

test("what the scenario's own file throws is its author's, with the place", () => {
  const error = ofTheScenario(
    thrown(`TypeError: x is not a function\n    at Object.play (file://${file}:12:5)`),
    { id: "mine" },
    file,
  );
  expect(error).toBeInstanceOf(FiredrillError);
  expect((error as Error).message).toBe(
    `The scenario mine threw in its play: TypeError: x is not a function, at ${file}:12. Correct the file.`,
  );
});

test("what is no error is, too", () => {
  expect(ofTheScenario("nothing", { id: "mine" }, file)).toBeInstanceOf(FiredrillError);
});

test("what our own code throws is ours, though the scenario called it", () => {
  const error = new TypeError("ours");
  expect(ofTheScenario(error, { id: "mine" }, file)).toBe(error);
});

test("one clear message stays what it is", () => {
  const error = new FiredrillError("Interrupted.", { exitCode: 130 });
  expect(ofTheScenario(error, { id: "mine" }, file)).toBe(error);
});
