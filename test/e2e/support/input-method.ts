// A Chinese input method at work: composing letters, then one chosen word, as the browser hears it from the system.
import type { CDPSession, Page } from 'playwright-core'

export interface InputMethod {
  /** Shows the letters typed so far as a composition; nothing is entered yet. */
  compose(...states: string[]): Promise<void>
  /** A key that the input method keeps for itself: the page hears code 229. */
  pressEnterInside(): Promise<void>
  /** Enters the chosen word and ends the composition. */
  commit(word: string): Promise<void>
}

export async function createInputMethod(page: Page): Promise<InputMethod> {
  const session: CDPSession = await page.context().newCDPSession(page)
  return {
    async compose(...states) {
      for (const text of states)
        await session.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        })
    },
    async pressEnterInside() {
      for (const type of ['rawKeyDown', 'keyUp'] as const)
        await session.send('Input.dispatchKeyEvent', {
          type,
          key: type === 'rawKeyDown' ? 'Process' : 'Enter',
          code: 'Enter',
          windowsVirtualKeyCode: type === 'rawKeyDown' ? 229 : 13,
        })
    },
    async commit(word) {
      await session.send('Input.insertText', { text: word })
    },
  }
}
