// What an inspector of accessibility looks for, computed in the page: names, headings, contrast, width.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core'

/** Every fault found in the page as it stands, in words; none for a good page. */
export function inspect(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const isVisible = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const describe = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.textContent ?? '').trim().slice(0, 20)}”`

    for (const element of document.querySelectorAll('a, button, input, select, [role=option]')) {
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null
      const name =
        element.getAttribute('aria-label') ??
        ([...(labels ?? [])].map((label) => label.textContent).join('') ||
          element.textContent ||
          [...element.querySelectorAll('img')].map(({ alt }) => alt).join(''))
      if (isVisible(element) && name.trim() === '') faults.push(`没有名称：${describe(element)}`)
    }
    const mains = document.querySelectorAll('h1')
    if (mains.length !== 1) faults.push(`h1 有 ${mains.length} 个`)
    if (document.documentElement.lang !== 'zh-CN') faults.push('没有写明语言')
    if (document.title.trim() === '') faults.push('没有标题')
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    for (const id of new Set(ids))
      if (ids.filter((one) => one === id).length > 1) faults.push(`重复的 id：${id}`)
    for (const name of ['aria-controls', 'aria-labelledby', 'aria-activedescendant'])
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const target = element.getAttribute(name) ?? ''
        if (document.getElementById(target) === null) faults.push(`${name} 指向不存在的 ${target}`)
      }
    if (document.documentElement.scrollWidth > innerWidth)
      faults.push(`横向滚动：宽 ${document.documentElement.scrollWidth}，窗口 ${innerWidth}`)

    // Contrast by WCAG 2.2, success criterion 1.4.3.
    const parse = (color: string) => (/rgba?\(([^)]+)\)/.exec(color)?.[1] ?? '').split(/[, /]+/).map(Number)
    const luminance = (rgb: number[]) => {
      const [red = 0, green = 0, blue = 0] = rgb.map((channel) => {
        const share = channel / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const groundOf = (element: Element | null): number[] => {
      for (let at = element; at !== null; at = at.parentElement) {
        const [red = 0, green = 0, blue = 0, alpha = 1] = parse(getComputedStyle(at).backgroundColor)
        if (alpha > 0.99) return [red, green, blue]
      }
      return [255, 255, 255]
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || (node.textContent ?? '').trim() === '' || !isVisible(element)) continue
      const style = getComputedStyle(element)
      const [light, dark] = [luminance(parse(style.color).slice(0, 3)), luminance(groundOf(element))].sort(
        (a, b) => b - a,
      )
      const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (isLarge ? 3 : 4.5)) faults.push(`对比度 ${ratio.toFixed(2)}：${describe(element)}`)
    }
    return faults
  })
}
