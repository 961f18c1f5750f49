// Days of the calendar as YYYY-MM-DD, from year 1 to 9999.

/** The day as YYYY-MM-DD; null when the calendar has no such day. */
export function toDay(year: number, month: number, day: number): string | null {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month)))
    return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days of a month; `month` counts from 1. */
export function lastDay(year: number, month: number): number {
  const end = new Date(0)
  // Date.UTC would take the years 0 to 99 for the last century.
  end.setUTCFullYear(year, month, 0)
  return end.getUTCDate()
}

/** Whether a text is a day of the calendar, written YYYY-MM-DD. */
export function isCalendarDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match !== null && toDay(Number(match[1]), Number(match[2]), Number(match[3])) !== null
}
