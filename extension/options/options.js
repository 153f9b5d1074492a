/** The options page: where the server is, whether the ribbon is shown, and everything this extension has stored. */

import { ask, changeShortcuts, language, mayNotify, shortcuts, words } from "../lib/browser.js";
import { GROUPS } from "../lib/settings.js";
import { loadLanguage } from "../lib/language.js";
import { known as knownHere } from "../lib/overview.js";
import { readPort } from "../lib/pairing.js";
import { askBefore, field, keepDrawn, overview, part, serverText, summaryAsker, translate, unpairQuestion, useTheme } from "../lib/page.js";
import * as state from "../lib/state.js";
import { addLook, showLook } from "./look.js";
import { showNotices } from "./notices.js";
import { loadSettings, saveSettings } from "./settings-file.js";

const askSummary = summaryAsker();
/** The port that the page showed last. */
let shownPort = "";

async function draw() {
  const [known, summary] = await Promise.all([knownHere(), state.summary(null)]);
  void askSummary(known, null);
  if (known.paired === null) showAccounts({ accounts: [] });
  else if (summary !== null) showAccounts(summary);
  const help = known.server === "away" ? ` ${words("awayHow")}` : "";
  part("server").textContent = known.paired ? serverText(known) + help : words("notPaired");
  part("dot").className = `dot ${known.server}`;
  // An answer that arrives late must not replace what somebody has typed, also while they press the button.
  if (field("port").value === shownPort) field("port").value = String(known.port);
  shownPort = String(known.port);
  field("port").disabled = known.paired === null;
  field("ribbon").checked = known.look.ribbon;
  showLook(known.look);
  void showNotices(known.notices);
  field("paused").checked = known.capture.paused;
  for (const group of Object.keys(GROUPS)) {
    field(`keep-${group}`).checked = !known.capture.off.includes(group);
    field(`keep-${group}`).disabled = known.capture.paused;
  }
  part("pairing").textContent = known.paired ? words("dataPairingWhat", day(known.paired.since)) : words("notPaired");
  part("waiting").textContent = known.waiting > 0 ? String(known.waiting) : words("none");
  part("dropped").textContent = known.dropped > 0 ? String(known.dropped) : words("none");
  for (const name of ["send", "clear"]) /** @type {HTMLButtonElement} */ (part(name)).disabled = known.waiting + known.dropped === 0;
  /** @type {HTMLButtonElement} */ (part("unpair")).disabled = known.paired === null;
}

function addGroups() {
  const lines = Object.keys(GROUPS).map((group) => {
    const [label, box, text] = [document.createElement("label"), document.createElement("input"), document.createElement("span")];
    [label.className, box.type, box.id, text.textContent] = ["check", "checkbox", `keep-${group}`, words(`keep_${group}`)];
    box.addEventListener("change", () => changeCapture({ kept: { [group]: box.checked } }));
    label.append(box, text);
    return label;
  });
  part("keep").replaceChildren(...lines);
}

/** Only what was clicked is sent: the other boxes may show what was stored before. @param {object} capture */
async function changeCapture(capture) {
  await ask({ what: "change-capture", capture });
  await redraw();
}

/** @param {Pick<import("../lib/types.js").Summary, "accounts">} summary */
function showAccounts({ accounts }) {
  const lines = accounts.map(({ account }) => {
    // Each has its own direction, whatever the page's is.
    const [line, chip, name] = [document.createElement("li"), document.createElement("bdi"), document.createElement("bdi")];
    [chip.className, chip.textContent, name.textContent] = ["chip", account.letters, account.label];
    [chip.style.background, chip.style.color] = [account.hex, account.ink];
    line.append(chip, " ", name);
    return line;
  });
  part("accounts").replaceChildren(...lines);
}

async function showKeys() {
  // The browser describes them in its own language.
  const named = {
    ...{ _execute_action: "keysPopup", "focus-ribbon": "keysRibbon" },
    ...{ "account-1": "openAccount1", "account-2": "openAccount2", "account-3": "openAccount3" },
  };
  const lines = (await shortcuts()).flatMap(({ name, description, shortcut }) => {
    const [term, what, key] = [document.createElement("dt"), document.createElement("dd"), document.createElement("kbd")];
    what.textContent = words(named[/** @type {keyof typeof named} */ (name)] ?? "") || (description ?? "");
    key.textContent = shortcut || "–";
    term.append(key);
    return [term, what];
  });
  part("keys").replaceChildren(...lines);
}

/** @param {string} instant */
const day = (instant) => new Date(instant).toLocaleDateString(language(), { dateStyle: "medium" });

/** @param {string} id @param {() => object} message */
const onClick = (id, message) => part(id).addEventListener("click", () => void ask(message()).then(redraw));

/** Load settings from a file, and say whether that worked. */
async function load() {
  const [file] = field("settings-load").files ?? [];
  const settings = file ? await loadSettings(file) : null;
  field("settings-load").value = "";
  part("settings-told").textContent = settings === null ? words("settingsWrong") : "";
  if (settings === null) return;
  await ask({ what: "change-look", look: settings.look });
  await ask({ what: "change-capture", capture: settings.capture });
  if (settings.notices)
    await ask({ what: "change-notices", notices: { ...settings.notices, on: settings.notices.on && (await mayNotify()) } });
  useTheme((await knownHere()).look.theme);
  location.hash = "loaded";
  location.reload();
}

await loadLanguage();
translate();
const redraw = keepDrawn(draw);
addGroups();
addLook();
document.title = words("optionsTitle");
part("move").addEventListener("submit", async (event) => {
  event.preventDefault();
  const port = readPort(field("port").value);
  part("fault").textContent = port === null ? words("portShape") : "";
  if (port === null) return;
  await ask({ what: "change-port", port });
  await redraw();
});
part("ribbon").addEventListener("change", async () => {
  await ask({ what: "change-look", look: { ribbon: field("ribbon").checked } });
  await redraw();
});
onClick("home", () => ({ what: "change-look", look: { ribbon: true, small: false } }));
onClick("send", () => ({ what: "send-waiting" }));
onClick("clear", () => ({ what: "clear-waiting" }));
askBefore(part("unpair"), unpairQuestion, () => void ask({ what: "unpair" }).then(redraw));
field("paused").addEventListener("change", () => changeCapture({ paused: field("paused").checked }));
part("change-keys").addEventListener("click", changeShortcuts);
part("settings-save").addEventListener("click", async () => saveSettings(await knownHere()));
field("settings-load").addEventListener("change", load);
if (location.hash === "#loaded") {
  part("settings-told").textContent = words("settingsLoaded");
  history.replaceState(null, "", location.pathname);
}
await redraw();
await showKeys();
await overview();
await redraw();
