/** How long to leave the exchange alone after it refused an upgrade, by HTTP status; 0 where backoff is enough. */
export function pauseAfterRefusal(status: number): number {
  // "Access too frequent": Bybit asks to stay away for ten minutes.
  if (status === 403) return 600_000;
  return status === 429 ? 10_000 : 0;
}
