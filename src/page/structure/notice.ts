// Public notices and advertisements (公告, 启事), told by their headline.
import { toPlainScript } from '../../normalize/normalize.ts'

const noticeHeadline =
  /^[\p{Script=Han}\w（）()《》“” ·]{0,30}(?:公告|启事|公示|声明|讣告|通告|拍卖|招标|招聘|遗失|挂失|更正|广告)$/u

/** True for the headline of a notice, in either script. */
export function isNoticeHeadline(headline: string): boolean {
  return noticeHeadline.test(toPlainScript(headline))
}
