import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";
import { GRANT, KEY, startServer } from "./local-server.js";

const { remember } = await import("../../extension/lib/pairing.js");
const { waiting } = await import("../../extension/lib/outbox.js");
const visits = await import("../../extension/lib/visits.js");

beforeEach(reset);

test("a visit is kept before anything shows that the server is away", async (context) => {
  const server = await startServer();
  await remember({ port: server.port, key: KEY, clientId: GRANT.client_id, serverId: "server-1", pairedAt: "2026-11-25T09:00:00.000Z" });
  await server.stop();
  /** @type {Promise<string[]>[]} */
  const kept = [];
  const set = told.badges.set.bind(told.badges);
  context.after(() => Reflect.deleteProperty(told.badges, "set"));
  told.badges.set = (tab, badge) => {
    if (badge.text === "off") kept.push(waiting());
    return set(tab, badge);
  };
  /** @type {string[]} */
  const ids = [];
  for (const tab of [7, 8]) {
    const id = `11111111-1111-4111-8111-00000000000${tab}`;
    ids.push(id);
    /** @type {any} */
    const observation = {
      id,
      at: `2026-11-25T09:00:0${tab}.000Z`,
      url: "https://www.amazon.com/your-orders/orders",
      kind: "",
      lasting: true,
      buying: false,
      page_load: `load-${tab}`,
      loaded: "2026-11-25T08:59:00.000Z",
      page: { html: "<p>orders</p>", scripts: [], nav: "" },
    };
    await visits.seen(observation, { tab, frame: 0 }, "default");
  }
  assert.deepEqual(await kept[0], ids.slice(0, 1));
  assert.deepEqual(await kept.at(-1), ids);
});
