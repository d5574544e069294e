/* The door: after each tap the search is ready for the next who comes, nothing moves under a finger, and a tap that did not
   reach the server is said not to have happened. */

import { askFirst } from "./ask_first.js";

// A second tap in the same place so soon is the same one; the row there may be another by then.
const SAME_TAP = { within: 700, near: 40 };
const search = document.getElementById("q");
const newcomer = document.getElementById("ny");
const offline = document.querySelector("[data-offline]");
let isPressed = false;
let lastTap = null;

document.addEventListener("pointerdown", () => (isPressed = true));
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (isPressed = false)));
document.addEventListener(
  "click",
  (event) => {
    if (!event.detail || !event.target.closest(".door__live")) return; // the keyboard clicks without a place
    const tap = { x: event.clientX, y: event.clientY, at: performance.now(), counts: Boolean(event.target.closest(".guest__people")) };
    const isSame =
      lastTap && !(tap.counts && lastTap.counts) && tap.at - lastTap.at < SAME_TAP.within &&
      Math.hypot(tap.x - lastTap.x, tap.y - lastTap.y) < SAME_TAP.near;
    if (!isSame) lastTap = tap;
    else event.preventDefault();
    if (isSame) event.stopPropagation();
  },
  { capture: true },
); // prettier-ignore

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  // What stood in the search when this tap was made: what has been typed since is the next person's name.
  if (detail.requestConfig.verb === "post") detail.xhr.searchAtTap = search.value;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig } = event.detail;
  // The look of every five seconds can wait; the next one brings the same.
  if (requestConfig.verb === "get" && requestConfig.elt.id === "live" && isPressed) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig?.verb !== "post") return;
  offline.hidden = detail.successful;
  const { activeElement } = document;
  const isElsewhere = activeElement?.closest?.("#ny, .guest__people");
  if (detail.successful && !isElsewhere && search.value === detail.xhr.searchAtTap) search.select();
});

// Who was searched for and is not on the list is the one to register, unless a name has been written by hand.
let suggested = "";
newcomer.addEventListener("toggle", () => {
  const name = newcomer.querySelector("[name=name]");
  if (!newcomer.open) return;
  if (!name.value || name.value === suggested) name.value = suggested = search.value;
  name.focus();
});
askFirst(newcomer.querySelector("form"), {
  url: () => `${location.pathname}?q=`,
  told: (isAnswered) => (offline.hidden = isAnswered),
  // Who has been signed out would lose what is written, too.
  counts: (answer) => answer.ok,
});

if (!newcomer.open) search.focus();
