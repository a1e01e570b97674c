"use strict";
/* 按单位勾选, and the latest entries. Rows stay the same elements: only what changed is written anew. */

class TickList {
  constructor(onToggle) {
    this.onToggle = onToggle;
    this.rows = new Map();
    this.units = new Map();
    this.order = "";
    $("people").addEventListener("click", event => this.pick(event.target.closest(".person")));
    $("people").addEventListener("keydown", event => this.key(event));
    for (const name of ["filter", "only"]) $(name).addEventListener("input", () => this.sift());
    $("filter").addEventListener("keydown", event => {
      if (event.key === "ArrowDown") { event.preventDefault(); this.step(null, 1); }
    });
  }

  show(people) {
    const order = people.map(one => one.seat).join();
    if (order !== this.order) this.build(people);
    this.order = order;
    for (const one of people) this.update(one);
    this.sift();
  }

  build(people) {
    this.rows.clear();
    this.units.clear();
    const all = document.createDocumentFragment();
    for (const one of people) {
      if (!this.units.has(one.unit)) {
        const head = made("div", "unit", one.unit), count = made("span");
        head.append(count);
        all.append(head);
        this.units.set(one.unit, {head, count, seats: []});
      }
      const row = made("div", "person");
      row.tabIndex = -1;
      row.dataset.seat = one.seat;
      row.append(made("i"), made("span", "seq", String(one.seq)), made("span", "name", one.name),
        made("span", "post", one.post + sameName(one)), made("span", "word"));
      all.append(row);
      this.rows.set(one.seat, {row, one});
      this.units.get(one.unit).seats.push(one.seat);
    }
    $("people").replaceChildren(all);
  }

  update(one) {
    const known = this.rows.get(one.seat), word = known.row.lastChild;
    known.one = one;
    known.row.classList.toggle("here", one.here);
    known.row.setAttribute("aria-label", one.name + " " + one.word);
    setText(word, one.word);
    word.className = "word w-" + one.tone;
  }

  /* What was just answered is seen at once; the whole list comes later. */
  settle(given, job) {
    const row = this.rows.get(given.seat)
      || Array.from(this.rows.values()).find(known => job.path === "undo" && known.one.event === job.body.event);
    if (!row || given.tone === "over") return;
    const here = job.path !== "undo";
    this.update({...row.one, here, event: given.event || "", word: here ? given.word : "未到", tone: here ? "ok" : "plain"});
    this.sift();
  }

  mark(outbox) {
    for (const [seat, {row}] of this.rows) row.classList.toggle("busy", outbox.holds(seat));
  }

  sift() {
    const needle = $("filter").value.trim().toLowerCase(), only = $("only").checked;
    for (const [unit, {head, count, seats}] of this.units) {
      let shown = 0, here = 0;
      for (const seat of seats) {
        const {row, one} = this.rows.get(seat);
        const text = unit + "\n" + one.name.replace("　", "") + "\n" + one.seq;
        const wanted = text.toLowerCase().includes(needle) && !(only && one.here);
        row.hidden = !wanted;
        shown += wanted;
        here += one.here;
      }
      head.hidden = !shown;
      setText(count, here + "/" + seats.length);
    }
  }

  pick(row) {
    if (row && !row.classList.contains("busy")) { row.focus(); this.onToggle(this.rows.get(row.dataset.seat).one); }
  }

  step(from, by) {
    const rows = Array.from($("people").querySelectorAll(".person:not([hidden])"));
    const next = rows[from ? rows.indexOf(from) + by : 0];
    if (next) next.focus(); else if (by < 0) $("filter").focus();
  }

  key(event) {
    const row = event.target.closest(".person"), by = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (by) { event.preventDefault(); this.step(row, by); }
    if (event.key === " " || event.key === "Enter") { event.preventDefault(); this.pick(row); }
  }
}

class LatestList {
  constructor(onUndo) { this.onUndo = onUndo; }

  show(entries) {
    const rows = entries.map(one => {
      const row = made("li"), who = made("span", "who"), button = made("button", "", "撤销");
      who.append(made("b", "", one.name), made("small", "", one.unit + "　" + one.how));
      button.addEventListener("click", () => this.onUndo(one));
      row.append(made("time", "", one.at), who, button);
      return row;
    });
    $("latest").replaceChildren(...rows);
  }
}
