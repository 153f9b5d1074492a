/** The language and the theme of everything that the extension shows. */

import { ask, words } from "../lib/browser.js";
import { field, option, part, useTheme } from "../lib/page.js";
import { LANGUAGES, THEMES } from "../lib/settings.js";

const THEME_WORDS = { light: "themeLight", dark: "themeDark", contrast: "themeContrast" };

/** Fill the two lists. */
export function addLook() {
  const languages = Object.entries(LANGUAGES).map(([language, name]) => {
    const made = option(language, name);
    made.lang = language;
    return made;
  });
  part("language").replaceChildren(option("", words("languageAuto")), ...languages);
  const themes = THEMES.map((theme) => option(theme, words(THEME_WORDS[/** @type {keyof typeof THEME_WORDS} */ (theme)])));
  part("theme").replaceChildren(option("", words("themeAuto")), ...themes);
  part("language").addEventListener("change", changeLanguage);
  part("theme").addEventListener("change", changeTheme);
}

/** @param {import("../lib/types.js").Look} look */
export function showLook({ language, theme }) {
  field("language").value = language;
  field("theme").value = theme;
}

/** All words of this page change, so it is loaded again. */
async function changeLanguage() {
  await ask({ what: "change-look", look: { language: field("language").value } });
  location.reload();
}

async function changeTheme() {
  const theme = field("theme").value;
  useTheme(theme);
  await ask({ what: "change-look", look: { theme } });
}
