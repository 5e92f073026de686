import assert from 'node:assert/strict';

import {
  consoleOrigin,
  partitionOf,
  partitions,
  regionName,
  regionProblem,
} from '../../../src/connections/partitions.ts';

interface SdkPartition {
  readonly id: string;
  readonly outputs: { readonly dnsSuffix: string };
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, { readonly description: string }>>;
}

suite('partitions', () => {
  test('ids, suffixes and regions are those of the SDK', async () => {
    const sdk = await sdkPartitions();
    assert.ok(sdk.length >= 8);
    for (const { id, outputs, regions } of sdk) {
      const ours = partitions.find((partition) => partition.id === id);
      assert.equal(ours?.dnsSuffix, outputs.dnsSuffix, id);
      assert.deepEqual(
        ours.regions,
        Object.fromEntries(
          Object.entries(regions)
            .filter(([region]) => !region.endsWith('-global'))
            .map(([region, { description }]) => [region, description]),
        ),
      );
    }
    assert.equal(partitions.length, sdk.length);
  });

  test('a region belongs to the partition whose pattern it fits in the SDK, new regions included', async () => {
    const sdk = await sdkPartitions();
    const known = partitions.flatMap(({ regions }) => Object.keys(regions));
    const unheardOf = [
      'eu-east-9',
      'us-gov-north-1',
      'cn-south-2',
      'eusc-de-west-1',
      'us-isob-x-9',
    ];
    for (const region of [...known, ...unheardOf, 'eusc-fr-east-1', 'aws-global', 'local', '']) {
      const expected = sdk.find(({ regionRegex }) => new RegExp(regionRegex).test(region))?.id;
      assert.equal(partitionOf(region)?.id, expected, region);
    }
  });

  for (const [region, origin] of [
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com'],
    ['eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu'],
    ['us-iso-east-1', undefined],
    ['nowhere', undefined],
  ] as const) {
    test(`the console of ${region} is ${origin ?? 'not published'}`, () => {
      assert.equal(consoleOrigin(region), origin);
    });
  }

  test('a known region has a display name, an unknown one has none', () => {
    assert.equal(regionName('eusc-de-east-1'), 'AWS European Sovereign Cloud (Germany)');
    assert.equal(regionName('eu-east-9'), undefined);
    assert.equal(regionName('constructor'), undefined);
  });

  for (const region of ['eu-west-1', ' us-gov-east-1 ', 'eusc-de-east-1', 'eu-east-9']) {
    test(`"${region}" is accepted as a region`, () => {
      assert.equal(regionProblem(region), undefined);
    });
  }

  for (const [typed, expected] of [
    ['', 'Type a region, such as eu-west-1.'],
    ['  ', 'Type a region, such as eu-west-1.'],
    ['EU-West-1', 'Regions are written in lower case: eu-west-1.'],
    ['us-EAST-1', 'Regions are written in lower case: us-east-1.'],
    ['eu-west-1a', '“eu-west-1a” is an availability zone. Its region is eu-west-1.'],
    ['us-gov-west-1b', '“us-gov-west-1b” is an availability zone. Its region is us-gov-west-1.'],
    [
      'Ireland',
      '“Ireland” is no AWS region. Type one such as eu-west-1, us-gov-west-1 or cn-north-1.',
    ],
    [
      'aws-global',
      '“aws-global” is no AWS region. Type one such as eu-west-1, us-gov-west-1 or cn-north-1.',
    ],
    [
      'eu-a_b-1',
      '“eu-a_b-1” is no AWS region. Type one such as eu-west-1, us-gov-west-1 or cn-north-1.',
    ],
  ] as const) {
    test(`"${typed}" is refused as a region with what to type`, () => {
      assert.equal(regionProblem(typed), expected);
    });
  }
});

/** Not exported by the package, so it is read from its file. */
async function sdkPartitions(): Promise<readonly SdkPartition[]> {
  const file = new URL(
    './submodules/client/util-endpoints/lib/aws/partitions.js',
    import.meta.resolve('@aws-sdk/core').replace('dist-cjs', 'dist-es'),
  );
  const { partitionsInfo } = (await import(file.href)) as {
    readonly partitionsInfo: { readonly partitions: readonly SdkPartition[] };
  };
  return partitionsInfo.partitions;
}
