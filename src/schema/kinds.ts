// The kinds of values that articles and requests are made of, each with the sentence that says what is wrong.
import * as v from 'valibot'
import { isCalendarDay } from '../model/calendar.ts'
import { itemTypes } from '../model/item.ts'

/** A value as an error quotes it. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const characters = [...text]
  return `“${characters.length <= 40 ? text : `${characters.slice(0, 40).join('')}…`}”`
}

/** A text of at most `longest` characters, counted as a reader counts: a rare character of two units is one. */
export function text(longest: number) {
  return v.pipe(
    v.string('应为文字'),
    v.check(
      (value) => value.length <= longest || [...value].length <= longest,
      ({ input }) => `太长：${[...input].length} 个字符，最多 ${longest} 个`,
    ),
    v.metadata({ maxLength: longest }),
  )
}

/** A text that is not blank. */
export function requiredText(longest: number) {
  return v.pipe(
    text(longest),
    v.check((value) => value.trim() !== '', '不能为空'),
    v.metadata({ minLength: 1 }),
  )
}

/** A whole number, both ends included. */
export function whole(least: number, most: number) {
  const message = ({ input }: { input: unknown }) => `应为 ${least} 到 ${most} 的整数，收到${shown(input)}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message))
}

export function choice<const T extends readonly string[]>(choices: T) {
  return v.picklist(choices, ({ input }) => `只能是 ${choices.join('、')}，收到${shown(input)}`)
}

export const itemType = choice(itemTypes)

/** YYYY-MM-DD, a day that the calendar has. */
export const day = v.pipe(
  v.string('应为 YYYY-MM-DD 形式的日期'),
  v.check(isCalendarDay, ({ input }) =>
    /^\d{4}-\d{2}-\d{2}$/.test(input)
      ? `日历上没有 ${input} 这一天`
      : `应为 YYYY-MM-DD 形式的日期，收到${shown(input)}`,
  ),
  v.metadata({ format: 'date' }),
)

export const flag = v.boolean(({ input }) => `应为 1 或 0，收到${shown(input)}`)

/** One value, or a list of at most `most` of them; what is wrong is said by the kind that was meant. */
export function many<T extends v.GenericSchema<string> | v.GenericSchema<number>>(one: T, most = 50) {
  const list = v.pipe(
    v.array(one),
    v.maxLength(most, ({ input }) => `给了 ${input.length} 个，最多 ${most} 个`),
  )
  return v.union([one, list], ({ input, issues = [] }) => {
    const meant = issues.find(({ path }) => (path !== undefined) === Array.isArray(input))
    return (meant ?? issues[0])?.message ?? `不对：${shown(input)}`
  })
}
