/** One line per thing worth knowing, with the client's own time, on stderr. */

export function log(message: string): void {
  console.error(`${new Date().toISOString()} ${message}`);
}
