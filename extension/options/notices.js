/** The switch for notices on the desktop, and the quiet hours. The browser asks for its permission at the switch. */

import { ask, mayNotify, requestNotices, words } from "../lib/browser.js";
import { field, part } from "../lib/page.js";

/** @param {import("../lib/settings.js").Notices} chosen */
export async function showNotices({ on, from, to }) {
  field("notices").checked = on && (await mayNotify());
  for (const [id, time] of [
    ["quiet-from", from],
    ["quiet-to", to],
  ]) {
    if (document.activeElement !== part(id ?? "")) field(id ?? "").value = time ?? "";
  }
}

async function change() {
  const isWanted = field("notices").checked;
  // The browser asks only in the very click.
  const on = isWanted && (await requestNotices());
  part("notices-fault").textContent = isWanted && !on ? words("noticesForbidden") : "";
  field("notices").checked = on;
  await ask({ what: "change-notices", notices: { on } });
}

/** Times that are half typed are not stored. */
async function changeTimes() {
  const [from, to] = [field("quiet-from").value, field("quiet-to").value];
  if (from && to) await ask({ what: "change-notices", notices: { from, to } });
}

part("notices").addEventListener("change", change);
for (const id of ["quiet-from", "quiet-to"]) part(id).addEventListener("change", changeTimes);
