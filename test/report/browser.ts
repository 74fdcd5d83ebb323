/** A report in a real browser, opened from its file; whatever it logs or asks for is kept, since it may do neither. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium as engine, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { chromium } from "../support/requirements.ts";

/** Where the pictures go, for whoever wants to look. */
const pictures = join(import.meta.dirname, "../../.firedrill/report-pictures");

export interface Opened {
  page: Page;
  /** What it logged, threw or asked for besides its own file. */
  noise: string[];
  /** From opening the file to the timeline being drawn. */
  drawnMs: number;
  picture: (name: string) => Promise<void>;
}

export async function open(file: string, as: { colorScheme?: "light" | "dark"; width?: number } = {}): Promise<Opened> {
  // Chromium as root has no sandbox; what it opens is ours.
  const browser = await engine.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  onTestFinished(() => browser.close());
  const { colorScheme = "light", width = 1280 } = as;
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
  const noise: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(error.message));
  page.on(
    "request",
    (request) => request.url() !== url && !request.url().startsWith("data:") && noise.push(request.url()),
  );
  const from = performance.now();
  await page.goto(url);
  await page.locator(".stack canvas").last().waitFor();
  const drawnMs = performance.now() - from;
  const picture = async (name: string): Promise<void> => {
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };
  return { page, noise, drawnMs, picture };
}
