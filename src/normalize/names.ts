// People's names as bylines, signatures and credits print them.

/**
 * Splits a run of names: `付家宝`, `岳富荣、祝大伟`, `毛 羽` (one name of two spaced characters), `许廷合 周明阁`.
 * Latin names keep their inner spaces.
 */
export function splitNames(text: string): string[] {
  const names: string[] = []
  for (const part of text.split(/[、，,;；/／|&]+/u)) {
    const tokens = part
      .trim()
      .split(/[\s\u3000]+/u)
      .filter((token) => token !== '')
    if (tokens.length > 0 && tokens.every((token) => /^[A-Za-z.'’-]+$/u.test(token))) {
      names.push(tokens.join(' '))
      continue
    }
    let pending = ''
    for (const token of tokens) {
      if ([...token].length === 1 && /\p{Script=Han}/u.test(token)) {
        pending += token
        if ([...pending].length === 2) {
          names.push(pending)
          pending = ''
        }
        continue
      }
      if (pending !== '') {
        names.push(pending + token)
        pending = ''
      } else names.push(token)
    }
    if (pending !== '') {
      const last = names.pop()
      names.push(
        last === undefined ? pending : last.length <= 2 ? last + pending : last,
        ...(last !== undefined && last.length > 2 ? [pending] : []),
      )
    }
  }
  return names
}

/** True for a run of one to eight names: two to four Han characters each, or with a middle dot, or Latin. */
export function looksLikeNames(text: string): boolean {
  if (/[\d。！？：“”《》]/u.test(text)) return false
  const names = splitNames(text)
  if (names.length === 0 || names.length > 8) return false
  return names.every(
    (name) =>
      /^\p{Script=Han}{2,4}$/u.test(name) ||
      /^\p{Script=Han}{1,8}[·•]\p{Script=Han}{1,8}$/u.test(name) ||
      /^[A-Z][A-Za-z.'’ -]{2,30}$/u.test(name),
  )
}
