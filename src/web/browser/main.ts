// What script adds to pages that are whole without it.
import { startPicture } from './picture.ts'
import { startReading } from './reading.ts'
import { startSearchBox } from './search-box.tsx'
import { startWhy } from './why.tsx'

startSearchBox()
startReading()
startWhy()
startPicture()

// A choice in a form that has but one is the whole question.
for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-submits]'))
  select.addEventListener('change', () => select.form?.requestSubmit())

// Many years of months are wider than a phone: what is shown first is the newest.
for (const plot of document.querySelectorAll('.plot')) plot.scrollLeft = plot.scrollWidth
