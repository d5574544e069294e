/* «Tøm»: a clean form with one tap, and everything back with another, until something new is typed. */

import { say } from "./words.js";

// A second tap so soon is the same one.
const SAME_TAP = 500;

/** Returns `clear`, which empties the form from elsewhere with the same way back, and `forget`, after which there is none:
    what was emptied was somebody else's, or only practised. */
export function allowClearing(button, { entry, said }) {
  let kept = null;
  let at = -Infinity;

  function show() {
    button.textContent = say(kept ? "undo_clear" : "clear");
    button.toggleAttribute("data-undo", Boolean(kept));
    button.hidden = !kept && entry.isEmpty;
  }

  function clear() {
    const values = entry.values();
    entry.startAfresh();
    kept = values;
    said.textContent = say("cleared");
    show();
  }

  function bringBack() {
    const values = kept;
    kept = null;
    entry.fill(values);
    said.textContent = say("back_again");
    show();
  }

  button.addEventListener("click", () => {
    if (performance.now() - at < SAME_TAP) return;
    at = performance.now();
    if (kept) bringBack();
    else clear();
    // It was out of sight while the form was being emptied, and lost the focus.
    button.focus({ preventScroll: true });
  });
  entry.addEventListener("changed", () => {
    if (!entry.isEmpty) kept = null;
    said.textContent = "";
    show();
  });
  show();
  return {
    clear,
    forget() {
      kept = null;
      show();
    },
  };
}
