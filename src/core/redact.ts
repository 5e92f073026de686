const mask = '•••';

/**
 * Takes what must not be logged out of a text: values and credentials by the names they travel under, and whatever
 * looks like an AWS credential. It masks rather too much than too little, in time linear in the text's length.
 */
export function redact(text: string): string {
  return [
    maskKeyBlocks,
    maskElements,
    maskQueryParameters,
    maskMembers,
    maskBearers,
    maskLongTokens,
  ].reduce((masked, step) => step(masked), text);
}

/** Compared in lower case without `-` and `_`. */
const memberNames = [
  'secretstring',
  'secretbinary',
  'value',
  'plaintext',
  'ciphertextblob',
  'secretaccesskey',
  'secretkey',
  'sessiontoken',
  'securitytoken',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'bearertoken',
  'authtoken',
  'authorizationtoken',
  'authorization',
  'clientsecret',
  'devicecode',
  'tokencode',
  'codeverifier',
  'privatekey',
  'password',
  'passwd',
  'passphrase',
  'randompassword',
];

/** `a[_-]?b…` for `ab…`, so that `secret_access_key`, `SecretAccessKey` and `x-amz-security-token` are all found. */
const memberName = memberNames.map((name) => name.split('').join('[_-]?')).join('|');

function maskKeyBlocks(text: string): string {
  return text.replace(/(-----BEGIN [A-Z0-9 ]{1,40}-----)[^]*?(-----END |$)/gu, `$1${mask}$2`);
}

// The XML of STS and of S3-like answers.
const elementPattern = new RegExp(`(<(?:${memberName})(?:\\s[^<>]*)?>)[^<]*`, 'giu');

function maskElements(text: string): string {
  return text.replace(elementPattern, `$1${mask}`);
}

const queryPattern =
  /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature|code|token|access_token|user_code|state)=)[^&#\s"'<>\\]*/giu;

function maskQueryParameters(text: string): string {
  return text.replace(queryPattern, `$1${mask}`);
}

// `"SecretString": `, `SecretString: `, `\"SecretString\":`, `secret_string=`, `--secret-string `.
const memberPattern = new RegExp(
  `(?:${memberName})(?:\\\\{0,15}["'\`])?(?:\\s{0,8}(?:=>|[:=])|(?<=--[a-z-]{1,24})[ \\t])\\s{0,8}`,
  'giu',
);

function maskMembers(text: string): string {
  const parts: string[] = [];
  let done = 0;
  memberPattern.lastIndex = 0;
  for (let match = memberPattern.exec(text); match; match = memberPattern.exec(text)) {
    const start = memberPattern.lastIndex;
    const end = valueEnd(text, start);
    parts.push(text.slice(done, start), end > start ? mask : '');
    done = end;
    memberPattern.lastIndex = Math.max(end, start);
  }
  return parts.join('') + text.slice(done);
}

function valueEnd(text: string, start: number): number {
  const quote = /(\\{0,15})(["'`])/uy;
  quote.lastIndex = start;
  const [opening = '', slashes = '', mark = ''] = quote.exec(text) ?? [];
  if (mark !== '') {
    return quotedEnd(text, start + opening.length, mark, slashes.length);
  }
  // `[`, `{`, `<`, or the inspector's `Uint8Array(9) [`.
  const bracket = /(?:[A-Za-z]\w{0,40}(?:\(\d{1,9}\))? )?[[{<]/uy;
  bracket.lastIndex = start;
  return bracket.test(text) ? bracketedEnd(text, bracket.lastIndex - 1) : lineEnd(text, start);
}

/**
 * Where a quoted text ends that may itself stand in quoted JSON, `depth` backslashes before its quotes. The inspector
 * writes a long text as several that are joined by `+`.
 */
function quotedEnd(text: string, start: number, mark: string, depth: number): number {
  let at = start;
  for (;;) {
    const quoteAt = text.indexOf(mark, at);
    if (quoteAt === -1) {
      return text.length;
    }
    at = quoteAt + 1;
    if (closes(backslashesBefore(text, quoteAt, start), depth)) {
      const more = /\s{0,40}\+\s{0,40}["'`]/uy;
      more.lastIndex = at;
      const joined = more.exec(text);
      if (!joined) {
        return at;
      }
      at = more.lastIndex;
    }
  }
}

/** Each level of quoting doubles backslashes and puts one before a quote: 0, 1, 3, 7… precede a delimiter. */
function closes(backslashes: number, depth: number): boolean {
  if (backslashes % 2 === 0) {
    return true;
  }
  return depth > 0 && closes((backslashes - 1) / 2, (depth - 1) / 2);
}

function backslashesBefore(text: string, at: number, start: number): number {
  let first = at;
  while (first > start && text[first - 1] === '\\') {
    first -= 1;
  }
  return at - first;
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '<': '>' };

/** Bytes as the inspector (`<Buffer 01 02>`, `Uint8Array`) and JSON (`[1,2]`, `{"0":1}`) write them, and objects. */
function bracketedEnd(text: string, start: number): number {
  const open = text[start] ?? '';
  const close = closing[open] ?? '';
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '"' || character === "'" || character === '`') {
      at = quotedEnd(text, at + 1, character, backslashesBefore(text, at, start));
      continue;
    }
    depth += character === open ? 1 : 0;
    depth -= character === close ? 1 : 0;
    at += 1;
    if (depth === 0) {
      return at;
    }
  }
  return at;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function maskBearers(text: string): string {
  return text.replace(/\b(Bearer|Basic)([ \t]+)[\w+/=.~-]+/giu, `$1$2${mask}`);
}

/** One pass over the runs of characters that credentials are made of; the length decides what a run can be. */
function maskLongTokens(text: string): string {
  const namesKey = /A[KS]IA[A-Z0-9]{8}/u.test(text);
  return text.replace(/[A-Za-z0-9+/=_-]{16,}/gu, (run) => maskRun(run, namesKey));
}

const secretKeyLength = 40;
const sessionTokenLength = 100;

function maskRun(run: string, besideAccessKey: boolean): string {
  if (run.length >= sessionTokenLength && isMixed(run) && /\d/u.test(run)) {
    return mask;
  }
  // Names of profiles and `key=` can stand directly before a key.
  return run.replace(/[A-Za-z0-9+/]+/gu, (word) => {
    if (word.length === secretKeyLength && (besideAccessKey || isMixed(word))) {
      return mask;
    }
    return word.replace(/(A[KS]IA)[A-Z0-9]{8,}([A-Z0-9]{4})/gu, `$1${mask}$2`);
  });
}

function isMixed(text: string): boolean {
  return /[a-z]/u.test(text) && /[A-Z]/u.test(text);
}
