/**
 * Sends a line on every connection each 200 ms and waits for a line back before it counts: what the burning handler is
 * measured against from outside. When FIREDRILL_MESSAGES answers have come it prints how long each took, on its own
 * clock, as one JSON line. `listening PORT` is its first line.
 */

import { createServer } from "node:net";

const wanted = Number(process.env.FIREDRILL_MESSAGES);
const everyMs = 200;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  const tookMs = [];
  let sentAt;
  setInterval(() => {
    // One at a time: a client that is late makes the server wait, it does not measure a queue.
    if (sentAt !== undefined) return;
    sentAt = performance.now();
    socket.write("tick\n");
  }, everyMs);
  socket.on("data", () => {
    tookMs.push(performance.now() - sentAt);
    sentAt = undefined;
    if (tookMs.length !== wanted) return;
    console.log(JSON.stringify({ tookMs }));
    process.exit(0);
  });
  socket.on("error", (error) => console.error("error: the client's connection:", error.message));
});
server.listen(0, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
