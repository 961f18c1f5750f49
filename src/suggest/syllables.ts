// Which strings of letters are syllables of standard Chinese, and what a reader means by letters typed as pinyin.

/** All syllables without tones, ü written v. */
const syllableList =
  'a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng ' +
  'cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu ' +
  'cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo ' +
  'e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan ' +
  'guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian ' +
  'jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang ' +
  'kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo ' +
  'lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen ' +
  'neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian ' +
  'piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ' +
  'ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi ' +
  'shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian ' +
  'tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing ' +
  'xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen ' +
  'zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu ' +
  'zuan zui zun zuo'

const syllables: ReadonlySet<string> = new Set(syllableList.split(' '))

/** Whether the letters (a to z, ü as v, no tone) are one syllable. */
export function isSyllable(letters: string): boolean {
  return syllables.has(letters)
}

/** Letters of one syllable at most. */
export const longestSyllable = 6

/** A piece of a query: characters to be matched as they are, or letters that may be pinyin. */
export type TypedToken =
  | { kind: 'text'; text: string }
  /** `breaks[i]` tells that the reader typed a space, an apostrophe or a tone between letters i - 1 and i. */
  | { kind: 'letters'; letters: string; breaks: boolean[] }

const combiningMarks = /[\u0300-\u0307\u0309-\u036f]/g

/** Letters with tone marks to plain ones, ü and u: to v, all in lower case. */
function plainLetters(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(combiningMarks, '')
    .replace(/u(?:\u0308|:|：)/g, 'v')
    .replace(/\u0308/g, '')
    .normalize('NFC')
}

/**
 * Splits a query into text and letters. Tone marks, tone digits 1 to 5 behind a letter, apostrophes and spaces
 * become breaks; nue and lue are read as nve and lve. Spaces between characters that are not letters vanish.
 */
export function parseTyped(query: string): TypedToken[] {
  const tokens: TypedToken[] = []
  let isBreak = false
  const plain = plainLetters(query)
  for (let i = 0; i < plain.length; i++) {
    const char = plain[i]!
    const last = tokens.at(-1)
    if (char >= 'a' && char <= 'z') {
      if (last?.kind === 'letters') {
        last.letters += char
        last.breaks.push(isBreak)
      } else tokens.push({ kind: 'letters', letters: char, breaks: [true] })
      isBreak = false
    } else if (/[\s'’`·-]/.test(char)) isBreak = true
    else if (char >= '1' && char <= '5' && last?.kind === 'letters' && !isBreak) isBreak = true
    else {
      if (last?.kind === 'text') last.text += char
      else tokens.push({ kind: 'text', text: char })
      isBreak = false
    }
  }
  for (const token of tokens) {
    if (token.kind === 'letters') token.letters = token.letters.replace(/([nl])ue/g, '$1ve')
  }
  return tokens
}
