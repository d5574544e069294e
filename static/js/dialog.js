/* A page that is one question comes as a dialog on top of the page where it was asked; without script it is a page. */

const dialog = document.getElementById("question-dialog");

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target !== dialog || dialog.open) return;
  dialog.showModal();
  // Not the field: on a phone the keyboard would cover the two answers.
  dialog.querySelector("[autofocus]")?.focus();
});
// No network, or no longer one's own to change: the page itself says so.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const link = event.target.closest("a[hx-target='#question-dialog']");
    if (link) location.assign(link.href);
  });
}
dialog.addEventListener("click", (event) => {
  if (event.target !== dialog && !event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
