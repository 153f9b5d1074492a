/** The options page: where the server is, whether the ribbon is shown, and everything this extension has stored. */

import { ask, language, words } from "../lib/browser.js";
import { readPort } from "../lib/pairing.js";
import { askBefore, field, overview, part, serverText, translate, unpairQuestion } from "../lib/page.js";

/** @param {any} known */
function show(known) {
  part("server").textContent = known.paired ? serverText(known) : words("notPaired");
  part("dot").className = `dot ${known.server}`;
  // An answer that arrives late must not replace what somebody is typing.
  if (document.activeElement !== field("port")) field("port").value = String(known.port);
  field("port").disabled = known.paired === null;
  field("ribbon").checked = known.look.ribbon;
  part("pairing").textContent = known.paired ? words("dataPairingWhat", day(known.paired.since)) : words("notPaired");
  part("waiting").textContent = known.waiting > 0 ? String(known.waiting) : words("none");
  part("dropped").textContent = known.dropped > 0 ? String(known.dropped) : words("none");
  for (const name of ["send", "clear"]) /** @type {HTMLButtonElement} */ (part(name)).disabled = known.waiting + known.dropped === 0;
  /** @type {HTMLButtonElement} */ (part("unpair")).disabled = known.paired === null;
}

/** @param {string} instant */
const day = (instant) => new Date(instant).toLocaleDateString(language(), { dateStyle: "medium" });

/** @param {string} id @param {() => object} message */
const onClick = (id, message) => part(id).addEventListener("click", async () => show(await ask(message())));

translate();
document.title = words("optionsTitle");
part("move").addEventListener("submit", async (event) => {
  event.preventDefault();
  const port = readPort(field("port").value);
  part("fault").textContent = port === null ? words("portShape") : "";
  if (port !== null) show(await ask({ what: "change-port", port }));
});
part("ribbon").addEventListener("change", async () => show(await ask({ what: "change-look", look: { ribbon: field("ribbon").checked } })));
onClick("home", () => ({ what: "change-look", look: { ribbon: true, small: false, place: { side: "right", top: null } } }));
onClick("send", () => ({ what: "send-waiting" }));
onClick("clear", () => ({ what: "clear-waiting" }));
askBefore(part("unpair"), unpairQuestion, async () => show(await ask({ what: "unpair" })));
show(await overview());
