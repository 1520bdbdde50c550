// What the frame itself has to say. The law: one table a language; all else is said by the panel.

const EN = {
  alone: "Nobody has connected yet. The page around this frame must load host.js; see the guide on embedding.",
  stranger: "Pages of {origin} may not use the sidebar. Add them to ASSIST_FRAMED_BY.",
  version: "The page around this frame speaks another version. Reload it.",
  notInserted: "The reply box took no text. It is copied; paste it.",
  notReplaced: "The reply box could not be changed from here. The new words are copied; paste them over.",
  noCopy: "The browser does not let this frame copy. Select the words.",
};
const DE = {
  alone: "Noch keine Verbindung. Die Seite um diesen Rahmen muss host.js laden; siehe die Anleitung zum Einbetten.",
  stranger: "Seiten von {origin} dürfen die Seitenleiste nicht nutzen. In ASSIST_FRAMED_BY ergänzen.",
  version: "Die Seite um diesen Rahmen spricht eine andere Version. Lade sie neu.",
  notInserted: "Das Antwortfeld nahm keinen Text an. Er ist kopiert; füge ihn ein.",
  notReplaced: "Das Antwortfeld lässt sich von hier nicht ändern. Die neuen Worte sind kopiert; füge sie darüber ein.",
  noCopy: "Der Browser erlaubt das Kopieren hier nicht. Markiere die Worte.",
};

/** Return the language that a reader of `tag` is spoken to in. */
export function languageOf(tag) {
  return String(tag).toLowerCase().startsWith("de") ? "de" : "en";
}

/** Return the words for `key` in the language of `tag`. */
export function say(tag, key, { origin = "" } = {}) {
  const table = languageOf(tag) === "de" ? DE : EN;
  return table[key].replace("{origin}", () => origin);
}
