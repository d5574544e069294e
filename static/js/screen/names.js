/* Names in steps (shared/look «Names»): the first of four sizes in which a name fits, measured once per agreement. How
   many lines each size may take stands on the element where it is not as for the names of parties. */

const STEPS = [1, 2, 3, 4];
const LINES = "1 2 2 3";

function fits(name, step) {
  name.dataset.step = step;
  const style = getComputedStyle(name);
  const lines = Math.round((name.scrollHeight - parseFloat(style.paddingBottom)) / parseFloat(style.lineHeight));
  const box = name.parentElement;
  const most = Number((name.dataset.lines ?? LINES).split(" ")[step - 1]);
  return lines <= most && name.scrollWidth <= name.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1;
}

export async function fitNames(region) {
  await document.fonts.ready;
  for (const name of region.querySelectorAll("[data-fit]")) {
    if (!name.offsetParent) continue; // out of sight it has no size; it is measured when its turn comes
    const least = Number(name.dataset.least ?? 1);
    name.dataset.measuring = "";
    if (!STEPS.some((step) => step >= least && fits(name, step))) name.dataset.step = STEPS.length;
    delete name.dataset.measuring;
  }
}
