/* What every page needs: focus on the first error after an answer, no second tap while a form is being sent, and menus
   that fold away by Escape. */

function focusFirstError(root) {
  const target =
    root.querySelector("[data-first-error], ds-error-summary") ?? root.querySelector("[aria-invalid='true']");
  target?.focus();
}

function holdWhileSending(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.resubmit !== undefined) return;
  const button = event.submitter;
  if (!button) return;
  // After this task, so that the button's own name and value are still sent.
  setTimeout(() => {
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-busy", "true");
  });
  if (form.dataset.sending !== undefined) event.preventDefault();
  form.dataset.sending = "";
}

// What a menu or a list of kinds unfolds lies over the page, so it goes away again by the key that people try.
function foldAway(event) {
  const open = event.key === "Escape" && event.target.closest?.(".topbar__menu[open], .download[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

document.addEventListener("keydown", foldAway);
document.addEventListener("submit", holdWhileSending);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) delete form.dataset.sending;
});
document.addEventListener("htmx:afterSettle", (event) => focusFirstError(event.target));
// A page that comes back from the browser's memory must be usable again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
});
focusFirstError(document);
