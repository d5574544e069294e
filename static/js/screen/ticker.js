/* «Trenger nå»: one need at a time moves out to the left. It can be stopped by its own button. */

const STEP = 6000;
const SLIDE = 300;
let paused = false;

export function startTicker() {
  setInterval(() => paused || step(), STEP);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-pause]")) return;
    paused = !paused;
    show();
  });
}

/* After a swap: the ticker is drawn by script only, since without it nothing would move. */
export function show() {
  for (const ticker of document.querySelectorAll("[data-ticker]")) {
    ticker.hidden = false;
    ticker.querySelector("[data-pause]").setAttribute("aria-pressed", String(paused));
  }
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
