import { defineConfig } from "firedrill";

export default defineConfig({
  clients: {
    "py-bot": { command: ["python3", "bot.py"], roles: ["rest-polling"] },
  },
});
