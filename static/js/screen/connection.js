/* The socket: a heartbeat with the version that the page has, and a new try after every end and every silence. */

const HEARTBEAT = 10_000;
// Each heartbeat is answered at once: three seconds without an answer, and the link is dead, whatever the browser says.
// With the way back the screen is right again within fifteen seconds.
const SILENCE = HEARTBEAT + 3_000;
const GONE = 4404;
const between = (least, most) => least + Math.random() * (most - least);

/* `about` gives what the page tells of itself in its heartbeat, or nothing. */
export function connect({ address, software, version, about, onFrame, onState }) {
  let socket = null;
  let heard = Date.now();
  let asked = 0;
  // Who was told «gone» may come back to another past (a restored backup) at the very version that the page has.
  let isSame = true;

  function open() {
    heard = Date.now();
    const mine = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${address}`);
    socket = mine;
    mine.onopen = beat;
    mine.onmessage = (message) => {
      heard = Date.now();
      const frame = read(message.data);
      if (!frame || socket !== mine) return;
      if (frame.type === "snapshot") isSame = true;
      onState(true);
      onFrame(frame, asked ? heard - asked : 0);
    };
    mine.onclose = (event) => {
      if (event.code === GONE) isSame = false;
      if (socket === mine) again(event.code === GONE ? between(20_000, 40_000) : between(500, 3000));
    };
  }

  function again(wait) {
    const old = socket;
    socket = null;
    old?.close();
    onState(false);
    setTimeout(open, wait);
  }

  function beat() {
    if (socket?.readyState !== WebSocket.OPEN) return;
    asked = Date.now();
    socket.send(JSON.stringify({ version: isSame ? version() : null, software, screen: about() }));
  }

  setInterval(beat, HEARTBEAT);
  setInterval(() => {
    // A link can be dead while the browser still calls it open; then only the silence tells.
    if (socket && Date.now() - heard > SILENCE) again(between(300, 1500));
  }, 1000);
  window.addEventListener("online", beat);
  document.addEventListener("visibilitychange", () => document.hidden || beat());
  open();
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
