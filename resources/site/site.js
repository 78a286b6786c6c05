// On every page: a box of a table can be reached by keyboard only while it has something to scroll.
// Without this script every box can be reached, which is harmless.
const boxes = document.querySelectorAll('.table-box');

function update() {
  for (const box of boxes) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute('tabindex', '0');
    else if (box !== document.activeElement) box.removeAttribute('tabindex');
  }
}

const watcher = new ResizeObserver(update);
for (const box of boxes) watcher.observe(box);
