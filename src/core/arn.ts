/** `arn:partition:service:region:account:resource`; the resource keeps its own colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const arnPattern =
  /^arn:(?<partition>aws(?:-[a-z]+)*):(?<service>[a-z0-9-]+):(?<region>[a-z0-9-]*):(?<account>\d{12}|aws)?:(?<resource>[^\s[\]()\p{Cc}]+)$/u;

export function parseArn(text: string): Arn | undefined {
  const groups = arnPattern.exec(text)?.groups;
  if (!groups) {
    return undefined;
  }
  const { partition = '', service = '', region = '', account = '', resource = '' } = groups;
  return { partition, service, region, account, resource };
}

export type ResourceArn =
  | { readonly kind: 'secret'; readonly arn: Arn; readonly name: string }
  | { readonly kind: 'parameter'; readonly arn: Arn; readonly name: string };

/** Reads the ARN of a secret or a parameter. A secret's six random characters are not part of its name. */
export function parseResourceArn(text: string): ResourceArn | undefined {
  const arn = parseArn(text.trim());
  if (!arn || arn.region === '') {
    return undefined;
  }
  // A parameter that AWS publishes has no account; a secret always belongs to one.
  if (
    arn.service === 'secretsmanager' &&
    arn.account !== '' &&
    arn.resource.startsWith('secret:')
  ) {
    const name = arn.resource.slice('secret:'.length).replace(/-[A-Za-z0-9]{6}$/, '');
    return name === '' ? undefined : { kind: 'secret', arn, name };
  }
  if (arn.service === 'ssm' && arn.resource.startsWith('parameter/')) {
    const path = arn.resource.slice('parameter'.length);
    // `parameter/name` is both `/name` and `name` to AWS; a deeper path always starts with a slash.
    const name = path.lastIndexOf('/') === 0 ? path.slice(1) : path;
    return name === '' ? undefined : { kind: 'parameter', arn, name };
  }
  return undefined;
}
