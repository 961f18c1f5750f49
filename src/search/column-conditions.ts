// Conditions on the columns of a document: what filters ask, in a query or beside it.
import type { Columns } from '../index/directory/reader.ts'
import { noValue } from '../model/hit.ts'
import type { Plan } from '../query/plan.ts'
import { type FilterColumn, toDateNumber } from '../schema/columns.ts'

/** Whether a document passes the conditions on its columns. */
export type Accept = (document: number) => boolean

/** A condition that one column can answer. */
export function columnCondition(plan: Plan & { kind: 'filter' | 'dates' }, columns: Columns): Accept {
  if (plan.kind === 'dates') {
    const from = plan.from ? toDateNumber(plan.from) : 1
    const to = plan.to ? toDateNumber(plan.to) : 99999999
    const dates = columns.numbers('date')
    return (document) => dates[document]! >= from && dates[document]! <= to
  }
  if (plan.field === 'page') return pageCondition(columns, [Number(plan.value)])
  return valueCondition(columns, plan.field, [plan.value])
}

export function pageCondition(columns: Columns, wanted: readonly number[]): Accept {
  const numbers = columns.numbers('pageNo')
  return (document) => wanted.includes(numbers[document]!)
}

/** Whether one of a document's values in a column is one of those given; `-` is given for having none. */
export function valueCondition(columns: Columns, column: FilterColumn, values: readonly string[]): Accept {
  const { codes, starts, codeOf } = columns.texts(column)
  const wanted = new Set(values.map(codeOf))
  const takesNone = values.includes(noValue)
  if (takesNone) wanted.add(codeOf(''))
  return (document) => {
    if (takesNone && starts[document] === starts[document + 1]) return true
    for (let i = starts[document]!; i < starts[document + 1]!; i++) if (wanted.has(codes[i]!)) return true
    return false
  }
}
