/**
 * Asks the system for precedence, for this process and so for the clients it starts: at x300 whoever waits 10 ms for a
 * CPU has waited three seconds of incident. It is granted to root, in CI for instance; elsewhere it does nothing.
 */

import { setPriority } from "node:os";

const precedence = -10;

export function askForPrecedence(): void {
  try {
    setPriority(precedence);
  } catch {
    // Not permitted. What this machine is late by is measured, and a verdict that hangs on it is `unknown`.
  }
}
