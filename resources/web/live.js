"use strict";
/* The link to the desk and the time. The desk says how long somebody has spoken at the moment `t` of
   its own monotonic clock; the page counts on with performance.now() and never asks its wall clock. */
const STALE_MS = 1700, AGAIN_MS = 3500, LOST_MS = 10000, DRIFT = 0.0002;

/* The name under which this page held its place before it was loaded again. It is stored only while no page
   is there, because a tab that is doubled takes the storage along: two of one name would push each other off. */
function namedBefore() {
  const name = sessionStorage.getItem("viewer");
  sessionStorage.removeItem("viewer");
  return name;
}

class Live {
  constructor(onPicture) {
    this.onPicture = onPicture;
    this.picture = null;
    this.closed = false;
    this.heard = -Infinity;
    this.opened = -Infinity;
    this.viewer = namedBefore() || Math.random().toString(36).slice(2);
    addEventListener("pagehide", () => sessionStorage.setItem("viewer", this.viewer));
    addEventListener("pageshow", event => { if (event.persisted) namedBefore(); });
    document.addEventListener("visibilitychange", () => {
      this.heard = -Infinity; // what was shown while nobody looked may be old
      if (!document.hidden) this.open();
    });
    this.open();
  }

  open() {
    if (this.source) this.source.close();
    this.opened = performance.now();
    const source = this.source = new EventSource("events?viewer=" + this.viewer);
    source.onmessage = event => { if (source === this.source) this.take(JSON.parse(event.data)); };
    source.addEventListener("closed", () => {
      this.closed = true; // the program may come back under the same address, so `check` goes on asking
      source.close();
    });
    source.onerror = () => {
      if (source === this.source && source.readyState === EventSource.CLOSED && this.onRefused) this.onRefused();
    };
  }

  take(picture) {
    /* The fastest message so far tells best how far ahead the desk's clock is; slow ones change nothing.
       A little is taken off all the time, since no two clocks run alike. */
    const now = performance.now() / 1000, ahead = picture.t - now;
    const same = this.picture && this.picture.run === picture.run && now * 1000 - this.heard < LOST_MS;
    this.ahead = same ? Math.max(ahead, this.ahead - DRIFT * (now - this.heard / 1000)) : ahead;
    this.heard = now * 1000;
    this.closed = false;
    this.picture = picture;
    this.onPicture(picture);
  }

  /* Whether nothing was heard for so long that the figures can no longer be vouched for. */
  get stale() { return performance.now() - this.heard > STALE_MS; }

  /* Whether it has been so long that no figures should be shown at all. */
  get lost() { return performance.now() - this.heard > LOST_MS; }

  /* Called every few milliseconds: a link that is silent is opened anew. */
  check() {
    const now = performance.now();
    if (this.stale && !document.hidden && now - Math.max(this.opened, this.heard) > AGAIN_MS) this.open();
  }

  elapsed() {
    const p = this.picture;
    if (p.state !== "running" || p.held) return p.elapsed;
    return p.elapsed + Math.max(0, performance.now() / 1000 + this.ahead - p.t);
  }
}

function clockDigits(seconds) {
  const rest = seconds % 60;
  return Math.floor(seconds / 60) + ":" + (rest < 10 ? "0" : "") + rest;
}

/* 6:00 stands for the whole first second, 0:00 from the very end, +0:01 a second later. */
function digitsText(p, elapsed) {
  if (p.allowed === null) return clockDigits(Math.floor(elapsed + 1e-6));
  const left = Math.ceil(p.allowed - elapsed - 1e-6);
  if (left >= 0) return clockDigits(left);
  return p.overrun ? "+" + clockDigits(-left) : clockDigits(0);
}

/* What colours the figures; a pause keeps the colour of the time left. */
function urgency(p, elapsed) {
  if (p.state === "idle") return "idle";
  if (p.allowed === null || elapsed < p.allowed - p.amber) return "normal";
  return elapsed < p.allowed ? "amber" : "over";
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
