/* «Tøm»: a clean form with one tap, and everything back with another, until something new is typed. */

import { say } from "./words.js";

// A second tap so soon is the same one.
const SAME_TAP = 500;

export function allowClearing(button, { entry, said }) {
  let kept = null;
  let at = 0;

  function show() {
    button.textContent = say(kept ? "undo_clear" : "clear");
    button.toggleAttribute("data-undo", Boolean(kept));
    button.hidden = !kept && entry.isEmpty;
  }

  button.addEventListener("click", () => {
    if (performance.now() - at < SAME_TAP) return;
    at = performance.now();
    const back = kept;
    kept = null;
    if (back) {
      entry.fill(back);
    } else {
      const values = entry.values();
      entry.startAfresh();
      kept = values;
    }
    said.textContent = say(kept ? "cleared" : "back_again");
    show();
    // It was out of sight while the form was being emptied, and lost the focus.
    button.focus({ preventScroll: true });
  });
  entry.addEventListener("changed", () => {
    if (!entry.isEmpty) kept = null;
    said.textContent = "";
    show();
  });
  show();
}
