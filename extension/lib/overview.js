/** What popup, options and welcome page show: pairing, server, what waits, permissions, settings. */

import * as browser from "./browser.js";
import * as outbox from "./outbox.js";
import * as state from "./state.js";
import { capture } from "./capture.js";
import { notices } from "./notices.js";
import { pairing } from "./pairing.js";
import { PORT } from "./types.js";

/** Return what is known without asking the server. Our own pages call it directly, so that they need not wait for the background. */
export async function known() {
  const [paired, server, waiting, dropped, look, kept, told, seesPages, seesServer] = await Promise.all([
    pairing(),
    state.server(),
    outbox.waiting(),
    outbox.dropped(),
    state.look(),
    capture(),
    notices(),
    browser.maySeePages(),
    browser.mayReachServer(),
  ]);
  return {
    paired: paired && { port: paired.port, since: paired.pairedAt },
    port: paired?.port ?? PORT,
    server: paired === null ? "unknown" : server,
    waiting: waiting.length,
    dropped,
    look,
    capture: kept,
    notices: told,
    seesPages,
    seesServer,
  };
}

/** @typedef {Awaited<ReturnType<typeof known>>} Known */
