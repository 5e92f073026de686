/**
 * A text for a notification, a dialog or an input box. The editor makes links of `[text](target)` there and lets them run
 * commands, and names come from AWS or from whoever sent an ARN.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}
