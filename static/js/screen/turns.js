/* What takes turns in one place: panels beside the list, offers and needs before the gong. Stands still when asked to. */

import { isStill } from "./still.js";
import { fitNames } from "./names.js";

const PANEL = 12_000;
const MARKET = 8000;
const narrow = matchMedia("(max-aspect-ratio: 3/2)");
let turn = 0;

export function startTurns(screen) {
  setInterval(() => isStill() || next(screen), PANEL);
  setInterval(() => isStill() || document.querySelectorAll("[data-rotation]").forEach((place) => step(place)), MARKET);
}

/* After a swap: the same panel stands as before it. */
export function arrange(screen) {
  const panel = screen.querySelector(".panel");
  if (panel) show(panel, narrow.matches ? turn >> 1 : turn);
  screen.dataset.turn = narrow.matches && turn % 2 ? "panel" : "latest";
  for (const place of screen.querySelectorAll("[data-rotation], [data-turns]")) {
    if (!("turning" in place.dataset)) show(place, 0);
  }
}

function next(screen) {
  turn += 1;
  arrange(screen);
  for (const place of screen.querySelectorAll("[data-turns]")) step(place);
}

function step(place) {
  show(place, Number(place.dataset.turning) + 1);
}

function show(place, number) {
  const faces = place.querySelectorAll(":scope > [data-face]");
  if (!faces.length) return;
  const current = number % faces.length;
  place.dataset.turning = current;
  faces.forEach((face, index) => {
    if (index === current) face.dataset.current = "";
    else delete face.dataset.current;
  });
  fitNames(faces[current]);
}
