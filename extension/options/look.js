/** The language and the theme of everything that the extension shows. */

import { ask, words } from "../lib/browser.js";
import { LANGUAGES } from "../lib/language.js";
import { field, option, part, useTheme } from "../lib/page.js";

const THEMES = { "": "themeAuto", light: "themeLight", dark: "themeDark", contrast: "themeContrast" };

/** Fill the two lists. */
export function addLook() {
  const languages = Object.entries(LANGUAGES).map(([language, name]) => {
    const made = option(language, name);
    made.lang = language;
    return made;
  });
  part("language").replaceChildren(option("", words("languageAuto")), ...languages);
  part("theme").replaceChildren(...Object.entries(THEMES).map(([theme, name]) => option(theme, words(name))));
  part("language").addEventListener("change", changeLanguage);
  part("theme").addEventListener("change", changeTheme);
}

/** @param {import("../lib/types.js").Look} look */
export function showLook({ language, theme }) {
  field("language").value = language;
  field("theme").value = theme;
}

/** All words of this page change, so it is loaded anew. */
async function changeLanguage() {
  await ask({ what: "change-look", look: { language: field("language").value } });
  location.reload();
}

async function changeTheme() {
  const theme = field("theme").value;
  useTheme(theme);
  await ask({ what: "change-look", look: { theme } });
}
