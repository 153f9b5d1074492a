/** The language that the user chose in the options. Without a choice the browser picks the texts by its own language. */

import { ownFile, useTexts } from "./browser.js";
import { look } from "./settings.js";

/** What was loaded last: undefined before the first time. @type {string|undefined} */
let loaded;

/** Load the texts of the chosen language, unless they are loaded already. Texts are in the browser's language if that fails. */
export async function loadLanguage() {
  const { language } = await look();
  if (language === loaded) return;
  const texts = language === "" ? null : await textsOf(language).catch(() => null);
  useTexts(texts && { language, texts });
  loaded = language;
}

/** @param {string} language @returns {Promise<Record<string, string>>} */
async function textsOf(language) {
  const response = await fetch(ownFile(`/_locales/${language}/messages.json`));
  /** @type {[string, {message: string, placeholders?: Record<string, {content: string}>}][]} */
  const entries = Object.entries(await response.json());
  const texts = entries.map(([name, { message, placeholders = {} }]) => [
    name,
    message.replace(/\$([A-Z]+)\$/g, (_, place) => placeholders[place.toLowerCase()]?.content ?? ""),
  ]);
  return { ...Object.fromEntries(texts), "@@ui_locale": language, "@@bidi_dir": "ltr" };
}
