// Language and colours. The law: both open as the reader's browser asks, or as the address says; nothing
// is kept anywhere.

import { byId, write } from "./dom.js";
import { pickLanguage, say, TABLES } from "./words.js";

const LABELS = { say: write, label: set("aria-label"), placeholder: set("placeholder") };

/** Return `{table}`; `changed()` is called whenever the language changes. */
export function looks(panel, asked, changed) {
  const language = byId("language");
  const theme = byId("theme");
  const own = { table: TABLES.en };

  function speak() {
    own.table = TABLES[language.value];
    document.documentElement.lang = language.value;
    document.title = own.table.title;
    panel.lang = language.value;
    for (const [name, put] of Object.entries(LABELS)) {
      for (const one of document.querySelectorAll(`[data-${name}]`)) put(one, say(own.table, one.dataset[name]));
    }
    changed();
  }

  function paint() {
    document.documentElement.dataset.theme = theme.value;
    if (theme.value) panel.setAttribute("theme", theme.value);
    else panel.removeAttribute("theme");
  }

  language.value = pickLanguage([asked.get("lang") ?? "", ...(asked.has("lang") ? [] : navigator.languages)]);
  theme.value = ["light", "dark"].includes(asked.get("theme")) ? asked.get("theme") : "";
  language.addEventListener("change", speak);
  theme.addEventListener("change", paint);
  speak();
  paint();
  return own;
}

function set(name) {
  return (element, words) => element.setAttribute(name, words);
}
