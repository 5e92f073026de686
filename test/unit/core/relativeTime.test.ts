import assert from 'node:assert/strict';
import fc from 'fast-check';

import { ago, duration, exactTime } from '../../../src/core/relativeTime.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

suite('relativeTime', () => {
  const durations: readonly (readonly [milliseconds: number, text: string])[] = [
    [0, '1 min'],
    [minute - 1, '1 min'],
    [2 * minute - 1, '1 min'],
    [59 * minute, '59 min'],
    [hour - 1, '59 min'],
    [hour, '1 h'],
    [day - 1, '23 h'],
    [day, '1 d'],
    [2 * day - 1, '1 d'],
    [400 * day, '400 d'],
  ];
  for (const [milliseconds, text] of durations) {
    test(`${milliseconds} ms last ${text}`, () => assert.equal(duration(milliseconds), text));
  }

  test('less than a minute ago, and what a fast clock puts into the future, is just now', () => {
    assert.equal(ago(1000, 1000 + minute - 1), 'just now');
    assert.equal(ago(1000 + day, 1000), 'just now');
    assert.equal(ago(1000, 1000 + minute), '1 min ago');
    assert.equal(ago(0, 4 * day), '4 d ago');
  });

  test('what is longer ago never reads as shorter', () => {
    const amount = (text: string): number => {
      const [count = '', unit = ''] = text.split(' ');
      return Number(count) * ({ min: minute, h: hour, d: day }[unit] ?? Number.NaN);
    };
    const time = fc.integer({ min: 0, max: 10_000 * day });
    fc.assert(
      fc.property(time, time, (a, b) => {
        assert.ok(amount(duration(Math.min(a, b))) <= amount(duration(Math.max(a, b))));
      }),
    );
  });

  test('an exact time is the minute in UTC, and reads back as such', () => {
    assert.equal(exactTime(Date.UTC(2026, 2, 1, 12, 0, 59)), '2026-03-01 12:00 UTC');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0) }), (time) => {
        const [date = '', clock = '', zone] = exactTime(time).split(' ');
        assert.equal(zone, 'UTC');
        assert.equal(Date.parse(`${date}T${clock}Z`), Math.floor(time / minute) * minute);
      }),
    );
  });
});
