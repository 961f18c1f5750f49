// The picture of a printed page with its items as links over it, and what was searched marked on it.
import { type PagePrint, type PageView, pictureWidths } from '../schema/answers.ts'
import type { Site } from './site.ts'
import { toTitleText } from './wording.ts'

interface PictureProps {
  site: Site
  page: PageView
  print: PagePrint
  title: string
}

/** Without script the picture fits its column, each item leads to its text, and the large picture is a link. */
export function PagePicture({ site: { to }, page, print, title }: PictureProps) {
  const { paper, date, pageNo } = page
  const source = (width: number) => to.picture(paper, date, pageNo, width)
  const { width, height } = print.sheet
  return (
    <figure class="print" aria-label={`${title}的版面`}>
      <div class="print-tools">
        <button type="button" data-action="zoom-out" aria-label="缩小" hidden>
          −
        </button>
        <button type="button" data-action="zoom-in" aria-label="放大" hidden>
          ＋
        </button>
        <button type="button" data-action="zoom-fit" hidden>
          整版
        </button>
        <a href={source(1600)}>大图</a>
        <a href={to.pdf(paper, date, pageNo)}>PDF</a>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved and zoomed by keyboard */}
      <section class="print-view" tabIndex={0} aria-label="版面图：方向键移动，加减键缩放">
        <div class="print-sheet">
          <img
            src={source(800)}
            srcset={pictureWidths.map((one) => `${source(one)} ${one}w`).join(', ')}
            sizes="(max-width: 60rem) 100vw, 50vw"
            width={Math.round(width)}
            height={Math.round(height)}
            alt={`${title}的版面图`}
            decoding="async"
          />
          <svg class="print-boxes" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
            <title>版面上的条目</title>
            {page.articles.map((article) => {
              const boxes = print.items.find(({ id }) => id === article.id)?.boxes ?? []
              if (boxes.length === 0) return null
              const name = toTitleText(article.headline, article.caption ?? article.paragraphs[0])
              return (
                <a key={article.id} href={`#item-${article.id}`} data-item={article.id} aria-label={name}>
                  <title>{name}</title>
                  {boxes.map(([x0, y0, x1, y1]) => (
                    <rect
                      key={`${x0} ${y0} ${x1} ${y1}`}
                      class="item-box"
                      x={x0}
                      y={height - y1}
                      width={x1 - x0}
                      height={y1 - y0}
                    />
                  ))}
                </a>
              )
            })}
            {print.hits.map(([x0, y0, x1, y1]) => (
              <rect
                key={`hit ${x0} ${y0} ${x1} ${y1}`}
                class="hit-box"
                x={x0}
                y={height - y1}
                width={x1 - x0}
                height={y1 - y0}
              />
            ))}
          </svg>
        </div>
      </section>
    </figure>
  )
}
