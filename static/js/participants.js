/* A participant's page: lists that grow, and a warning before what was typed is lost. */
import "./growing.js";

/* What is typed and not saved isn't thrown away by a slip of the hand. */
const form = document.querySelector(".entry-form");
let dirty = false;
form?.addEventListener("input", () => {
  dirty = true;
});
form?.addEventListener("submit", () => {
  dirty = false;
});
window.addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});
