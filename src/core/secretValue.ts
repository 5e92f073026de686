const mask = '•••';

/**
 * A secret's plain value. Only `reveal` hands it out; every other way of looking at it
 * (string concatenation, JSON, the inspector, structured logging) shows a mask of constant length.
 */
export class SecretValue {
  readonly #value: string | Uint8Array;

  private constructor(value: string | Uint8Array) {
    this.#value = value;
  }

  static text(value: string): SecretValue {
    return new SecretValue(value);
  }

  static binary(value: Uint8Array): SecretValue {
    return new SecretValue(value);
  }

  get isBinary(): boolean {
    return typeof this.#value !== 'string';
  }

  /** The text, or for a binary value its base64 form (what the AWS CLI prints). */
  reveal(): string {
    return typeof this.#value === 'string' ? this.#value : toBase64(this.#value);
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask;
  }
}

function toBase64(bytes: Uint8Array): string {
  const step = 0x8000; // String.fromCharCode takes its arguments on the stack.
  let binary = '';
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(binary);
}
