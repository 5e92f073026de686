import './hostBuiltins.ts';
import { activateBundle } from '../fakes/activateBundle.ts';
import { Stopwatch } from './stopwatch.ts';

/** Loads and activates the bundle of the first argument in a fresh process; prints how long that took. */
const stopwatch = new Stopwatch();
activateBundle(process.argv[2] ?? '');
const span = stopwatch.elapsed();
process.stdout.write(JSON.stringify(span));
// Whatever activation started would keep the process alive.
process.exit();
