import { describe, expect, test } from "vitest";
import { random } from "./random.ts";

const draw = (seed: string, n = 20): number[] => {
  const stream = random(seed);
  return Array.from({ length: n }, () => stream.next());
};

test("the same seed gives the same numbers, another seed others", () => {
  expect(draw("night")).toEqual(draw("night"));
  expect(draw("night")).not.toEqual(draw("day"));
});

describe("a fork", () => {
  test("does not depend on what was drawn before it", () => {
    const fresh = random("night");
    const used = random("night");
    for (let i = 0; i < 7; i += 1) used.next();
    expect(used.fork("waves").next()).toBe(fresh.fork("waves").next());
  });

  test("does not shift its parent's numbers", () => {
    const parent = random("night");
    parent.fork("waves").next();
    expect(parent.next()).toBe(random("night").next());
  });

  test("of another name is another stream", () => {
    expect(random("night").fork("a").next()).not.toBe(random("night").fork("b").next());
  });
});

test("integers reach both bounds and never leave them", () => {
  const dice = random("dice");
  const seen = new Set(Array.from({ length: 600 }, () => dice.integer(5, 7)));
  expect([...seen].sort()).toEqual([5, 6, 7]);
});

test("next is spread evenly over [0, 1)", () => {
  const draws = draw("spread", 10_000);
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  const buckets = Array.from({ length: 10 }, (_, i) => draws.filter((x) => Math.floor(x * 10) === i).length);
  for (const size of buckets) expect(Math.abs(size - 1_000)).toBeLessThan(150);
});

test("chance holds its probability", () => {
  const coin = random("coin");
  const hits = Array.from({ length: 10_000 }, () => coin.chance(0.2)).filter(Boolean).length;
  expect(Math.abs(hits - 2_000)).toBeLessThan(200);
});

test("normal deviates have mean 0 and deviation 1", () => {
  const bell = random("bell");
  const draws = Array.from({ length: 10_000 }, () => bell.normal());
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.1);
});

test("shuffle gives a permutation and leaves the list alone", () => {
  const list = Array.from({ length: 50 }, (_, index) => index);
  const before = [...list];
  const shuffled = random("cards").shuffle(list);
  expect(list).toEqual(before);
  expect(shuffled).not.toEqual(before);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(before);
});

test("every element can end up in every place", () => {
  const cards = random("fair");
  const firsts = Array.from({ length: 300 }, () => cards.shuffle(["a", "b", "c"])[0]);
  for (const letter of ["a", "b", "c"]) expect(firsts.filter((first) => first === letter).length).toBeGreaterThan(60);
});

test("pick takes one of the list and refuses an empty one", () => {
  const stream = random("pick");
  expect(["x", "y"]).toContain(stream.pick(["x", "y"]));
  expect(() => stream.pick([])).toThrow(RangeError);
});
