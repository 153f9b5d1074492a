import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import "./browser-port.js";
import { startServer } from "./local-server.js";

const { pause } = await import("../../extension/lib/alarms.js");
const api = await import("../../extension/lib/api.js");

/** @type {Awaited<ReturnType<typeof startServer>>[]} */
let servers = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

test("pairing takes what the server grants, and says why it does not", async () => {
  const server = await startServer();
  servers.push(server);
  const granted = await api.pair(server.port, "4821-7730", "Chromium");
  assert.deepEqual([granted.token, granted.serverId, granted.port], ["token-1", "server-1", server.port]);
  assert.deepEqual(server.seen[0]?.body, { code: "4821-7730", name: "Chromium" });
  server.answers["/api/v1/pair"] = () => ({ status: 403, body: { code: "pair/refused", detail: "Too old." } });
  await assert.rejects(api.pair(server.port, "4821-7730", "Chromium"), { cause: "refused", message: "Too old." });
  server.answers["/api/v1/pair"] = () => ({ status: 200, body: {} });
  await assert.rejects(api.pair(server.port, "4821-7730", "Chromium"), { cause: "stranger" });
});

test("the pauses between tries grow to a quarter of an hour", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 40].map(pause), [0.5, 1, 2, 4, 8, 15, 15, 15]);
});
