/** Runs before the first paint: sets the theme that the user chose, so that a dark page does not flash white. Not a module, which would run later. */

document.documentElement.dataset["theme"] = localStorage.getItem("theme") ?? "";
