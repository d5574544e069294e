/* Lists that grow: «Legg til» puts in another row on the spot. Without this file the button asks the server for it. */

export function addRow(section, { focus = true } = {}) {
  const total = section.querySelector("input[name$='-TOTAL_FORMS']");
  const number = Number(total.value);
  const holder = document.createElement("template");
  holder.innerHTML = section.querySelector("template").innerHTML.replaceAll("__prefix__", String(number));
  const row = holder.content.firstElementChild;
  section.querySelector("[data-list]").append(row);
  total.value = String(number + 1);
  if (focus) row.querySelector("input:not([type='hidden'])")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] [data-add]");
  if (!button) return;
  event.preventDefault();
  const section = button.closest("[data-rows]");
  addRow(section);
  section.dispatchEvent(new Event("input", { bubbles: true }));
});
