// The picture of a page, moved and zoomed by wheel, fingers, mouse and keys; a press on an item leads to its text.
import { onAction } from './reading.ts'

const largest = 8
const step = 1.3
/** A double press looks closer, or back at the whole. */
const doubled = 2.5
/** Pixels that an arrow key moves the picture. */
const keyMove = 60

export function startPicture(): void {
  const view = document.querySelector<HTMLElement>('.print-view')
  const sheet = view?.querySelector<HTMLElement>('.print-sheet')
  const image = sheet?.querySelector('img')
  if (!view || !sheet || !image) return
  view.classList.add('print-live')
  let scale = 1
  let x = 0
  let y = 0

  const draw = () => {
    const { clientWidth, clientHeight } = view
    const [width, height] = [sheet.offsetWidth * scale, sheet.offsetHeight * scale]
    // The sheet never leaves the view; a side that fits stands in the middle.
    x = width <= clientWidth ? (clientWidth - width) / 2 : Math.min(0, Math.max(clientWidth - width, x))
    y = height <= clientHeight ? (clientHeight - height) / 2 : Math.min(0, Math.max(clientHeight - height, y))
    sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
    // A finger moves a large picture, and scrolls the page over a whole one.
    view.style.touchAction = scale > 1 ? 'none' : 'pan-y'
    // The browser chooses the file by the width that is shown.
    image.sizes = `${Math.ceil(width)}px`
  }
  /** Zooms around a point of the view. */
  const zoom = (next: number, atX = view.clientWidth / 2, atY = view.clientHeight / 2) => {
    const bounded = Math.min(largest, Math.max(1, next))
    x = atX - ((atX - x) * bounded) / scale
    y = atY - ((atY - y) * bounded) / scale
    scale = bounded
    draw()
  }
  const placeOf = (event: MouseEvent) => {
    const box = view.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top] as const
  }

  view.addEventListener(
    'wheel',
    (event) => {
      // Two fingers on a trackpad come with ctrlKey. Otherwise the wheel moves a large picture, and the page under a whole one.
      if (event.ctrlKey) zoom(scale * Math.exp(-event.deltaY / 400), ...placeOf(event))
      else if (scale > 1) {
        x -= event.deltaX
        y -= event.deltaY
        draw()
      } else return
      event.preventDefault()
    },
    { passive: false },
  )
  view.addEventListener('dblclick', (event) => zoom(scale > 1 ? 1 : doubled, ...placeOf(event)))
  view.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [keyMove, 0],
      ArrowRight: [-keyMove, 0],
      ArrowUp: [0, keyMove],
      ArrowDown: [0, -keyMove],
    }
    const move = moves[event.key]
    if (move && scale > 1) {
      x += move[0]
      y += move[1]
      draw()
    } else if (event.key === '+' || event.key === '=') zoom(scale * step)
    else if (event.key === '-') zoom(scale / step)
    else if (event.key === '0') zoom(1)
    else return
    event.preventDefault()
  })

  const fingers = new Map<number, { x: number; y: number }>()
  let hasMoved = false
  const spread = () => {
    const [a, b] = [...fingers.values()]
    return a && b
      ? { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
      : null
  }
  view.addEventListener('pointerdown', (event) => {
    const [px, py] = placeOf(event)
    fingers.set(event.pointerId, { x: px, y: py })
    hasMoved = false
  })
  view.addEventListener('pointermove', (event) => {
    const finger = fingers.get(event.pointerId)
    if (!finger) return
    const before = spread()
    const [px, py] = placeOf(event)
    if (Math.hypot(px - finger.x, py - finger.y) > 3) hasMoved = true
    if (fingers.size === 1 && scale > 1) {
      x += px - finger.x
      y += py - finger.y
      draw()
    }
    fingers.set(event.pointerId, { x: px, y: py })
    const after = spread()
    if (before && after) zoom((scale * after.distance) / before.distance, after.x, after.y)
  })
  for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    view.addEventListener(name, (event) => fingers.delete(event.pointerId))
  view.addEventListener('dragstart', (event) => event.preventDefault())
  // A press that moved the picture is no press on an item.
  view.addEventListener(
    'click',
    (event) => {
      if (hasMoved) event.preventDefault()
    },
    true,
  )
  onAction('zoom-in', () => zoom(scale * step))
  onAction('zoom-out', () => zoom(scale / step))
  onAction('zoom-fit', () => zoom(1))
  new ResizeObserver(draw).observe(view)

  linkItems(view)
}

/** The item under the pointer is shown in both places, and its text has a way back to the picture. */
function linkItems(view: HTMLElement): void {
  for (const link of view.querySelectorAll<SVGAElement>('a[data-item]')) {
    const text = document.getElementById(`item-${link.dataset['item']}`)
    if (!text) continue
    const light = (isOn: boolean) => {
      link.classList.toggle('lit', isOn)
      text.classList.toggle('lit', isOn)
    }
    for (const place of [link, text]) {
      place.addEventListener('pointerenter', () => light(true))
      place.addEventListener('pointerleave', () => light(false))
    }
    const back = document.createElement('button')
    back.type = 'button'
    back.className = 'to-picture'
    back.textContent = '在版面上看'
    back.addEventListener('click', () => {
      view.scrollIntoView({ block: 'nearest' })
      link.focus({ preventScroll: true })
    })
    text.append(back)
  }
}
