// How the script asks the service.

/** The mount path, which the page names. */
export const base = document.documentElement.dataset.base ?? ''

/** Throws where the service does not answer, or the signal's reason when it was aborted. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`${base}${path}`, {
    headers: { Accept: 'application/json' },
    ...(signal && { signal }),
  })
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}

/** Says something to a reader who does not see the page. */
export function announce(text: string): void {
  const place = document.getElementById('announce')
  if (place) place.textContent = text
}
