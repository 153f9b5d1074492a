import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";

const { capture, changeCapture, changeLook, GROUPS, isKept, look } = await import("../../extension/lib/settings.js");
Object.assign(globalThis, { shopper: {} });
for (const name of ["page-table", "page-kinds"]) await import(new URL(`../../extension/content/${name}.js`, import.meta.url).href);

beforeEach(reset);

test("every page is captured by default", async () => {
  for (const kind of ["order_list", "transactions", "product", ""]) assert.equal(await isKept({ kind, buying: false }), true, kind);
});

test("a group that is off keeps none of its pages, and others go on", async () => {
  await changeCapture({ off: ["payments", "family"] });
  assert.equal(await isKept({ kind: "transactions", buying: false }), false);
  assert.equal(await isKept({ kind: "gift_list", buying: false }), false);
  assert.equal(await isKept({ kind: "order_details", buying: false }), true);
});

test("while paused nothing is captured, and carts and checkouts are still read for their check", async () => {
  await changeCapture({ off: ["payments"] });
  await changeCapture({ paused: true });
  assert.equal(await isKept({ kind: "order_list", buying: false }), false);
  assert.equal(await isKept({ kind: "thank_you", buying: false }), false);
  assert.equal(await isKept({ kind: "cart", buying: false }), true);
  assert.equal(await isKept({ kind: "checkout", buying: true }), true);
  assert.deepEqual(await capture(), { paused: true, off: ["payments"] });
});

test("settings of another version or shape change nothing that they do not name", async () => {
  told.local.set("capture", { paused: "yes", off: ["everything", "orders", 7] });
  assert.deepEqual(await capture(), { paused: false, off: ["orders"] });
  await changeCapture(/** @type {any} */ ({ off: "payments" }));
  assert.deepEqual(await capture(), { paused: false, off: [] });
});

test("every kind of page that sends its content is in a group, is about signing in, or leads to a purchase", () => {
  const always = ["account_switcher", "sign_in", "prime_interstitial", "buy_now", "checkout", "cart", "sns_signup", "product"];
  const sent = globalThis.shopper.PAGE_ROWS.filter(([, , , parts]) => (globalThis.shopper.SENT_PARTS[parts] ?? []).length > 0);
  const grouped = Object.values(GROUPS).flat();
  assert.ok(sent.length > 20);
  for (const [kind] of sent) assert.ok(grouped.includes(kind) !== always.includes(kind), `${kind}: name it in one group of settings.js`);
});

test("every kind of page in a group exists", () => {
  const kinds = new Set(globalThis.shopper.PAGE_ROWS.map(([kind]) => kind));
  for (const kind of Object.values(GROUPS).flat()) assert.ok(kinds.has(kind), kind);
});

test("two changes at the same time are both kept", async () => {
  await Promise.all([
    changeCapture({ kept: { payments: false } }),
    changeCapture({ paused: true }),
    changeCapture({ kept: { orders: false } }),
  ]);
  assert.deepEqual(await capture(), { paused: true, off: ["orders", "payments"] });
  await Promise.all([changeCapture({ kept: { payments: true } }), changeLook({ ribbon: false }), changeLook({ small: true })]);
  assert.deepEqual(await capture(), { paused: true, off: ["orders"] });
  assert.deepEqual([(await look()).ribbon, (await look()).small], [false, true]);
});
