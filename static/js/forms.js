/* What every page needs: focus on the first error after an answer, or on what is said to be done, no second tap while a
   form is being sent, and menus that fold away by Escape. */

function focusFirstError(root) {
  const target =
    root.querySelector("[data-first-error], ds-error-summary") ?? root.querySelector("[aria-invalid='true']");
  target?.focus();
}

// What is said at the top of a page that was there when it came is read out by no screen reader, and from the top of the
// page there are a dozen links before what was just done. Where the page itself gives the focus to a place, it stays
// there, and the words are put in anew to be read.
const UNTIL_LISTENED_TO = 300; // milliseconds

function meetMessages() {
  const messages = document.getElementById("messages");
  if (!messages?.children.length || location.hash) return;
  const isFree = [null, document.body].includes(document.activeElement) && !document.querySelector("[autofocus]");
  if (isFree) {
    messages.tabIndex = -1;
    messages.focus({ preventScroll: true });
    return;
  }
  setTimeout(() => {
    if (!messages.contains(document.activeElement)) messages.append(...messages.children);
  }, UNTIL_LISTENED_TO);
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
meetMessages();
