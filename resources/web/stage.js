"use strict";
const TINTS = {idle: "#eaf6ee", normal: "#eaf6ee", amber: "#ffcf70", over: "#ff9a8f"}, DOUBT = "#9aa3ad";
const TIGHTER = 17, PLUS = 0.62, LEAST_SQUEEZE = 0.62;
const $ = id => document.getElementById(id);
const pen = document.createElement("canvas").getContext("2d");
let drawn = "", fitted = "", strip = "", shownCode = "";

const live = new Live(picture => {
  document.body.className = picture.mode === "blackout" ? "black" : "";
  $("countdown").hidden = !isTimed(picture);
  $("plain").hidden = isTimed(picture) || picture.mode === "blackout";
  showBack(picture.back);
  if (isTimed(picture)) showItem(picture);
  else if (picture.mode !== "blackout") showPlain(picture);
  fitAll(picture);
  tick();
});

/* The operator's own picture behind everything that shows no time. */
function showBack(name) {
  const back = $("back");
  back.hidden = !name;
  if (name && back.getAttribute("src") !== name) back.src = name;
}

function isTimed(p) { return p.mode === "countdown" || p.mode === "agenda"; }

function showItem(p) {
  for (const name of ["item", "title", "unit", "speaker", "limit"]) setText($(name), p[name]);
  setText($("told"), p.message);
  $("told").hidden = !p.message;
  $("who").hidden = Boolean(p.message);
  setText($("next"), p.coming ? p.more : p.next);
  showComing(p.coming);
}

/* The next items in equal fields; a sentence where nothing follows. */
function showComing(coming) {
  const wanted = JSON.stringify(coming || null);
  if (strip === wanted) return;
  strip = wanted;
  $("coming").hidden = !coming;
  const rows = coming && coming.length ? coming : [{head: "", title: "这是最后一项", unit: ""}];
  $("coming").className = coming && coming.length ? "" : "last";
  $("coming").replaceChildren(...rows.map(row => {
    const field = document.createElement("div");
    for (const name of ["head", "title", "unit"]) if (row[name]) field.append(line(name, row[name]));
    return field;
  }));
}

function line(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

function showPlain(p) {
  $("plain").className = p.mode;
  const called = p.mode === "roll_call";
  setText($("name"), called ? "点名" : p.title || "");
  setText($("where"), (called ? p.unit : p.where) || "");
  setText($("big"), {clock: p.clock, message: p.message, roll_call: p.name}[p.mode] || "");
  setText($("hint"), (called ? p.post : p.mode === "message" ? "" : p.message) || "");
  const door = p.mode === "sign_in" || p.mode === "welcome";
  $("door").hidden = !door;
  if (!door) return;
  for (const name of ["request", "expected", "present"]) setText($(name), String(p[name]));
  $("scan").hidden = !p.code.length;
  $("plain").classList.toggle("scanned", p.code.length > 0);
  showCode(p.code);
}

/* The code to scan on white, with its quiet zone of four. */
function showCode(rows) {
  const wanted = rows.join("");
  if (!wanted || wanted === shownCode) return;
  shownCode = wanted;
  let path = "";
  rows.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) path += "M" + (run.index + 4) + " " + (y + 4) + "h" + run[0].length + "v1h-" + run[0].length + "z";
  });
  $("code").setAttribute("viewBox", "0 0 " + (rows.length + 8) + " " + (rows.length + 8));
  $("modules").setAttribute("d", path);
}

function tick() {
  live.check();
  const p = live.picture, stale = live.stale;
  $("stale").hidden = !stale && !live.closed;
  setText($("stale-words"), staleWords());
  if (live.closed) {
    $("countdown").hidden = $("plain").hidden = $("back").hidden = true;
    document.body.className = "";
  } else if (p && isTimed(p)) {
    showTime(p, stale);
  } else if (p && stale) {
    $("door").hidden = true;
    if (p.mode === "clock") setText($("big"), "");
  }
}

function staleWords() {
  if (live.closed) return "画面已由会务人员关闭";
  return live.picture ? "连接中断，时间不作准" : "正在连接…";
}

function showTime(p, stale) {
  const elapsed = live.elapsed(), tint = urgency(p, elapsed);
  const phase = p.state === "paused" ? "paused" : tint;
  $("countdown").className = phase + " tint-" + tint + (stale ? " doubtful" : "") + (p.coming ? " agenda" : "");
  if ($("words").textContent !== p.words[phase]) {
    $("words").textContent = p.words[phase];
    fitNext();
  }
  const part = p.allowed ? Math.min(Math.max(elapsed / p.allowed, 0), 1) : 0;
  $("used").style.transform = "scaleX(" + part.toFixed(4) + ")";
  draw(live.lost ? "–:––" : digitsText(p, elapsed), stale ? DOUBT : TINTS[tint], stale);
}

/* The figures: equal cells, a centred colon, at least 46 % of the height, squeezed only as the width demands. */
function draw(text, colour, hollow) {
  const canvas = $("digits"), ratio = window.devicePixelRatio || 1, box = $("field").getBoundingClientRect();
  const wanted = [text, colour, hollow, box.width, box.height, ratio].join(" ");
  if (wanted === drawn) return;
  drawn = wanted;
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  canvas.setAttribute("aria-label", text);
  const font = "bold 1000px " + getComputedStyle(document.body).fontFamily;
  pen.font = font;
  const cells = [...text].map(character => cellOf(character));
  const flat = pen.measureText("1").actualBoundingBoxAscent, width = cells.reduce((sum, cell) => sum + cell.advance, 0);
  let tall = Math.min(Math.max(box.height * 0.86, innerHeight * 0.462), box.height * 0.94, innerHeight * 0.54) * ratio / flat;
  const wide = Math.min(tall, canvas.width / width);
  tall = Math.min(tall, wide / LEAST_SQUEEZE);
  canvas.dataset.share = (tall * flat / ratio / innerHeight).toFixed(3);
  const brush = canvas.getContext("2d");
  brush.translate((canvas.width - width * wide) / 2, (canvas.height + flat * tall) / 2);
  brush.scale(wide, tall);
  brush.font = font;
  brush.fillStyle = brush.strokeStyle = colour;
  brush.lineWidth = 14;
  let left = 0;
  for (const cell of cells) {
    brush.save();
    brush.translate(left + cell.shift, cell.lift(flat));
    brush.scale(cell.scale, cell.scale);
    if (hollow) brush.strokeText(cell.character, 0, 0);
    else brush.fillText(cell.character, 0, 0);
    brush.restore();
    left += cell.advance;
  }
}

function cellOf(character) {
  const digit = character >= "0" && character <= "9", glyph = pen.measureText(character);
  const advance = pen.measureText(digit || character === "–" ? "0" : character).width - TIGHTER;
  const middle = (glyph.actualBoundingBoxAscent - glyph.actualBoundingBoxDescent) / 2;
  const scale = character === "+" ? PLUS : 1;
  const shift = character === "–" ? (advance - glyph.width) / 2 : 0;
  const lift = flat => digit ? 0 : -flat / 2 + middle * scale;
  return {character, advance: advance * scale, scale, shift, lift};
}

/* Texts as large as they may be, and as small as it takes that nothing is cut. */
function fit(element, most, least, holds) {
  const unit = parseFloat(document.documentElement.style.getPropertyValue("--u"));
  let size = most;
  do {
    element.style.fontSize = size * unit + "px";
    size -= 3;
  } while (size >= least && !holds());
}

const lines = element => element.getBoundingClientRect().height / (parseFloat(getComputedStyle(element).fontSize) * 1.25);

function fitAll(p) {
  const rest = Object.assign({}, p, {t: 0, elapsed: 0});
  const wanted = innerWidth + "×" + innerHeight + JSON.stringify(rest);
  if (wanted === fitted) return;
  fitted = wanted;
  setUnits();
  if (isTimed(p)) {
    const head = $("head"), upright = innerHeight > innerWidth;
    fit($("title"), 60, 44, () => lines($("title")) < (upright ? 2.5 : 1.5));
    if (lines($("title")) > 1.5 && !upright) fit($("title"), 46, 26, () => lines($("title")) < 2.5);
    fit($("who"), 46, 26, () => lines($("who")) < (upright ? 2.6 : 1.6));
    fitNext();
    fit($("told"), 84, 34, () => lineCount($("told"), 1.25) < 2.5 && $("told").clientHeight < innerHeight * (p.coming ? 0.13 : 0.2));
    const whole = () => head.scrollHeight <= head.clientHeight + 2;
    if (!whole()) fit($("title"), 34, 18, whole);
    if (p.coming) fitComing(upright);
  } else if (p.mode === "roll_call") {
    fit($("big"), 330, 40, () => $("big").scrollWidth <= $("big").clientWidth);
    const size = parseFloat($("big").style.fontSize) / parseFloat(document.documentElement.style.getPropertyValue("--u"));
    fit($("where"), Math.min(110, size * 0.85), 34, () => lines($("where")) < 2.5);
    fit($("hint"), Math.min(76, size * 0.7), 30, () => lineCount($("hint")) < 2.5);
  } else if (p.mode === "clock") {
    fit($("big"), 520, 60, () => $("big").scrollWidth <= $("big").clientWidth && lineCount($("big")) < 1.5);
  } else if (p.mode === "message") {
    fit($("big"), 280, innerHeight > innerWidth ? 110 : 150, () => lineCount($("big")) < 1.5);
    if (lineCount($("big")) > 1.5)
      fit($("big"), 150, 40, () => $("big").scrollHeight <= $("big").clientHeight && lineCount($("big")) < 3.5);
  } else if (p.mode === "welcome") {
    fit($("name"), 110, 40, () => lines($("name")) < 3.5);
  }
  if (p.mode !== "roll_call") $("where").style.fontSize = $("hint").style.fontSize = "";
  if (p.mode === "roll_call") $("name").style.fontSize = "";
  else if (p.mode !== "welcome") fit($("name"), 66, 34, () => lines($("name")) < 2.5);
  if (p.mode === "sign_in" || p.mode === "welcome") fitCode(p.mode === "welcome");
  drawn = "";
}

/* Type in the fields gets smaller until nothing is cut and the figures keep their height. */
function fitComing(upright) {
  const fields = [...$("coming").children], unit = parseFloat(document.documentElement.style.getPropertyValue("--u"));
  const roomy = () => $("field").clientHeight >= innerHeight * (upright ? 0.24 : 0.492)
    && fields.every(field => field.scrollWidth <= field.clientWidth && field.scrollHeight <= field.clientHeight + 1);
  for (let size = 42; size >= 16; size -= 2) {
    $("coming").style.fontSize = size * unit + "px";
    if (roomy()) return;
  }
}

/* As large as the height allows beside the words, or above them on a telephone held upright. */
function fitCode(welcome) {
  const upright = innerHeight > innerWidth, most = welcome ? innerHeight * (upright ? 0.32 : 0.56) : $("door").clientHeight;
  const side = Math.min(most * (upright && !welcome ? 0.45 : 1), innerWidth * (upright ? 0.8 : welcome ? 0.36 : 0.5));
  $("code").style.width = $("code").style.height = side + "px";
}

/* Beside the words of the state, which may become longer while somebody speaks. */
function fitNext() { fit($("next"), 42, 24, () => lines($("next")) < 1.5); }

function lineCount(element, leading = 1.3) {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect().height / (parseFloat(getComputedStyle(element).fontSize) * leading);
}

/* --h is a hundredth of what can be seen (100vh would count the browser's own bars), --u a unit of type. */
function setUnits() {
  const style = document.documentElement.style;
  style.setProperty("--h", innerHeight / 100 + "px");
  style.setProperty("--u", Math.min(innerHeight / 1080, innerWidth / 820) + "px");
}

setUnits();
tick();
addEventListener("resize", () => {
  setUnits();
  if (live.picture) fitAll(live.picture);
  tick();
});
setInterval(tick, 40);
document.body.addEventListener("click", () => {
  const root = document.documentElement, full = root.requestFullscreen || root.webkitRequestFullscreen;
  if (full && !document.fullscreenElement) full.call(root);
});
