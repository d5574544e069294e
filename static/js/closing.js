/* The own pages close by themselves when they are not used, and then nothing of them is left standing on a tablet in the
   hall. What somebody is writing stands for longer: it can be sent for as long. */

const page = document.querySelector("[data-closes-in]");
const MARGIN = 5; // seconds: the server's clock decides
let written = false;

function seconds() {
  return Number((written && page.dataset.closesWrittenIn) || page.dataset.closesIn);
}

const loaded = Date.now();

function look() {
  const left = (seconds() + MARGIN) * 1000 - (Date.now() - loaded);
  if (left > 0) {
    setTimeout(look, Math.min(left, 60_000)); // a tablet that has slept wakes up to this
    return;
  }
  // What is left of it now is too old to be sent: the browser is not to ask about it.
  page.dataset.leaves = "";
  location.replace(page.dataset.closed);
}

page.addEventListener("input", () => {
  written = true;
});
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) look();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && Date.now() - loaded > (seconds() + MARGIN) * 1000) look();
});
look();
