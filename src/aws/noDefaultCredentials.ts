/**
 * Stands in for the SDK's default credential chain in the bundle: every client is given its profile's credentials,
 * and one that were not must fail instead of finding somebody else's.
 */
export function defaultProvider(): () => Promise<never> {
  return async () => {
    throw new Error('A client was made without credentials.');
  };
}
