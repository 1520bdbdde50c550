// A rich text editor (ProseMirror and its kin) as the composer. The law: text goes in as if it had been typed
// or pasted, so that the editor's own model hears of it; nothing of its document is touched by hand.

import { away } from "./plain.js";

/** Return a desk whose composer is the editable element that `find` returns (or null). */
export function editorDesk(find, more = {}) {
  function type(text) {
    const [first, ...others] = text.split("\n");
    document.execCommand("insertText", false, first);
    for (const line of others) {
      document.execCommand("insertParagraph");
      document.execCommand("insertText", false, line);
    }
  }

  return {
    draft: true,
    insertText(text, slots) {
      const editor = find();
      if (!editor) return false;
      focusAt(editor);
      const lead = /\S$/.test(wordsBefore(editor)) ? " " : "";
      type(lead + text);
      return selectSlot(editor, text, slots);
    },
    replaceText(text, fills) {
      const editor = find();
      if (!editor) return false;
      editor.focus();
      getSelection().selectAllChildren(editor);
      type(text);
      return selectSlot(editor, text, fills);
    },
    focusComposer: () => find()?.focus(),
    watch: (panel) => watchEditor(find, panel),
    ...more,
  };
}

/** Return what stands in the editor, a line a paragraph. */
export function wordsOf(editor) {
  const lines = [...editor.children].map((line) => line.textContent);
  return (lines.length ? lines.join("\n") : editor.textContent).replaceAll("\u200b", "").replaceAll("\u00a0", " ");
}

// The editor comes and goes with the chat, so what is watched is the page; one look a frame is enough.
function watchEditor(find, panel) {
  let due = false;
  const look = () => {
    due = false;
    const editor = find();
    panel.draft(editor ? wordsOf(editor) : "");
  };
  const watcher = new MutationObserver(() => {
    if (!due) requestAnimationFrame(look);
    due = true;
  });
  const keyed = (event) => find()?.contains(event.target) && away(event, panel);
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  document.addEventListener("keydown", keyed, true);
  look();
  return () => {
    watcher.disconnect();
    document.removeEventListener("keydown", keyed, true);
  };
}

// At the cursor, where it is in the editor; else at the end.
function focusAt(editor) {
  const selection = getSelection();
  const inside = selection.rangeCount && editor.contains(selection.anchorNode);
  editor.focus();
  if (inside) return;
  selection.selectAllChildren(editor);
  selection.collapseToEnd();
}

function wordsBefore(editor) {
  const { anchorNode, anchorOffset } = getSelection();
  if (!editor.contains(anchorNode)) return "";
  const range = document.createRange();
  range.setStart(editor, 0);
  range.setEnd(anchorNode, anchorOffset);
  return range.toString();
}

function selectSlot(editor, text, slots) {
  const slot = slots.length ? [...text].slice(...slots[0].span).join("") : "";
  if (!slot) return true;
  const walk = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.data.lastIndexOf(slot);
    if (at >= 0) getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + slot.length);
  }
  return true;
}
