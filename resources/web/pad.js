"use strict";
// A signature by finger: strokes on a grid of 600 × 240, sent as text (see domain/signature.py).
(function () {
  var WIDTH = 600, HEIGHT = 240, MOST_POINTS = 1200, MOST_STROKES = 80, LEAST_STEP = 3;
  var pad = document.getElementById("pad");
  if (!pad) return;
  var canvas = document.getElementById("pad-canvas"), field = document.getElementById("signature");
  var ink = canvas.getContext("2d"), strokes = [], pointer = null;
  pad.hidden = false;

  function pair(number) { return (number < 36 ? "0" : "") + number.toString(36); }

  function text() {
    return strokes.map(function (stroke) {
      return stroke.map(function (point) { return pair(point[0]) + pair(point[1]); }).join("");
    }).join("-");
  }

  function read(written) {
    return written ? written.split("-").map(function (part) {
      return (part.match(/..../g) || []).map(function (point) {
        return [parseInt(point.slice(0, 2), 36), parseInt(point.slice(2), 36)];
      });
    }) : [];
  }

  function draw() {
    ink.clearRect(0, 0, canvas.width, canvas.height);
    ink.lineWidth = 10; ink.lineCap = ink.lineJoin = "round"; ink.strokeStyle = "#1c2430";
    strokes.forEach(function (stroke) {
      ink.beginPath();
      stroke.forEach(function (point, index) {
        ink[index ? "lineTo" : "moveTo"](point[0] * 2, point[1] * 2);
      });
      if (stroke.length === 1) ink.lineTo(stroke[0][0] * 2, stroke[0][1] * 2 + 0.1);
      ink.stroke();
    });
  }

  function count() { return strokes.reduce(function (sum, stroke) { return sum + stroke.length; }, 0); }

  function at(event) {
    var box = canvas.getBoundingClientRect();
    var x = (event.clientX - box.left) / box.width * WIDTH, y = (event.clientY - box.top) / box.height * HEIGHT;
    return [Math.max(0, Math.min(WIDTH - 1, Math.round(x))), Math.max(0, Math.min(HEIGHT - 1, Math.round(y)))];
  }

  function add(event) {
    var stroke = strokes[strokes.length - 1], point = at(event), last = stroke[stroke.length - 1];
    var far = !last || Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) >= LEAST_STEP;
    if (far && count() < MOST_POINTS) { stroke.push(point); draw(); }
  }

  canvas.addEventListener("pointerdown", function (event) {
    if (pointer !== null || strokes.length >= MOST_STROKES || count() >= MOST_POINTS) return;
    event.preventDefault();
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    strokes.push([]);
    add(event);
  });
  canvas.addEventListener("pointermove", function (event) {
    if (event.pointerId === pointer) { event.preventDefault(); add(event); }
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    canvas.addEventListener(name, function (event) {
      if (event.pointerId !== pointer) return;
      pointer = null;
      field.value = text();
    });
  });
  document.getElementById("pad-clear").addEventListener("click", function () {
    strokes = []; field.value = ""; draw();
  });
  strokes = read(field.value);
  draw();
})();
