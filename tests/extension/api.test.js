import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import "./browser-port.js";
import { CODE, GRANT, startServer } from "./local-server.js";

const { pause } = await import("../../extension/lib/alarms.js");
const api = await import("../../extension/lib/api.js");

/** @type {Awaited<ReturnType<typeof startServer>>[]} */
let servers = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

test("pairing agrees on a key without sending the code", async () => {
  const server = await startServer();
  servers.push(server);
  const granted = await api.pair(server.port, CODE, "Chromium");
  assert.deepEqual([granted.key, granted.clientId, granted.port], [server.state.key, GRANT.client_id, server.port]);
  assert.doesNotMatch(server.seen[0]?.raw ?? "", /4821/);
  await api.prove(granted);
  await assert.rejects(api.pair(server.port, "00000000", "Chromium"), { cause: "refused", message: "Too old." });
});

test("a server that does not know the code gets no pairing", async () => {
  const liar = await startServer({
    strange: (response) => void response.end(JSON.stringify({ ...GRANT, public: "AAAA", proof: "BBBB", token: "t", proof_key: "k" })),
  });
  servers.push(liar);
  await assert.rejects(api.pair(liar.port, CODE, "Chromium"), { cause: "stranger" });
});

test("a program that does not answer a pairing like Shopper is a stranger", async () => {
  for (const status of [401, 403, 404, 500]) {
    const server = await startServer({ strange: (response) => void response.writeHead(status).end("<h1>No</h1>") });
    servers.push(server);
    await assert.rejects(api.pair(server.port, CODE, "Chromium"), { cause: "stranger" });
  }
});

test("the pauses between tries grow to a quarter of an hour", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 40].map(pause), [0.5, 1, 2, 4, 8, 15, 15, 15]);
});
