/* Press and hold: for 1.2 seconds, by finger, mouse, space or enter. Who lets go before that has done nothing.

   The ring's own animation is the clock, so that what is seen is what happens. */

const HOLD = 1200;
const KEYS = [" ", "Enter"];
let held = null;

/* `onHeld` and `onShort` get the button: it was held long enough, or let go too early. */
export function listen({ onHeld, onShort }) {
  const button = (event) => event.target.closest?.("[data-hold]");

  function begin(button) {
    if (held || button.disabled) return;
    const ring = button.querySelector("[data-ring]");
    const animation = ring.animate({ strokeDashoffset: [100, 0] }, { duration: HOLD, fill: "forwards" });
    held = { button, animation };
    button.dataset.holding = "";
    animation.onfinish = () => {
      // The gong may have been struck by somebody else meanwhile; then this button is no longer in the page.
      const stands = button.isConnected;
      letGo();
      if (!stands) return;
      navigator.vibrate?.(200);
      onHeld(button);
    };
  }

  function letGo() {
    held?.animation.cancel();
    delete held?.button.dataset.holding;
    held = null;
  }

  function end() {
    if (!held) return;
    const { button } = held;
    letGo();
    if (button.isConnected) onShort(button);
  }

  document.addEventListener("pointerdown", (event) => {
    if (!button(event) || !event.isPrimary || event.button !== 0) return;
    button(event).setPointerCapture(event.pointerId);
    begin(button(event));
  });
  for (const name of ["pointerup", "pointercancel", "visibilitychange"]) document.addEventListener(name, end);
  window.addEventListener("blur", end);

  document.addEventListener("keydown", (event) => {
    if (!button(event) || !KEYS.includes(event.key)) return;
    event.preventDefault();
    if (!event.repeat) begin(button(event));
  });
  document.addEventListener("keyup", (event) => {
    if (!KEYS.includes(event.key)) return;
    if (button(event)) event.preventDefault();
    end();
  });

  // A long touch opens a menu in some browsers. A click without a touch comes from assistive technology, which can't
  // hold: it gets the page that asks.
  document.addEventListener("contextmenu", (event) => button(event) && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (button(event) && event.detail === 0) location.assign(button(event).dataset.steps);
  });
}
