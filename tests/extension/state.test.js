/** Private sessions: each ends with its last window, and the server never sees a name twice. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";

const state = await import("../../extension/lib/state.js");

beforeEach(reset);

test("private windows share a session until the last one is closed", async () => {
  await state.notePrivateWindows([1]);
  const first = await state.privateSession();
  await state.notePrivateWindows([1, 2]);
  await state.notePrivateWindows([2]);
  assert.equal(await state.privateSession(), first);
  await state.notePrivateWindows([]);
  assert.notEqual(await state.privateSession(), first);
});

test("a private window opened the moment the last one closes has a session of its own", async () => {
  await state.notePrivateWindows([1]);
  const first = await state.privateSession();
  await state.notePrivateWindows([2]);
  assert.notEqual(await state.privateSession(), first);
});

test("a private session of yesterday is not continued after the browser restarts", async () => {
  await state.notePrivateWindows([1]);
  const yesterday = await state.privateSession();
  told.session.clear();
  await state.notePrivateWindows([1]);
  assert.notEqual(await state.privateSession(), yesterday);
});
