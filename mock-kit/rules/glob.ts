/** `*` stands for any letters: `orderbook.*.BTCUSDT`, `order.*`. Nothing else is special. */

export function glob(pattern: string): (text: string) => boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
