import {
  ListSecretsCommand,
  type ListSecretsCommandInput,
  type SecretListEntry,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  DescribeParametersCommand,
  type ParameterMetadata,
  type ParameterStringFilter,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** The secrets of every page. */
export async function listSecrets(
  client: SecretsManagerClient,
  input: ListSecretsCommandInput,
): Promise<SecretListEntry[]> {
  const found: SecretListEntry[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListSecretsCommand({ ...input, ...(NextToken === undefined ? {} : { NextToken }) }),
    );
    found.push(...(page.SecretList ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** The parameters of every page. */
export async function listParameters(
  client: SSMClient,
  ParameterFilters: ParameterStringFilter[] = [],
): Promise<ParameterMetadata[]> {
  const found: ParameterMetadata[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeParametersCommand({
        MaxResults: 50,
        ParameterFilters,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    found.push(...(page.Parameters ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

export function namesOf(items: readonly { readonly Name?: string | undefined }[]): string[] {
  return items.map((item) => item.Name ?? '');
}
