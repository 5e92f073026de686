/** RFC 3339 without fractions of a second: the form the AWS CLI writes and reads. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
