/* How much of a text's room is used, said beside its label while somebody types. */

import { lengthOf, say } from "./words.js";

// About what the list of latest agreements on the storskjerm has room for in one line.
const ON_SCREEN = 28;

/** The plain count: «32 av 200 tegn», and nothing beside an empty field but what the page said there. */
export function showCount(place, control) {
  const n = lengthOf(control.value);
  put(place, control, n ? say("count", { n, limit: control.dataset.limit }) : null);
}

/** The same for what the storskjerm shows in one line: first how much of the line is left. */
export function showScreenCount(place, control) {
  const n = lengthOf(control.value);
  const limit = Number(control.dataset.limit);
  const count = say("count", { n, limit });
  const left = ON_SCREEN - n;
  const words = left >= 0 ? say("screen_left", { n: left }) : say("screen_cut", { count });
  put(place, control, n ? (n > limit ? count : words) : null);
}

function put(place, control, text) {
  place.dataset.empty ??= place.textContent;
  place.textContent = text ?? place.dataset.empty;
  place.toggleAttribute("data-over", lengthOf(control.value) > Number(control.dataset.limit));
}
