/**
 * A small client of the public stream that recovers: it dials again whatever ended the stream, waits longer after each
 * failure, and gives up a stream that says nothing. Node 22.22 or newer runs it as it is.
 */

const url = process.env.FIREDRILL_EXCHANGE_PUBLIC_WS_URL ?? "wss://stream.bybit.com/v5/public/linear";
const symbols = (process.env.FIREDRILL_SYMBOLS ?? "BTCUSDT").split(",");
const topics = symbols.flatMap((symbol) => [`tickers.${symbol}`, `publicTrade.${symbol}`]);

const pingEveryMs = 20_000;
const silentForMs = 30_000;
const longestWaitMs = 30_000;
let waitMs = 1_000;

function connect(): void {
  const socket = new WebSocket(url);
  let heardAt = Date.now();
  let over = false;

  const ping = setInterval(() => {
    if (Date.now() - heardAt > silentForMs) lost("it says nothing");
    else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ op: "ping" }));
  }, pingEveryMs);

  function lost(why: string): void {
    if (over) return;
    over = true;
    clearInterval(ping);
    socket.close();
    console.log(`stream lost (${why}), dialling again in ${waitMs} ms`);
    setTimeout(connect, waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }

  socket.onopen = () => socket.send(JSON.stringify({ op: "subscribe", args: topics }));
  socket.onmessage = ({ data }) => {
    heardAt = Date.now();
    const { success, topic } = JSON.parse(String(data)) as { success?: boolean; topic?: string };
    if (success === false) lost("a subscription was refused");
    // Only data shows that it is well again.
    else if (topic !== undefined) waitMs = 1_000;
  };
  // 1000 too: an exchange that says goodbye politely is gone as well.
  socket.onclose = ({ code }) => lost(`closed with ${code}`);
  socket.onerror = () => lost("error");
}

process.on("SIGTERM", () => process.exit(0));
connect();
