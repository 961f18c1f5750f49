// The routes of the printed pages: pictures, clips and PDFs.
import * as v from 'valibot'
import { type PictureWidth, pictureWidths } from '../../schema/answers.ts'
import { choice } from '../../schema/kinds.ts'
import { articleId } from '../parameters.ts'
import { defineRoute } from '../route.ts'
import { pagePath, toPlace } from './reading.ts'

const binary = { type: 'string', contentEncoding: 'binary' } as const

export const pictureRoute = defineRoute({
  method: 'GET',
  address: '/api/pages/:paper/:date/:pageNo/picture',
  summary: '版面的图，WebP。A picture of the page.',
  isMomentary: true,
  path: pagePath,
  query: {
    width: v.optional(
      v.pipe(choice(pictureWidths.map(String)), v.description('宽，像素。Width in pixels.')),
      '800',
    ),
  },
  answers: { status: 200, description: '图。The picture.', types: { 'image/webp': binary } },
  async respond({ path, query }, { archive }) {
    const { paper, date, pageNo } = toPlace(path)
    const picture = await archive.picture(paper, date, pageNo, Number(query.width) as PictureWidth)
    return { kind: 'bytes', ...picture }
  },
})

export const pdfRoute = defineRoute({
  method: 'GET',
  address: '/api/pages/:paper/:date/:pageNo/pdf',
  summary: '版面的 PDF 原件。The original PDF of the page.',
  isMomentary: true,
  path: pagePath,
  query: {},
  answers: { status: 200, description: 'PDF。', types: { 'application/pdf': binary } },
  async respond({ path }, { archive }) {
    const { paper, date, pageNo } = toPlace(path)
    const { path: file } = await archive.pdf(paper, date, pageNo)
    const fileName = `${[paper, date, pageNo].filter((part) => part !== '').join('-')}.pdf`
    return { kind: 'file', path: file, type: 'application/pdf', fileName }
  },
})

export const clipRoute = defineRoute({
  method: 'GET',
  address: '/api/articles/:id/clip',
  summary: '一篇文章印在报上的样子，剪下来的图，WebP。The article as printed, cut out of its page.',
  isMomentary: true,
  path: { id: articleId },
  query: {},
  answers: { status: 200, description: '图。The clip.', types: { 'image/webp': binary } },
  async respond({ path: { id } }, { archive }) {
    return { kind: 'bytes', ...(await archive.clip(id)) }
  },
})
