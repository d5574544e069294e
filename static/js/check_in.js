/* The door: after each tap the search is ready for the next who comes, and a row is not swapped away under a finger. */

const search = document.getElementById("q");
let isPressed = false;
let isTapped = false;

document.addEventListener("pointerdown", () => (isPressed = true));
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (isPressed = false)));

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.verb === "post") isTapped = true;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // The look of every five seconds can wait; the next one brings the same.
  if (event.detail.requestConfig.verb === "get" && event.detail.requestConfig.elt.id === "live" && isPressed) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSettle", () => {
  if (!isTapped) return;
  isTapped = false;
  const counted = document.activeElement?.closest?.(".guest__people");
  if (!counted) search.select();
});
// The line is dead: what was tapped has not happened, and is said so.
document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.requestConfig.verb !== "post") return;
  isTapped = false;
  document.querySelector("[data-offline]").hidden = false;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) document.querySelector("[data-offline]").hidden = true;
});


// Who was searched for and is not on the list is the one to register.
const newcomer = document.getElementById("ny");
newcomer.addEventListener("toggle", () => {
  const name = newcomer.querySelector("[name=name]");
  if (!newcomer.open) return;
  if (!name.value) name.value = search.value;
  name.focus();
});

if (!newcomer.open) search.focus();
