/** The first steps in the browser. */

import { ask, mayNotify, ownTab, requestHosts, words } from "../lib/browser.js";
import { badgeFor } from "../lib/badge.js";
import { loadLanguage } from "../lib/language.js";
import { known as knownHere } from "../lib/overview.js";
import { readPort } from "../lib/pairing.js";
import { failure, field, keepDrawn, part, translate } from "../lib/page.js";
import { showBadge } from "../lib/toolbar.js";
import { blank } from "../lib/views.js";

/** @typedef {import("../lib/types.js").View} View */

await loadLanguage();

/** @type {import("../lib/types.js").Account} */
const PERSONAL = {
  ...{ key: "example", label: words("purpose_personal"), purpose: "personal", letters: "PER", symbol: "●", certainty: "sure" },
  ...{ colour: "#0072B2", ink: "#FFFFFF", customer_id: null, registered: true },
};
const BUSINESS = { ...PERSONAL, label: words("purpose_business"), purpose: "business", letters: "BIZ", symbol: "◆" };
/** How the icon looks on pages of these kinds: the name of the button's text, and the view. @type {[string, View][]} */
const PRACTICE = [
  ["stepSeePersonal", page(PERSONAL)],
  ["stepSeeBusiness", page({ ...BUSINESS, colour: "#E69F00", ink: "#000000" })],
  ["stepSeeUnknown", page({ ...PERSONAL, registered: false })],
  ["stepSeeWarning", page(PERSONAL, true)],
];

/** @param {import("../lib/types.js").Account} account @param {boolean} [warns] @returns {View} */
function page(account, warns = false) {
  /** @type {import("../lib/types.js").Reason} */
  const reason = { code: "EXAMPLE", level: "warn", text: words("stepSeeWarning"), advice: "", evidence: [], source: "", links: [] };
  /** @type {import("../lib/types.js").Verdict} */
  const verdict = { verdict: warns ? "warn" : "allow", suggest: null, suggest_label: null, reasons: warns ? [reason] : [] };
  return { ...blank("ready"), account, verdict };
}

async function draw() {
  const known = await knownHere();
  part("pair").hidden = known.paired !== null;
  part("done").textContent = known.paired === null ? "" : words("stepPairDone");
  field("port").value ||= String(known.port);
  part("sees-pages").textContent = words(known.seesPages ? "allowedYes" : "allowedNo");
  part("sees-server").textContent = words(known.seesServer ? "allowedYes" : "allowedNo");
  void mayNotify().then((may) => (part("may-notify").textContent = words(may ? "allowedYes" : "allowedNo")));
  part("allow").hidden = known.seesPages && known.seesServer;
}

/** Paint the icon of this tab, and the same beside the button. @param {View} view */
async function practise(view) {
  const badge = badgeFor(view);
  const [letters, title] = [document.createElement("b"), document.createElement("span")];
  [letters.textContent, title.textContent] = [badge.text, badge.title];
  [letters.style.background, letters.style.color] = [badge.colour, badge.ink];
  part("sample").replaceChildren(letters, title);
  const tab = await ownTab();
  if (tab !== null) await showBadge(tab, view);
}

/** @param {SubmitEvent} event */
async function pair(event) {
  event.preventDefault();
  const port = readPort(field("port").value);
  const answer = port === null ? null : await ask({ what: "pair", code: field("code").value, port });
  part("fault").textContent = answer === null ? words("portShape") : answer.failed ? failure(answer, port ?? 0) : "";
  await redraw();
}

translate();
const redraw = keepDrawn(draw);
document.title = words("welcomeTitle");
part("pin").textContent = words(navigator.userAgent.includes("Firefox") ? "stepPinFirefox" : "stepPinChromium");
for (const [name, view] of PRACTICE) {
  const button = document.createElement("button");
  [button.type, button.textContent] = ["button", words(name)];
  button.addEventListener("click", () => void practise(view));
  part("practice").append(button);
}
part("pair").addEventListener("submit", pair);
part("allow").addEventListener("click", () => void requestHosts().then(redraw));
await redraw();
