/* One screen and no scrolling: the chips get as many lines as are left when everything else on the page has its place.

   On a telephone the page scrolls anyway, and under a keyboard on the screen (low_screen.js) it follows the field. */

const LINE_HEIGHT = 50;
const SCROLLS_BELOW = { width: 641, height: 520 };
const LINES_WHERE_IT_SCROLLS = 4;

export class Room {
  #parties;
  #next = 0;

  constructor(parties, ...causes) {
    this.#parties = parties;
    for (const cause of [parties, ...causes]) {
      for (const name of ["changed", "named", "counted", "resized"]) cause.addEventListener(name, () => this.share());
    }
    window.addEventListener("resize", () => this.share());
    document.fonts.ready.then(() => this.share());
    this.share();
  }

  /** Share out the room anew before the next picture. */
  share() {
    cancelAnimationFrame(this.#next);
    this.#next = requestAnimationFrame(() => this.#share());
  }

  #share() {
    const cards = this.#parties.all.map((party) => party.chips);
    if (innerWidth < SCROLLS_BELOW.width || innerHeight < SCROLLS_BELOW.height) {
      for (const chips of cards) chips.limit(LINES_WHERE_IT_SCROLLS);
      this.#tighten(false);
      return;
    }
    this.#tighten(false);
    let lines = Math.max(1, ...cards.map((chips) => chips.needed));
    const give = () => cards.forEach((chips) => chips.limit(lines));
    give();
    // Cards that stand under each other give a line each, so this may take too much away; then it is given back.
    for (let over = overflow(); over > 0 && lines > 1; over = overflow()) {
      lines = Math.max(1, lines - Math.max(1, Math.floor(over / LINE_HEIGHT / cards.length)));
      give();
    }
    this.#tighten(overflow() > 0);
  }

  /** Everything a little lower, where one line of chips each is still too much. */
  #tighten(isTight) {
    document.documentElement.toggleAttribute("data-tight", isTight);
  }
}

function overflow() {
  return document.documentElement.scrollHeight - innerHeight;
}
