/* Whose turn it is: each new agreement stands for a while, also when many come at once. Knows no page, only times. */

const ALONE = 8000;
const IN_BURST = 6000;
const GROUP = 10_000;
const BEHIND = 30_000;
const GROUP_OF = 3;
const MOST_WAITING = 200;

export class Burst {
  constructor() {
    this.waiting = [];
    this.standing = [];
    this.since = -Infinity;
  }

  get busy() {
    return this.waiting.length > 0 || this.standing.length > 0;
  }

  arrive(cards, now) {
    const known = new Set([...this.waiting, ...this.standing].map((card) => card.number));
    for (const card of cards) if (!known.has(card.number)) this.waiting.push({ ...card, came: now });
    this.waiting.splice(0, this.waiting.length - MOST_WAITING);
  }

  correct(cards) {
    for (const { number, html } of cards) {
      for (const card of [...this.waiting, ...this.standing]) if (card.number === number) card.html = html;
    }
  }

  /* Withdrawn or hidden: out of the queue, and true when one of them was standing. */
  leave(numbers) {
    const stays = (card) => !numbers.includes(card.number);
    const stood = this.standing.length;
    this.waiting = this.waiting.filter(stays);
    this.standing = this.standing.filter(stays);
    return this.standing.length < stood;
  }

  clear() {
    this.waiting = [];
    this.standing = [];
    this.since = -Infinity;
  }

  /* While something else fills the screen nobody's time runs. */
  hold(duration) {
    this.since += duration;
  }

  isDue(now) {
    if (!this.standing.length) return true;
    const least = this.standing.length > 1 ? GROUP : this.waiting.length > 1 ? IN_BURST : ALONE;
    return now - this.since >= least;
  }

  /* The cards that take over now; none while those before them still have their time. */
  next(now) {
    if (!this.waiting.length || !this.isDue(now)) return [];
    const isBehind = now - this.waiting[0].came > BEHIND;
    this.standing = this.waiting.splice(0, isBehind ? GROUP_OF : 1);
    this.since = now;
    return this.standing;
  }
}
