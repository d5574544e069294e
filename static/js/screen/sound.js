/* The gong and a chime, made of tones: no files, and nothing is heard unless somebody has turned it on. */

let context = null;
let isOn = false;

export const soundIsOn = () => isOn;

/* A browser lets a page sound only after somebody has touched it, so this is called by a button. */
export function turnSound(on) {
  isOn = on && wake();
  return isOn;
}

function wake() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context) return false;
  context ??= new Context();
  context.resume?.();
  return true;
}

/* A large gong: tones that are no chord, each dying away in its own time. */
const GONG = [[98, 0.5, 6], [147, 0.3, 5], [208, 0.25, 4], [277, 0.16, 3.2], [392, 0.1, 2.2], [523, 0.06, 1.4]];
const CHIME = [[784, 0.12, 0.9], [1175, 0.1, 1.3]];

export function gong({ evenIfOff = false } = {}) {
  if (isOn || (evenIfOff && wake())) for (const [pitch, loud, long] of GONG) tone(pitch, loud, long, 0);
}

export function chime() {
  if (isOn) CHIME.forEach(([pitch, loud, long], place) => tone(pitch, loud, long, place * 0.12));
}

function tone(pitch, loud, long, after) {
  const start = context.currentTime + after;
  const [source, volume] = [context.createOscillator(), context.createGain()];
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(loud, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + long);
  source.connect(volume).connect(context.destination);
  source.start(start);
  source.stop(start + long);
}
