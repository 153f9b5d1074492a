import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";
import { GRANT, KEY, reply, startServer } from "./local-server.js";

const { remember } = await import("../../extension/lib/pairing.js");
const { waiting } = await import("../../extension/lib/outbox.js");
const visits = await import("../../extension/lib/visits.js");
const state = await import("../../extension/lib/state.js");

beforeEach(reset);

async function paired() {
  const server = await startServer();
  await remember({ port: server.port, key: KEY, clientId: GRANT.client_id, serverId: "server-1", pairedAt: "2026-11-25T09:00:00.000Z" });
  return server;
}

/** @param {number} tab @returns {any} */
const observation = (tab) => ({
  id: `11111111-1111-4111-8111-00000000000${tab}`,
  at: `2026-11-25T09:00:0${tab}.000Z`,
  url: "https://www.amazon.com/your-orders/orders",
  kind: "",
  lasting: true,
  buying: false,
  page_load: `load-${tab}`,
  loaded: "2026-11-25T08:59:00.000Z",
  page: { html: "<p>orders</p>", scripts: [], nav: "" },
});

test("a visit is kept before anything shows that the server is away", async (context) => {
  const server = await paired();
  await server.stop();
  /** @type {Promise<string[]>[]} */
  const kept = [];
  const set = told.badges.set.bind(told.badges);
  context.after(() => Reflect.deleteProperty(told.badges, "set"));
  told.badges.set = (tab, badge) => {
    if (badge.text === "off") kept.push(waiting());
    return set(tab, badge);
  };
  const observations = [7, 8].map(observation);
  for (const each of observations) await visits.seen(each, { tab: Number(each.id.at(-1)), frame: 0 }, "default");
  const ids = observations.map(({ id }) => id);
  assert.deepEqual(await kept[0], ids.slice(0, 1));
  assert.deepEqual(await kept.at(-1), ids);
});

test("a verdict that comes while a late visit is being kept stays on the page", async (context) => {
  const server = await paired();
  context.after(() => server.stop());
  /** @type {(value?: unknown) => void} */
  let judge = () => undefined;
  const judged = new Promise((resolve) => (judge = resolve));
  server.answers["/api/v1/visits"] = async ({ id }) => {
    await judged;
    return { status: 200, body: reply({ visit: id }) };
  };
  const put = IDBObjectStore.prototype.put;
  context.after(() => Object.assign(IDBObjectStore.prototype, { put }));
  const kept = new Promise((resolve) => {
    /** @this {IDBObjectStore} @param {[any, any?]} values */
    IDBObjectStore.prototype.put = function (...values) {
      if (this.name !== "outbox") return put.apply(this, values);
      judge();
      const until = Date.now() + 300;
      // A transaction stays open while it has requests.
      const hold = () => {
        if (Date.now() < until) this.get("nothing").onsuccess = hold;
        else resolve(undefined);
      };
      hold();
      return put.apply(this, values);
    };
  });
  const spot = { tab: 7, frame: 0 };
  await visits.seen(observation(7), spot, "default");
  await kept;
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await state.view(spot))?.standing, "ready");
  assert.equal(told.badges.get(7)?.text, "PER");
});
