/* The sectors' plates, cloned from the templates that the server has drawn (templates/agreements/symbols.html). */

export class Symbols {
  #root;

  constructor(root = document) {
    this.#root = root;
  }

  /** Symbol on the sector's colour, with the word for those who don't see it. */
  plate(sector, { word = false } = {}) {
    const drawn = this.#root.getElementById(`plate-${sector}`).content.firstElementChild.cloneNode(true);
    if (!word) drawn.querySelector("[data-word]").className = "visually-hidden";
    return drawn;
  }

  check() {
    return this.#root.getElementById("symbol-check").content.firstElementChild.cloneNode(true);
  }
}
