/** The commit of the checkout that Firedrill is run from, or null where there is none. */

import { execFileSync } from "node:child_process";

export function commit(): string | null {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return null;
  }
}
