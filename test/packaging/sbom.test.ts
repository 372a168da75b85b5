/** The bill of materials: valid by CycloneDX's own schema, and neither more nor less than what is shipped. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUNDLED, makeBill, shippedLibraries, versionsOf } from '../../resources/package/sbom.ts';
import { HOUSE } from '../architecture/import-rules.ts';
import { ROOT } from './stand-in.ts';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const manifest = z
  .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

/** CycloneDX 1.5 as its own library brings it. Formats of addresses are not checked: npm copies what authors wrote. */
function validator() {
  const schema = (name: string): object =>
    JSON.parse(read(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(schema('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(schema('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
  return ajv.compile(schema('bom-1.5'));
}

/** An Electron that says of itself what it is told to. */
function standIn(versions: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tw-sbom-')), 'electron');
  writeFileSync(path, `#!/bin/sh\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] && echo '${JSON.stringify(versions)}'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('the bill of materials', () => {
  let bill: ReturnType<typeof makeBill>;
  beforeAll(() => {
    const binary = standIn({ chrome: '156.0.8078.12', node: '24.18.1', v8: '15.6', sqlite: '3.53.4' });
    bill = makeBill(versionsOf(binary));
    rmSync(join(binary, '..'), { recursive: true });
  });
  const named = (name: string) => bill.components.find((component) => component.name === name);

  it('is valid CycloneDX, and would be found out if it were not', () => {
    const valid = validator();
    expect([valid(bill), valid.errors]).toEqual([true, null]);
    expect(valid({ ...bill, components: [{ name: 'x' }] })).toBe(false);
  });

  it('lists what is shipped, neither more nor less', () => {
    const libraries = bill.components
      .filter(({ type }) => type === 'library')
      .map(({ name, version }) => `${name}@${version}`);
    expect(libraries.toSorted()).toEqual([...shippedLibraries(read('package-lock.json'))].sort());
    for (const name of [...Object.keys(manifest.dependencies), ...BUNDLED]) expect(named(name), name).toBeDefined();
    for (const name of ['vitest', 'electron-builder', 'typescript', 'smtp-server']) expect(named(name)).toBeUndefined();
  });

  it('names every library that the page may import', () => {
    const page = HOUSE.find(({ folder }) => folder === 'src/renderer')?.packages ?? [];
    expect(page.filter((name) => name in manifest.devDependencies && !BUNDLED.includes(name))).toEqual([]);
  });

  it('says which Electron, and what is inside of it', () => {
    expect(named('electron')?.version).toBe(manifest.devDependencies.electron);
    expect([named('Chromium')?.version, named('Node.js')?.version]).toEqual(['156.0.8078.12', '24.18.1']);
    expect(bill.metadata.component).toMatchObject({ name: 'tunnelwatch', type: 'application' });
  });

  it('refers to nothing that it does not list', () => {
    const known = new Set([bill.metadata.component, ...bill.components].map((each) => each['bom-ref']));
    const refs = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(refs.filter((ref) => !known.has(ref))).toEqual([]);
  });

  it('goes without the inside where there is no binary', () => {
    expect(versionsOf(null)).toBeNull();
  });
});
