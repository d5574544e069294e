/* The control room's clock runs between the answers of the server. */

import { countdown } from "./screen/clock.js";

const page = document.querySelector("[data-now]");
const offset = Number(page.dataset.now) - Date.now();

function tick() {
  for (const left of document.querySelectorAll("[data-until]")) {
    const seconds = Math.max(0, Math.ceil((Number(left.dataset.until) - Date.now() - offset) / 1000));
    left.textContent = countdown(seconds);
  }
}

tick();
setInterval(tick, 250);
// Only one stroke asks for its second tap at a time, also in browsers that don't know <details name>.
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches("details.gong") || !event.target.open) return;
    for (const other of document.querySelectorAll("details.gong[open]")) other.open = other === event.target;
  },
  true,
);
