// How much of a string a text holds that does not hold all of it.

/** The longest part of a string that stands in a text, the first of equally long ones; empty where none does. */
export function longestContained(string: string, text: string): string {
  for (let length = string.length - 1; length > 0; length--)
    for (let start = 0; start + length <= string.length; start++)
      if (text.includes(string.slice(start, start + length))) return string.slice(start, start + length)
  return ''
}
