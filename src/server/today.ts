// The day on which readers read: that of China, where they are.

/** YYYY-MM-DD. */
export function today(now = new Date()): string {
  return now.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
}
