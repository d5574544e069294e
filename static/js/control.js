/* The control room: its clock runs between the answers of the server, and what someone is in the middle of stays. */

import { askFirst } from "./ask_first.js";
import { countdown } from "./screen/clock.js";

// The poll comes every three seconds.
const SILENCE = 8000;
const contact = document.querySelector("[data-contact]");
let offset = Number(document.querySelector("[data-now]").dataset.now) - Date.now();
let heard = Date.now();
let isPressed = false;

function tick() {
  for (const left of document.querySelectorAll("[data-until]")) {
    const seconds = Math.max(0, Math.ceil((Number(left.dataset.until) - Date.now() - offset) / 1000));
    left.textContent = countdown(seconds);
  }
  tellContact();
}

function tellContact() {
  const isLost = Date.now() - heard > SILENCE;
  const time = new Date(heard + offset).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const text = isLost ? `${contact.dataset.lost} ${time}` : "";
  if (contact.textContent !== text) contact.textContent = text;
}

/* Which scene is chosen, also when it was chosen in another control room. */
function markScene() {
  const chosen = document.getElementById("control-scene").dataset.scene;
  for (const button of document.querySelectorAll("button[name='scene']")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
}

tick();
setInterval(tick, 250);

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const now = Number(detail.xhr.getResponseHeader("X-Now"));
  if (!detail.successful || !now) return;
  heard = Date.now();
  offset = now - heard;
});

const isAsking = askFirst(document, {
  url: () => document.getElementById("live").getAttribute("hx-get"),
  told: (isAnswered) => {
    if (!isAnswered) heard = Math.min(heard, Date.now() - SILENCE - 1);
    tellContact();
  },
});

// A button that is swapped away between finger down and finger up would lose the tap: the next answer brings the same.
document.addEventListener("pointerdown", () => (isPressed = true));
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (isPressed = false)));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id === "live" && (isPressed || isAsking())) event.detail.shouldSwap = false;
});
// What stood open in a region stays open in its new version, and stays where it was on the page. The old one lets go of
// its name first: of two with the same name the browser closes the newcomer.
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  for (const open of detail.target.querySelectorAll("details[open]")) {
    open.removeAttribute("name");
    detail.fragment.querySelector(`#${open.id}`)?.setAttribute("open", "");
  }
});
let anchor = null;
document.addEventListener("htmx:beforeSwap", () => {
  const open = document.querySelector("details[open]");
  anchor = open && { id: open.id, top: open.getBoundingClientRect().top };
});
document.addEventListener("htmx:afterSettle", () => {
  tick();
  markScene();
  const open = anchor && document.getElementById(anchor.id);
  if (open) window.scrollBy(0, open.getBoundingClientRect().top - anchor.top);
  anchor = null;
});
// Only one thing asks for its second tap at a time, also in browsers that don't know <details name>.
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches("details[name]") || !event.target.open) return;
    for (const other of document.querySelectorAll("details[name][open]")) other.open = other === event.target;
  },
  true,
);
