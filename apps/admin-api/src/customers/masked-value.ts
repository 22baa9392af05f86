/** How a value looks to somebody who may not see it: enough to recognise one's own, too little to learn another's. `+31 6 ••• 42` style: the first and the last two characters. */
export function maskedValue(kind: string, value: string): string {
  if (kind === 'email') return maskedText(value);
  if (kind === 'phone') return `${value.slice(0, 3)} ••• ${value.slice(-2)}`;
  return value.length <= 4 ? '••••' : `••• ${value.slice(-2)}`;
}

/** E-mail addresses and runs of seven digits or more, however they are grouped, inside any text. */
const personal = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+|\+?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){6,}/gu;

/** The text with what could reach or name somebody masked. */
export function maskedText(text: string): string {
  return text.replace(personal, (found) => {
    const at = found.lastIndexOf('@');
    return at > 0 ? `${found.slice(0, 1)}•••${found.slice(at)}` : `${found.slice(0, 2)} ••• ${found.slice(-2)}`;
  });
}
