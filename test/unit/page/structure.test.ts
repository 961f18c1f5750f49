// What a reader of newspapers sees at a glance: dates, names, datelines, captions, mastheads, cross references.
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { assign, assignSparse } from '../../../src/page/assignment.ts'
import { parseCorrections } from '../../../src/page/corrections.ts'
import { decodeText, isProbablyBinary } from '../../../src/page/encoding.ts'
import { readTextPages } from '../../../src/page/read-page.ts'
import { parseBylineLine, parseDateline } from '../../../src/page/structure/byline.ts'
import { splitCaptions } from '../../../src/page/structure/caption.ts'
import { findDates } from '../../../src/page/structure/dates.ts'
import { readFolderName } from '../../../src/page/structure/folder-name.ts'
import { joinLines, removeLetterSpacing } from '../../../src/page/structure/join-lines.ts'
import { takeJumps } from '../../../src/page/structure/jump-lines.ts'
import { readMasthead } from '../../../src/page/structure/masthead.ts'
import { splitSignature } from '../../../src/page/structure/signature.ts'

describe('dates in print', () => {
  it.each([
    ['2018年11月7日', '2018-11-07'],
    ['2018年 11月 7日 星期三', '2018-11-07'],
    ['二〇一八年十一月七日 星期三', '2018-11-07'],
    ['2018-11-07', '2018-11-07'],
    ['民国二十六年七月八日', '1937-07-08'],
  ])('%s is %s', (text, date) => {
    expect(findDates(text)[0]?.date).toBe(date)
  })

  it('31 November is no date', () => {
    expect(findDates('2018年11月31日')).toEqual([])
  })
})

describe('names in print', () => {
  it('a byline line gives roles and names', () => {
    expect(parseBylineLine('□本报记者 左一鸣 通讯员 关晓')).toEqual([
      { role: '本报记者', names: ['左一鸣'] },
      { role: '通讯员', names: ['关晓'] },
    ])
    expect(parseBylineLine('记者从县水务局获悉')).toBeNull()
  })

  it('a dateline gives reporters, and its length', () => {
    const text = '本报河湾2月13日电 （记者祁远、孟小川）春节过后'
    const dateline = parseDateline(text)
    expect(dateline?.bylines).toEqual([{ role: '记者', names: ['祁远', '孟小川'] }])
    expect(text.slice(dateline?.length)).toBe('春节过后')
    expect(parseDateline('据海关统计，今年')).toBeNull()
  })

  it('a signature closes a brief, a cross reference or an abbreviation does not', () => {
    expect(splitSignature('工程完工。（毛 羽）')).toEqual({ text: '工程完工。', signature: '毛羽' })
    expect(splitSignature('印发《方案》（以下简称《办法》）。')).toBeNull()
    expect(splitSignature('继续推进。（下转第二版）')).toBeNull()
  })

  it('two captions on one line are two', () => {
    expect(
      splitCaptions('居民在锻炼。 祁远 摄 老人在下棋。 关晓 摄').map(({ caption, credits }) => [
        caption,
        credits,
      ]),
    ).toEqual([
      ['居民在锻炼。', ['祁远']],
      ['老人在下棋。', ['关晓']],
    ])
    expect(splitCaptions('一个摄像头、一个话筒')).toEqual([])
  })
})

describe('lines and references', () => {
  it('letter-spacing goes, Latin words keep their spaces', () => {
    expect(removeLetterSpacing('全 国 和 谐 社 区')).toBe('全国和谐社区')
    expect(joinLines(['New York', 'Times 报道'])).toBe('New York Times 报道')
  })

  it('cross references leave the text and say where it goes on', () => {
    expect(takeJumps('初见成效。（下转第四版）')).toEqual({ text: '初见成效。', to: 4 })
    expect(takeJumps('（上接第1版）方案提出')).toEqual({ text: '方案提出', from: 1 })
  })

  it('folders say paper, date and page', () => {
    expect(readFolderName('data/河湾日报/2021-03-04/02.txt')).toEqual({
      paper: '河湾日报',
      date: '2021-03-04',
      pageNo: 2,
    })
    expect(readFolderName('河湾日报-2021-03-04-p7.pdf')).toEqual({
      paper: '河湾日报',
      date: '2021-03-04',
      pageNo: 7,
    })
  })

  it('a masthead gives paper, section, staff and contact', () => {
    const lines = [
      '河湾日报',
      '民生',
      '值班总编 左一鸣 编辑 关晓',
      '2021年3月4日 星期四',
      '电话：4396868 E-mail：a@example.com',
      '6',
    ]
    expect(readMasthead(lines.map((text) => ({ text, alone: true }))).fields).toEqual({
      paper: '河湾日报',
      section: '民生',
      staff: { 值班总编: '左一鸣', 编辑: '关晓' },
      date: '2021-03-04',
      contact: { phone: '4396868', email: 'a@example.com' },
      pageNo: 6,
    })
  })
})

describe('encodings', () => {
  const text = '河湾日报\n城区换水管，清水进了家门。\n'
  it.each(['utf8', 'gb18030', 'utf-16le', 'utf-16be'])('%s is read', (encoding) => {
    expect(decodeText(iconv.encode(text, encoding))).toBe(text)
    expect(decodeText(iconv.encode(text, encoding, { addBOM: true }))).toBe(text)
  })

  it('Big5 is told from GB18030', () => {
    const traditional = '民國二十六年，這個縣的農會開會討論水利問題，會員們說：“水渠應該先修。”\n'
    expect(decodeText(iconv.encode(traditional, 'big5'))).toBe(traditional)
  })

  it('every line end is one', () => {
    expect(decodeText(Buffer.from('甲\r\n乙\r丙\u2028丁'))).toBe('甲\n乙\n丙\n丁')
  })

  it('an empty and a binary file are named in plain Chinese', () => {
    expect(() => readTextPages(Buffer.from(' \n'), { path: '甲.txt' })).toThrow(/甲\.txt/u)
    expect(isProbablyBinary(Uint8Array.from({ length: 64 }, (_, i) => i % 9))).toBe(true)
  })

  it('form feeds part pages, and lines count on', () => {
    const pages = readTextPages(Buffer.from(`${text}\f${text}`), {})
    expect(pages).toHaveLength(2)
    expect(pages[1]?.page.sourceLines?.[0]?.[0]).toBe(3)
  })
})

describe('corrections', () => {
  const page = '河湾县召开会议\n\n会议在县城举行，研究了春耕工作。\n\n随后大家参观了农机合作社的仓库。\n'
  it('a dropped line goes to unplaced, a stated order and headline win', () => {
    const fix = parseCorrections(
      '{"drop":[[5,5]],"join":[[[3,3]]],"mark":[{"lines":[1,1],"as":"headline","of":3}],"page":{"pageNo":4}}',
      '1.fix.json',
    )
    const [read] = readTextPages(Buffer.from(page), {}, { corrections: fix })
    expect(read?.page.pageNo).toBe(4)
    expect(read?.items.map((item) => [item.headline, item.paragraphs])).toEqual([
      ['河湾县召开会议', ['会议在县城举行，研究了春耕工作。']],
    ])
    expect(read?.unplaced?.map((each) => each.lines)).toEqual([[5, 5]])
  })

  it('a day that is none and a field that does not exist are named', () => {
    expect(() => parseCorrections('{"page":{"date":"2018-13-45"}}', '1.fix.json')).toThrow(/page\.date/u)
    expect(() => parseCorrections('{"page":{"pages":4}}', '1.fix.json')).toThrow(/page\.pages/u)
  })

  it('a wrong field is named', () => {
    expect(() => parseCorrections('{"mark":[{"lines":[1,1],"as":"标题"}]}', '1.fix.json')).toThrow(
      /mark\[0\]\.as/u,
    )
    expect(() => parseCorrections('{', '1.fix.json')).toThrow(/1\.fix\.json/u)
  })
})

describe('the assignment', () => {
  it('takes the best sum, leaves alone what gains nothing, and is the same by parts', () => {
    const gains = [
      [5, 4, -1],
      [4, 1, -1],
      [-1, -1, -3],
    ]
    expect(assign(gains)).toEqual([1, 0, -1])
    const sparse = gains.map(
      (row) => new Map(row.flatMap((gain, y) => (gain > 0 ? [[y, gain] as const] : []))),
    )
    expect(assignSparse(sparse)).toEqual([1, 0, -1])
  })
})
