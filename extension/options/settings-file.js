/** Settings as a file: what the user chose, without the pairing. */

/** @typedef {Pick<import("../lib/overview.js").Known, "look"|"capture"|"notices">} Settings */

const LARGEST = 100_000;

/** Offer the settings as a download. @param {Settings} settings */
export function saveSettings({ look, capture, notices }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify({ shopper: 1, look, capture, notices }, null, 2)], { type: "application/json" }),
  );
  link.download = "shopper-settings.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Read a file of settings; null for any other file. @param {File} file @returns {Promise<Settings|null>} */
export async function loadSettings(file) {
  if (file.size > LARGEST) return null;
  try {
    const { shopper, look, capture, notices } = JSON.parse(await file.text());
    const isWhole = shopper === 1 && typeof look === "object" && look !== null && typeof capture === "object" && capture !== null;
    return isWhole ? { look, capture, notices } : null;
  } catch {
    return null;
  }
}
