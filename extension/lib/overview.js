/** What popup, options and welcome page show: pairing, server, what waits, permissions, settings. */

import * as browser from "./browser.js";
import * as outbox from "./outbox.js";
import * as settings from "./settings.js";
import * as state from "./state.js";
import { PORT, pairing } from "./pairing.js";

/** Return what is known without asking the server. Our own pages call it directly, so that they need not wait for the background. */
export async function known() {
  const [paired, server, waiting, dropped, look, capture, notices, seesPages, seesServer] = await Promise.all([
    pairing(),
    state.server(),
    outbox.waiting(),
    outbox.dropped(),
    settings.look(),
    settings.capture(),
    settings.notices(),
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
    capture,
    notices,
    seesPages,
    seesServer,
  };
}

/** @typedef {Awaited<ReturnType<typeof known>>} Known */
