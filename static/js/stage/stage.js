/* The stage view: the clock between the server's answers, the gong, and whether there is a server at all. */

import { countdown } from "../screen/clock.js";
import { stayAwake } from "./awake.js";
import { listen } from "./hold.js";

const SILENCE = 7000;
const contact = document.querySelector("[data-contact]");
const asleep = document.querySelector("[data-asleep]");
const said = () => document.querySelector("#said");
let offset = Number(document.querySelector("#live").dataset.now) - Date.now();
let heard = Date.now();

function tick() {
  for (const left of document.querySelectorAll("[data-until]")) {
    const seconds = Math.max(0, Math.ceil((Number(left.dataset.until) - Date.now() - offset) / 1000));
    const clock = left.parentElement;
    // A wait of days stands in words; the server says when it becomes one that is counted down.
    if (clock.dataset.mode === "far") continue;
    clock.dataset.mode = seconds ? "near" : "due";
    if (left.textContent !== countdown(seconds)) left.textContent = countdown(seconds);
  }
  const lost = Date.now() - heard > SILENCE;
  const text = lost ? `${contact.dataset.lost} ${new Date(heard + offset).toLocaleTimeString("nb-NO")}` : "";
  if (contact.textContent !== text) contact.textContent = text;
}

/* With script the gong is held; the link that it replaces becomes the other way. */
function dress() {
  for (const form of document.querySelectorAll("[data-hold-form]")) form.hidden = false;
  for (const words of document.querySelectorAll("[data-instead]")) words.hidden = false;
}

document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, successful } = event.detail;
  if (!successful) return;
  heard = Date.now();
  const now = Number(xhr.getResponseHeader("X-Now"));
  if (now) offset = now - heard;
});
// What was said stays until something else is: a poll without news leaves it alone.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target.id === "said" && !fragment.textContent.trim()) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:load", dress);
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const button = event.target.querySelector?.("[data-hold]");
    if (!button) return;
    button.disabled = false;
    said().textContent = button.dataset.unsure;
  });
}

listen({
  onHeld(button) {
    button.disabled = true;
    button.form.dispatchEvent(new Event("held"));
  },
  onShort(button) {
    said().textContent = button.dataset.short;
  },
});
stayAwake((awake) => (asleep.hidden = awake));
dress();
tick();
setInterval(tick, 250);
