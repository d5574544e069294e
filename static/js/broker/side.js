/* What stands beside the form: the market, the broker's own latest, and the event's. A column of its own where there is
   room for one; otherwise a panel over the form that a button opens, Escape closes, and that gives focus back. */

export class Side extends EventTarget {
  #root;
  #tabs;
  #opener = null;
  #wide = window.matchMedia("(min-width: 1280px)");

  constructor(root) {
    super();
    this.#root = root;
    this.#tabs = [...root.querySelectorAll("[role=tab]")];
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.show(tab.dataset.tab));
    root.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.#onArrow(event));
    root.querySelector("[data-close]").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.isOver && this.close());
    // A tap beside the panel closes it, as beside any other.
    document.addEventListener("pointerdown", (event) => {
      if (this.isOver && !root.contains(event.target) && !this.#opener?.contains(event.target)) this.close({ focus: false });
    });
  }

  /** Whether it lies over the form. */
  get isOver() {
    return this.#root.hasAttribute("data-open") && !this.#wide.matches;
  }

  /** Open it on a tab, from `opener`, which has focus back afterwards; the same button closes it again. */
  toggle(name, opener) {
    if (this.isOver && this.#shown === name) this.close();
    else this.open(name, opener);
  }

  open(name, opener) {
    this.#opener = opener;
    this.show(name);
    this.#root.setAttribute("data-open", "");
    opener?.setAttribute("aria-expanded", "true");
    this.#tab(name).focus();
  }

  close({ focus = true } = {}) {
    this.#root.removeAttribute("data-open");
    this.#opener?.setAttribute("aria-expanded", "false");
    if (focus && this.#opener?.isConnected) this.#opener.focus();
    this.#opener = null;
  }

  /** Which tab is up, without opening anything. */
  show(name) {
    for (const tab of this.#tabs) {
      const isUp = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(isUp));
      tab.tabIndex = isUp ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isUp;
    }
    this.dispatchEvent(new CustomEvent("shown", { detail: name }));
  }

  get #shown() {
    return this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset.tab;
  }

  #tab(name) {
    return this.#tabs.find((tab) => tab.dataset.tab === name);
  }

  #onArrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.#tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length];
    this.show(next.dataset.tab);
    next.focus();
  }
}
