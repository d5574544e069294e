/* «Prøvebilde»: what only the machine at the screen knows. */

import { serverTime } from "./clock.js";

export function tellPicture() {
  const size = document.querySelector("[data-size]");
  if (!size) return;
  const pixels = `${Math.round(innerWidth * devicePixelRatio)} × ${Math.round(innerHeight * devicePixelRatio)}`;
  const time = new Date(serverTime()).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  write(size, pixels);
  write(document.querySelector("[data-time]"), time);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
