/** A member of a JSON object: `start` and `end` are the offsets of its value in the text, end-exclusive. */
export interface JsonMember {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The members of the object that the text is, in their order and with duplicates, or undefined when the text is not one
 * JSON object. JSON.parse would order numeric names first, drop duplicates and hide `__proto__`.
 */
export function jsonMembers(text: string): readonly JsonMember[] | undefined {
  if (!isJsonObject(text)) {
    return undefined;
  }
  const members: JsonMember[] = [];
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text[at] !== '}') {
    const nameEnd = skipString(text, at);
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = skipValue(text, start);
    members.push({ name: parsedString(text.slice(at, nameEnd)), start, end });
    at = skipSpace(text, end);
    at = text[at] === ',' ? skipSpace(text, at + 1) : at;
  }
  return members;
}

/** What a person means by the value: a string's text, otherwise the JSON exactly as it is written. */
export function memberText(text: string, { start, end }: JsonMember): string {
  const json = text.slice(start, end);
  return json.startsWith('"') ? parsedString(json) : json;
}

/** Everything below relies on the text being valid. The parser's error quotes the text, so it is not passed on. */
function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

function parsedString(json: string): string {
  return String(JSON.parse(json));
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text[at])) {
    at += 1;
  }
  return at;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

/** From the opening quote to behind the closing one. */
function skipString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function skipValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '"') {
      at = skipString(text, at);
    } else {
      depth += character === '{' || character === '[' ? 1 : 0;
      depth -= character === '}' || character === ']' ? 1 : 0;
      at += 1;
    }
  } while (depth > 0 || !endsValue(text, start, at));
  return at;
}

/** A string, object or array ends with its last character; a number or a word where something else begins. */
function endsValue(text: string, start: number, at: number): boolean {
  return /["{[]/.test(text[start] ?? '') || isSpace(text[at]) || /[,}\]]/.test(text[at] ?? ',');
}
