/**
 * The telemetry helper, the one thing of Firedrill's that a client may use: prints a JSON line that Firedrill
 * recognises. A client in another language prints the same line itself. Without telemetry a client is judged by what
 * the servers saw.
 */

/** @example telemetry("state", { endpoint: "signal", state: "DISCONNECTED" }) */
export function telemetry(event: string, data: Readonly<Record<string, unknown>> = {}): void {
  console.log(JSON.stringify({ firedrill: event, ...data }));
}
