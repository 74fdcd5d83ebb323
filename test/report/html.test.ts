/** The HTML report of a real run in a real browser: a red run answers what broke and where the proof is. */

import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firedrill } from "../support/firedrill.ts";
import { available } from "../support/requirements.ts";
import { open } from "./browser.ts";

/** In the page: the colours of the pixels that the curves are drawn with. */
const inksOfCurves = `[...new Set([...document.querySelectorAll(".chart canvas")].flatMap((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: data.length / 4 }, (_, n) => data.subarray(n * 4, n * 4 + 4))
    .filter(([, , , alpha]) => alpha === 255)
    .map(([red, green, blue]) => [red, green, blue].join(" "));
}))]`;

describe.skipIf(!available("chromium"))("the report of a red run", () => {
  let output: string;
  let stdout: string;
  const client = "broken/ignores-normal-closure";

  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), "firedrill-report-"));
    const args = ["run", "stream-close-codes/1000", "signal-close-1000", "--client", "reference", "--client", client];
    const run = await firedrill([...args, "--jobs", "1", "--reporter", "html", "--output", output]);
    expect(run.code).toBe(1);
    ({ stdout } = run);
  }, 120_000);
  afterAll(() => rm(output, { recursive: true, force: true }));

  test("is one file of its owner's, and a terminal gets the list and where it is", async () => {
    expect(stdout).toContain("report.html");
    expect(stdout).not.toContain("<html");
    expect((await stat(join(output, "report.html"))).mode & 0o777).toBe(0o600);
  });

  test("a failing check opens to its lines, which are the journal's, and leads into the lanes", async () => {
    const { page, noise, picture } = await open(join(output, "report.html"));
    expect(await page.locator("h1").textContent()).toContain("2 of 4 trials of 2 clients pass");
    expect(await page.locator("h2").textContent()).toContain(`stream-close-codes/1000 × ${client}`);
    await page.locator("tbody.fail .fold", { hasText: "redials" }).click();
    const quote = page.locator("tbody.fail .proof li").first();
    await quote.waitFor();
    const line = Number((await quote.locator(".place").textContent())?.slice(1));
    const journal = await readFile(
      join(output, "stream-close-codes/broken+ignores-normal-closure/journal.ndjson"),
      "utf8",
    );
    expect(await quote.locator("code").last().textContent()).toBe(journal.split("\n")[line - 1]);
    await picture("red-light");

    const ticks = await page.locator(".tick").allTextContents();
    await page.locator("tbody.fail .evidence .lead").first().click();
    await expect.poll(() => page.locator(".tick").allTextContents()).not.toEqual(ticks);
    await page
      .getByRole("group", { name: "Recovery" })
      .getByRole("button", { name: /never back/ })
      .click();
    await page.locator(".details .proof li").first().waitFor();
    expect(await page.locator(".details h3").textContent()).toContain("never back");
    await picture("red-details");
    expect(noise).toEqual([]);
  });

  test("the keyboard is enough: along a lane, what is behind it, away, closer and all of it again", async () => {
    const { page } = await open(join(output, "report.html"));
    const faults = page.getByRole("group", { name: "Faults" });
    await faults.getByRole("button").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(":focus").getAttribute("data-n")).toBe("1");
    await page.keyboard.press("Enter");
    await page.locator(".details").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".details").waitFor({ state: "detached" });
    const whole = await page.locator(".tick").allTextContents();
    await page.keyboard.press("+");
    await expect.poll(() => page.locator(".tick").allTextContents()).not.toEqual(whole);
    await page.keyboard.press("0");
    await expect.poll(() => page.locator(".tick").allTextContents()).toEqual(whole);
  });

  test("each cell of the matrix leads to its trial", async () => {
    const { page, noise } = await open(join(output, "report.html"));
    await page
      .getByRole("row", { name: /^signal-close-1000/ })
      .getByRole("link", { name: "pass" })
      .click();
    await expect.poll(() => page.locator("h2").textContent()).toContain("signal-close-1000 × reference");
    await page.locator(".stack canvas").first().waitFor();
    expect(noise).toEqual([]);
  });

  test.each([
    ["dark", { colorScheme: "dark" }],
    ["narrow", { width: 420 }],
  ] as const)("%s: nothing stands outside of the page", async (name, as) => {
    const { page, noise, picture } = await open(join(output, "report.html"), as);
    await picture(name);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(noise).toEqual([]);
  });

  test("printed, it is on white paper and without its tools", async () => {
    const { page, picture } = await open(join(output, "report.html"), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await picture("print");
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.locator(".tools").isVisible()).toBe(false);
    const inks = await page.evaluate<string[]>(inksOfCurves);
    expect(inks).toContain("36 88 184");
    expect(inks).not.toContain("131 173 245");
  });
});
