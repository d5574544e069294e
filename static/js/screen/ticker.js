/* «Trenger nå»: one need at a time moves out to the left. */

import { isStill } from "./still.js";

const STEP = 6000;
const SLIDE = 300;

export function startTicker() {
  setInterval(() => isStill() || step(), STEP);
}

/* After a swap: the ticker is drawn by script only, since without it nothing would move. */
export function showTicker() {
  for (const ticker of document.querySelectorAll("[data-ticker]")) ticker.hidden = false;
}

function step() {
  const list = document.querySelector("[data-ticker] ul");
  const first = list?.firstElementChild;
  if (!first?.nextElementSibling) return;
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const width = first.nextElementSibling.offsetLeft - first.offsetLeft;
  const slide = [{ transform: "none" }, { transform: `translateX(${-width}px)` }];
  const fade = [{ opacity: 1 }, { opacity: 0 }];
  const animations = [...list.children].map((need) => need.animate(moves ? slide : fade, moves ? SLIDE : SLIDE / 3));
  animations[0].onfinish = () => list.append(first);
}
