/** Sends a tick each 10 ms to whoever connects; prints its port. */
import { createServer } from "node:net";
import { clearInterval, setInterval } from "node:timers";

const server = createServer((socket) => {
  const ticks = setInterval(() => socket.write("tick\n"), 10);
  socket.on("error", () => undefined).on("close", () => clearInterval(ticks));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
