/* One switch for all that moves: a button, or the space bar. Agreements and figures still come; they just don't move. */

const root = document.documentElement;

export const isStill = () => "still" in root.dataset;

export function startStill() {
  document.addEventListener("click", (event) => event.target.closest?.("[data-pause]") && toggle());
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.closest?.("button, input, select, a, summary")) return;
    event.preventDefault();
    toggle();
  });
}

function toggle() {
  if (isStill()) delete root.dataset.still;
  else root.dataset.still = "";
  tellButtons();
}

/* After a swap, too. */
export function tellButtons() {
  for (const button of document.querySelectorAll("[data-pause]")) button.setAttribute("aria-pressed", String(isStill()));
}
