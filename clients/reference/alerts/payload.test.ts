import { expect, test } from "vitest";
import { listed, messageWith } from "./payload.ts";

test("a list of up to five is whole, a longer one is summarised", () => {
  expect(listed(["a", "b", "c", "d", "e"])).toBe("a, b, c, d, e");
  expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("[6 items] First 3: a, b, c");
});

test("a message within the limits is as it was", () => {
  const fields = [{ name: "since", value: "14:20:00" }];
  expect(messageWith("REST fails", fields)).toEqual({
    content: "REST fails",
    embeds: [{ title: "REST fails", fields }],
  });
});

test("of what is too large fields go from the end, three stay, each is cut, and what was cut is said", () => {
  const fields = Array.from({ length: 100 }, (_, n) => ({ name: `field ${n}`, value: "💥".repeat(5_000) }));
  const { embeds } = messageWith("REST fails", fields);
  const [embed] = embeds;
  expect(embed?.fields.length).toBeGreaterThanOrEqual(3);
  for (const { value } of embed?.fields ?? []) {
    expect(value.length).toBeLessThanOrEqual(1_024);
    expect(value).toMatch(/^(💥)+ … \(10000 characters\)$/u);
  }
  expect(embed?.footer?.text).toBe(`${100 - (embed?.fields.length ?? 0)} more fields were left out`);
  expect(JSON.stringify(embeds).length).toBeLessThan(6_000);
});
