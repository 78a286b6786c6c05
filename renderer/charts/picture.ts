// A drawing on its own, outside of the program: as SVG that needs no style sheet, and as PNG.
// Promise: it looks as it does on the screen, with its heading and where it comes from; nothing is fetched for it.
const NS = 'http://www.w3.org/2000/svg';
const EDGE = 16;
const HEAD = 34;
const FOOT = 26;
/** As many pixels for each of the drawing's, so that it is sharp on paper. */
const SHARP = 2;

/** What the style sheet says and a drawing on its own has to say by itself. */
const SAID = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];
/** Only for the window: names of style sheets, keys and what is read aloud. */
const UNSAID = ['class', 'style', 'role', 'tabindex', 'aria-label', 'aria-hidden', 'data-mark'];

export type Around = { title: string; source: string };

/** The drawing with its heading above and its source below, all styles written out. */
export function standalone(drawing: SVGSVGElement, around: Around): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  for (const [at, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[at];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of SAID) element.setAttribute(name, style.getPropertyValue(name));
    for (const name of UNSAID) element.removeAttribute(name);
    if (original.hasAttribute('data-mark')) element.remove();
  }
  const { width, height } = sizeOf(drawing);
  const root = document.createElementNS(NS, 'svg');
  const whole = { width: width + 2 * EDGE, height: height + HEAD + FOOT + EDGE };
  setAll(root, { xmlns: NS, ...whole, viewBox: `0 0 ${whole.width} ${whole.height}` });
  const paper = document.createElementNS(NS, 'rect');
  setAll(paper, { width: whole.width, height: whole.height, fill: '#ffffff' });
  setAll(copy, { x: EDGE, y: HEAD });
  const style = getComputedStyle(drawing);
  const words = (text: string, y: number, size: number, weight: number) => {
    const element = document.createElementNS(NS, 'text');
    const font = { 'font-family': style.fontFamily, 'font-size': `${size}px`, 'font-weight': weight };
    setAll(element, { x: EDGE, y, fill: '#1a1a1a', ...font });
    element.textContent = text;
    return element;
  };
  root.append(paper, words(around.title, 24, 16, 700), copy, words(around.source, HEAD + height + FOOT - 4, 12, 400));
  return root;
}

const sizeOf = (drawing: SVGSVGElement) => ({
  width: drawing.width.baseVal.value,
  height: drawing.height.baseVal.value,
});

function setAll(element: Element, values: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
}

export const toSvg = (drawing: SVGSVGElement, around: Around): string =>
  new XMLSerializer().serializeToString(standalone(drawing, around));

/**
 * The drawing as a PNG image. Its words are written by the canvas: an SVG image may not use the fonts that come with the
 * page.
 */
export async function toPng(drawing: SVGSVGElement, around: Around): Promise<Blob> {
  const alone = standalone(drawing, around);
  const { width, height } = sizeOf(alone);
  // Where words stand is known only of what is drawn.
  alone.setAttribute('class', 'chart-alone');
  document.body.append(alone);
  const written = [...alone.querySelectorAll('text')].flatMap(wordsOf);
  alone.remove();
  for (const { element } of written) element.remove();
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARP;
  canvas.height = height * SHARP;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to draw on');
  context.scale(SHARP, SHARP);
  context.drawImage(await imageOf(alone), 0, 0, width, height);
  for (const { write } of written) write(context);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))), 'image/png');
  });
}

type Words = { element: SVGTextElement; write(context: CanvasRenderingContext2D): void };

function wordsOf(element: SVGTextElement): Words[] {
  const at = element.getScreenCTM();
  const origin = outermost(element).getScreenCTM();
  const text = element.textContent ?? '';
  if (!at || !origin || text === '') return [];
  const said = (name: string) => element.getAttribute(name) ?? '';
  const place = at.translate(Number(said('x')), Number(said('y')));
  const [x, y] = [place.e - origin.e, place.f - origin.f];
  const anchors: Record<string, CanvasTextAlign> = { middle: 'center', end: 'right' };
  return [
    {
      element,
      write(context) {
        context.font = `${said('font-weight')} ${said('font-size')} ${said('font-family')}`;
        context.textAlign = anchors[said('text-anchor')] ?? 'left';
        context.lineJoin = 'round';
        if (said('stroke') !== 'none' && said('stroke') !== '') {
          context.strokeStyle = said('stroke');
          context.lineWidth = Number.parseFloat(said('stroke-width'));
          context.strokeText(text, x, y);
        }
        context.fillStyle = said('fill');
        context.fillText(text, x, y);
      },
    },
  ];
}

const outermost = (element: SVGElement): SVGSVGElement => {
  let outer = element.ownerSVGElement;
  while (outer?.ownerSVGElement) outer = outer.ownerSVGElement;
  if (!outer) throw new Error('no drawing around the words');
  return outer;
};

async function imageOf(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  return image;
}

/** Puts an image on the clipboard. Rejects where the browser does not let it. */
export const copyImage = (png: Promise<Blob>): Promise<void> =>
  navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);

/** The bytes of an image in base64. */
export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
