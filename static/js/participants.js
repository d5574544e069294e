/* Lists that grow: «Legg til» puts in another row on the spot. Without this file the button asks the server for it. */

function addRow(section) {
  const total = section.querySelector("input[name$='-TOTAL_FORMS']");
  const number = Number(total.value);
  const holder = document.createElement("template");
  holder.innerHTML = section.querySelector("template").innerHTML.replaceAll("__prefix__", String(number));
  const row = holder.content.firstElementChild;
  section.querySelector("[data-list]").append(row);
  total.value = String(number + 1);
  row.querySelector("input:not([type='hidden'])")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] [data-add]");
  if (!button) return;
  event.preventDefault();
  addRow(button.closest("[data-rows]"));
});

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
