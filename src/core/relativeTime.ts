import * as l10n from '@vscode/l10n';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "4 d ago", "3 h ago", "just now": the coarsest unit that says something. */
export function ago(then: number, now: number): string {
  const passed = now - then;
  return passed < minute ? l10n.t('just now') : l10n.t('{0} ago', duration(passed));
}

/** "3 d", "5 h", "12 min": whole units, rounded down, at least one minute. */
export function duration(milliseconds: number): string {
  if (milliseconds >= day) {
    return l10n.t('{0} d', Math.floor(milliseconds / day));
  }
  if (milliseconds >= hour) {
    return l10n.t('{0} h', Math.floor(milliseconds / hour));
  }
  return l10n.t('{0} min', Math.max(1, Math.floor(milliseconds / minute)));
}

/** An unambiguous date for tooltips: `2026-03-01 12:00 UTC`. */
export function exactTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
