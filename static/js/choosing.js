/* Choosing rows in a list: all on the page with one box, how many are chosen, and by Enter straight from a box to what can
   be done with them. Without this file each row's box works. */

const rows = () => [...document.querySelectorAll("input[name='chosen'][form='bulk']")];

function show() {
  const all = document.querySelector("[data-choose-all]");
  const page = document.querySelector("[data-choose-page]");
  const status = document.querySelector("[data-chosen]");
  if (!all || !page || !status) return;
  const chosen = rows().filter((row) => row.checked).length;
  page.closest("[hidden]")?.removeAttribute("hidden");
  document.getElementById("bulk-keys")?.removeAttribute("hidden");
  page.checked = chosen === rows().length;
  page.indeterminate = chosen > 0 && !page.checked;
  const number = all.checked ? Number(all.dataset.chooseAll) : chosen;
  const words = number === 1 ? status.dataset.one : status.dataset.many.replace("#", String(number));
  status.textContent = number ? words : "";
}

document.addEventListener("change", (event) => {
  const all = document.querySelector("[data-choose-all]");
  if (event.target.matches("[data-choose-all], [data-choose-page]")) {
    for (const row of rows()) row.checked = event.target.checked;
  }
  if (all && !event.target.checked && event.target.matches("[data-choose-page], input[name='chosen']")) {
    all.checked = false;
  }
  show();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-choose-all], [data-choose-page], input[name='chosen']")) return;
  event.preventDefault();
  const act = document.querySelector("[data-chosen-acts] button");
  if (!event.repeat && act?.offsetParent) act.focus();
});
document.addEventListener("htmx:afterSettle", show);
window.addEventListener("pageshow", show);
show();
