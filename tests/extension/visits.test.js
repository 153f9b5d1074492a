import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";
import { ACCOUNT, GRANT, KEY, reply, startServer } from "./local-server.js";

const { remember, pairing } = await import("../../extension/lib/pairing.js");
const { waiting } = await import("../../extension/lib/outbox.js");
const state = await import("../../extension/lib/state.js");
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
    kind: "",
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

test("the server proves itself once, and requests reveal nothing of the page", async () => {
  const server = await paired();
  await visits.seen(observation(), SPOT, "default");
  await visits.seen(observation(), SPOT, "default");
  assert.deepEqual(server.seen.map(({ path }) => path), ["/api/v1/hello", "/api/v1/visits", "/api/v1/visits"]); // prettier-ignore
  for (const { raw, authorization } of server.seen) assert.doesNotMatch(`${raw}${authorization ?? ""}`, /amazon|cart|Bearer|a key/);
});

test("a restarted server gets the visit under its new epoch", async () => {
  const server = await paired();
  await visits.seen(observation(), SPOT, "default");
  server.state.epoch = "AAAAAAAAAAAAAAAAAAAAAA";
  await visits.seen(observation(), SPOT, "default");
  assert.equal(lastView().standing, "ready");
  assert.deepEqual(await waiting(), []);
});

test("a visit carries the page's own id, time, tab and cookie store", async () => {
  const server = await paired();
  const seen = observation();
  assert.deepEqual(await visits.seen(seen, SPOT, "private"), { drawn: true });
  const { id, at, url, page } = seen;
  assert.deepEqual(server.seen.at(-1)?.body, { id, at, url, tab: 7, store: "private", page });
  assert.equal(badge(), "PER");
});

test("visits wait while the server is down and arrive later unchanged", async () => {
  const server = await paired();
  const known = await pairing();
  await server.stop();
  const order = observation({ lasting: true });
  const cart = observation();
  await visits.seen(order, SPOT, "default");
  await visits.seen(cart, SPOT, "default");
  assert.equal(badge(), "off");
  assert.equal(lastView().standing, "away");
  assert.deepEqual(await waiting(), [order.id, cart.id]);
  assert.ok(told.alarms.has("flush"));
  const back = await startServer();
  servers = [back];
  await remember({ .../** @type {any} */ (known), port: back.port });
  await visits.tryAgain();
  const sent = back.seen.filter(({ path }) => path === "/api/v1/visits").map(({ body }) => body);
  assert.deepEqual(sent.map(({ id, at }) => [id, at]), [[order.id, order.at], [cart.id, cart.at]]); // prettier-ignore
  assert.deepEqual(sent.map(({ page }) => page.html), ["<p>cart</p>", ""]); // prettier-ignore
  assert.deepEqual(await waiting(), []);
  assert.ok(told.messages.some(({ message }) => message.what === "look-again"));
});

test("a pairing ended by the server is forgotten; waiting visits are kept", async () => {
  const server = await paired();
  await server.stop();
  await visits.seen(observation({ lasting: true }), SPOT, "default");
  const back = await startServer({ port: server.port });
  servers = [back];
  back.answers["/api/v1/visits"] = () => ({ status: 401, body: { code: "auth/revoked", detail: "Taken back." } });
  await visits.seen(observation({ lasting: true }), SPOT, "default");
  assert.equal(await pairing(), null);
  assert.equal((await waiting()).length, 1);
  assert.equal(lastView().standing, "unpaired");
  const before = back.seen.length;
  await visits.seen(observation({ lasting: true }), SPOT, "default");
  assert.equal(back.seen.length, before);
});

test("an older answer that arrives late changes nothing", async () => {
  const server = await paired();
  const slow = observation();
  server.answers["/api/v1/visits"] = async ({ id }) => {
    if (id === slow.id) await new Promise((resolve) => setTimeout(resolve, 150));
    return { status: 200, body: reply({ visit: id, kind: id === slow.id ? "home" : "cart" }) };
  };
  await Promise.all([visits.seen(slow, SPOT, "default"), visits.seen(observation(), SPOT, "default")]);
  assert.equal(lastView().kind, "cart");
});

test("a slow answer dims the badge until it comes, and leaves a new page unchecked, but not one that was judged before it changed", async () => {
  const server = await paired();
  const [first, slow, changed] = [observation(), observation(), observation()];
  server.answers["/api/v1/visits"] = async ({ id }) => {
    if ([first, slow, changed].some((one) => one.id === id)) await new Promise((resolve) => setTimeout(resolve, visits.SLOW + 400));
    return { status: 200, body: reply({ visit: id }) };
  };
  const [other, judged] = [{ tab: 8, frame: 0 }, { tab: 9, frame: 0 }]; // prettier-ignore
  await visits.seen(observation(), judged, "default");
  const asked = [visits.seen(first, SPOT, "default"), visits.seen(slow, other, "default"), visits.seen(changed, judged, "default")];
  await Promise.all([visits.seen(observation(), SPOT, "default"), new Promise((resolve) => setTimeout(resolve, visits.SLOW + 100))]);
  const badges = () => [SPOT, other, judged].map(({ tab }) => told.badges.get(tab)?.text);
  assert.deepEqual(badges(), ["PER", "off", "off"]);
  assert.deepEqual([(await state.view(other))?.standing, (await state.view(judged))?.standing], ["away", "pending"]);
  await Promise.all(asked);
  assert.deepEqual(badges(), ["PER", "PER", "PER"]);
});

test("a page that is too busy to listen has its badge as soon as the server has answered", { timeout: 8000 }, async () => {
  await paired();
  told.busy.add(SPOT.tab);
  void visits.seen(observation(), SPOT, "default");
  while (badge() !== "PER") await new Promise((resolve) => setTimeout(resolve, 5));
});

test("a settled warning stays settled until the page is reloaded", async () => {
  const server = await paired();
  const reasons = [{ code: "DUP", level: "warn", text: "Bought twice.", advice: "", evidence: [], source: "" }];
  const verdict = { verdict: "warn", suggest: null, suggest_label: null, reasons };
  server.answers["/api/v1/visits"] = ({ id }) => ({ status: 200, body: reply({ visit: id, verdict }) });
  const first = observation();
  await visits.seen(first, SPOT, "default");
  assert.equal(badge(), "!");
  await visits.decided(SPOT, { visit: first.id, reasons: ["DUP"], choice: "continue" });
  assert.equal(badge(), "PER");
  assert.deepEqual(server.seen.at(-1)?.body, { visit: first.id, reason: "DUP", choice: "continue" });
  await visits.seen(observation(), SPOT, "default");
  assert.deepEqual(lastView().reasons, []);
  await visits.seen(observation({ page_load: "load-2" }), SPOT, "default");
  assert.equal(badge(), "!");
});

test("a page too large for the server is sent without its text", async () => {
  const server = await paired();
  await visits.seen(observation({ page: { html: "ü".repeat(1_200_000), scripts: ["x"], nav: "" } }), SPOT, "default");
  assert.deepEqual(server.seen.at(-1)?.body.page, { html: "", scripts: ["x"], nav: "" });
});

test("a tab that was closed or navigated away gets no badge", async () => {
  const server = await paired();
  await visits.seen(observation(), SPOT, "default");
  told.gone.add("7:0");
  told.badges.clear();
  await server.stop();
  await visits.seen(observation(), { tab: 8, frame: 0 }, "default");
  assert.equal(told.badges.has(7), false);
  assert.equal(await state.view(SPOT), null);
  await state.forgetTab(8);
  assert.deepEqual(await state.views(), []);
});

test("a page loaded before an account switch sends its cart but not its identity", async () => {
  const server = await paired();
  const proof = { html: "<p>cart</p>", scripts: ["customerId: 'A1PERSONAL'"], nav: "<a>Hello</a>" };
  await visits.seen(observation({ page: proof, buying: true }), SPOT, "default");
  const other = { ...ACCOUNT, key: "biz", customer_id: "A1BUSINESS" };
  server.answers["/api/v1/visits"] = ({ id }) => ({ status: 200, body: reply({ visit: id, account: other }) });
  await visits.seen(observation({ page_load: "load-2", loaded: "2026-11-25T09:30:00.000Z" }), { tab: 8, frame: 0 }, "default");
  const asked = () => told.messages.filter(({ message }) => message.what === "look-again").length;
  assert.equal(asked(), 1);
  await visits.shownAgain(SPOT, "private");
  assert.equal(asked(), 1);
  await visits.shownAgain(SPOT, "default");
  assert.deepEqual(told.messages.at(-1), { tab: 7, frame: 0, message: { what: "look-again" } });
  await visits.seen(observation({ page: proof, buying: true }), SPOT, "default");
  assert.deepEqual(server.seen.at(-1)?.body.page, { html: "<p>cart</p>", scripts: [], nav: "" });
  await visits.seen(observation({ page: proof }), SPOT, "private");
  assert.deepEqual(server.seen.at(-1)?.body.page, proof);
  const german = observation({ page: proof, url: "https://www.amazon.de/", loaded: "2026-11-25T08:00:00.000Z" });
  await visits.seen(german, { tab: 9, frame: 0 }, "default");
  assert.deepEqual(server.seen.at(-1)?.body.page, proof);
});

test("other open tabs of a marketplace learn at once of an account switch; those of another do not", async () => {
  const server = await paired();
  await visits.seen(observation(), SPOT, "default");
  await visits.seen(observation({ url: "https://www.amazon.de/" }), { tab: 9, frame: 0 }, "default");
  const other = { ...ACCOUNT, key: "biz", customer_id: "A1BUSINESS" };
  server.answers["/api/v1/visits"] = ({ id }) => ({ status: 200, body: reply({ visit: id, account: other }) });
  await visits.seen(observation({ page_load: "load-2", loaded: "2026-11-25T09:30:00.000Z" }), { tab: 8, frame: 0 }, "default");
  const asked = told.messages.filter(({ message }) => message.what === "look-again").map(({ tab }) => tab);
  assert.deepEqual(asked, [7]);
});

test("pages shown before the clock was set back do not replace newer ones", async () => {
  const server = await paired();
  await visits.seen(observation({ loaded: "2099-01-01T00:00:00.000Z" }), { tab: 8, frame: 0 }, "default");
  const proof = { html: "", scripts: ["customerId: 'A1BUSINESS'"], nav: "<a>Hello</a>" };
  await visits.seen(observation({ page: proof }), SPOT, "default");
  assert.deepEqual(server.seen.at(-1)?.body.page, proof);
});

test("nothing is sent or kept without a pairing", async () => {
  await visits.seen(observation({ lasting: true }), SPOT, "default");
  assert.equal(lastView().standing, "unpaired");
  assert.deepEqual(await waiting(), []);
});

test("a very long page gets its badge first and its verdict once it is judged", async () => {
  const server = await paired();
  const page = { html: "<p>cart</p>".repeat(40_000), scripts: [], nav: "" };
  /** @type {(value?: unknown) => void} */
  let judge = () => undefined;
  const judged = new Promise((resolve) => (judge = resolve));
  server.answers["/api/v1/visits"] = async ({ id, page: { html } }) => {
    if (html !== "") await judged;
    return { status: 200, body: reply({ visit: id }) };
  };
  const asked = visits.seen(observation({ page }), SPOT, "default");
  while (badge() !== "PER") await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(lastView().standing, "pending");
  judge();
  await asked;
  assert.equal(lastView().standing, "ready");
});
