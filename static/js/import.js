/* The dry run of an import: who has chosen what to do with some rows and looks at another tab takes the choices along.
   Without this file the choices are kept by their own button. */

const form = document.querySelector("[data-answers]");
let chosen = false;

form?.addEventListener("change", () => {
  chosen = true;
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-tab]");
  if (!link || !chosen || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const tab = document.createElement("input");
  tab.type = "hidden";
  tab.name = "vis";
  tab.value = link.dataset.tab;
  form.append(tab);
  form.requestSubmit(form.querySelector("[data-keep]"));
});
