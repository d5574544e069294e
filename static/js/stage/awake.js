/* Keeps the phone from going dark, where the browser can (only over https). */

/* `onState(false)` when it can't. A lock is lost whenever the page is hidden, so it is asked for again. */
export function stayAwake(onState) {
  async function ask() {
    if (document.hidden) return;
    try {
      await navigator.wakeLock.request("screen");
      onState(true);
    } catch {
      onState(false);
    }
  }
  document.addEventListener("visibilitychange", ask);
  ask();
}
