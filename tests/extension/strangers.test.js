import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";
import { ACCOUNT, GRANT, KEY, reply, startServer } from "./local-server.js";

const { remember, pairing } = await import("../../extension/lib/pairing.js");
const { waiting } = await import("../../extension/lib/outbox.js");
const visits = await import("../../extension/lib/visits.js");

const SPOT = { tab: 7, frame: 0 };
/** @type {Awaited<ReturnType<typeof startServer>>[]} */
let servers = [];
let serial = 0;

/** @param {object} [change] @returns {any} */
function observation(change) {
  serial += 1;
  return {
    id: `11111111-1111-4111-8111-${String(serial).padStart(12, "0")}`,
    at: new Date(Date.UTC(2026, 10, 25, 9, 0, serial)).toISOString(),
    url: "https://www.amazon.com/gp/cart/view.html",
    lasting: false,
    buying: false,
    page_load: "load-1",
    loaded: "2026-11-25T08:59:00.000Z",
    page: { html: "<p>cart</p>", scripts: [], nav: "" },
    ...change,
  };
}

/** @param {Parameters<typeof startServer>[0]} [options] */
async function paired(options) {
  const server = await startServer(options);
  servers.push(server);
  await remember({ port: server.port, key: KEY, clientId: GRANT.client_id, serverId: "server-1", pairedAt: "2026-11-25T09:00:00.000Z" });
  return server;
}

const lastView = () => told.messages.filter(({ message }) => message.what === "view").at(-1)?.message.view;
const badge = () => told.badges.get(SPOT.tab)?.text;

beforeEach(reset);
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop().catch(() => null)));
  servers = [];
});

/** @type {Record<string, (response: import("node:http").ServerResponse) => void>} */
const STRANGERS = {
  "401": (response) => void response.writeHead(401).end(JSON.stringify({ code: "auth/revoked", detail: "Gone." })),
  "429": (response) => void response.writeHead(429).end("{}"),
  "a page": (response) => void response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Hello</h1>"),
  "nothing": (response) => void response.writeHead(200).end(),
  "a token's answer": (response) => void response.end(JSON.stringify(reply({ visit: "x" }))),
  "wrong types": (response) => void response.end(JSON.stringify({ proof: 7, sealed: { epoch: [] } })),
  "a redirect": (response) => void response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end(),
  "50 MB": (response) => void response.end(Buffer.alloc(50_000_000, 32)),
}; // prettier-ignore

for (const [name, strange] of Object.entries(STRANGERS)) {
  test(`a stranger on the port that answers ${name} does no harm`, async () => {
    const server = await paired({ strange });
    await visits.seen(observation({ lasting: true }), SPOT, "default");
    assert.equal(lastView().standing, "stranger");
    assert.equal(badge(), "off");
    assert.notEqual(await pairing(), null);
    assert.equal((await waiting()).length, 1);
    for (const { raw } of server.seen) assert.equal(raw, "");
  });
}

test("a stranger that takes the port between two pages learns nothing and shows nothing", async () => {
  const server = await paired();
  await visits.seen(observation(), SPOT, "default");
  await server.stop();
  const strange = (/** @type {import("node:http").ServerResponse} */ response) => void response.end(JSON.stringify(reply({ visit: "x" })));
  const squatter = await startServer({ port: server.port, strange });
  servers = [squatter];
  await visits.seen(observation({ lasting: true }), SPOT, "default");
  assert.equal(lastView().standing, "stranger");
  for (const { raw } of squatter.seen) assert.doesNotMatch(raw, /amazon|cart/);
  assert.equal((await waiting()).length, 1);
  await squatter.stop();
  servers = [await startServer({ port: server.port })];
  await visits.tryAgain();
  assert.deepEqual(await waiting(), []);
});

test("another Shopper on the port is a stranger, and our own works again after it", async () => {
  const other = await paired({ key: "another key" });
  await visits.seen(observation({ lasting: true }), SPOT, "default");
  assert.equal(lastView().standing, "stranger");
  await other.stop();
  servers = [await startServer({ port: other.port })];
  await visits.tryAgain();
  assert.deepEqual(await waiting(), []);
  assert.notEqual(await pairing(), null);
});

test("an answer of an unknown shape is not shown", async () => {
  const server = await paired();
  const reason = { code: "DUP", level: "warn", text: "Twice.", evidence: [], links: [null] };
  const verdicts = [{ verdict: "fine", reasons: [] }, { verdict: "warn", reasons: [reason] }]; // prettier-ignore
  for (const change of [...verdicts.map((verdict) => ({ verdict })), { account: { ...ACCOUNT, colour: "url(x)" } }, { kind: 7 }]) {
    server.answers["/api/v1/visits"] = ({ id }) => ({ status: 200, body: reply({ visit: id, ...change }) });
    await visits.seen(observation(), SPOT, "default");
    assert.notEqual(lastView().standing, "ready");
  }
});

test("a decision made while the server is down waits behind its visit", async () => {
  const server = await paired();
  const first = observation({ lasting: true });
  await server.stop();
  await visits.seen(first, SPOT, "default");
  await visits.decided(SPOT, { visit: first.id, reasons: ["DUP", "BUDGET"], choice: "continue" });
  assert.equal((await waiting()).length, 3);
  const back = await startServer({ port: server.port });
  servers = [back];
  await visits.tryAgain();
  const sent = back.seen.filter(({ path }) => path !== "/api/v1/hello");
  assert.deepEqual(sent.map(({ path }) => path), ["/api/v1/visits", "/api/v1/decisions", "/api/v1/decisions"]); // prettier-ignore
  assert.deepEqual(await waiting(), []);
});
