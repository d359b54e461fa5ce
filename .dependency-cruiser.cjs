// The order of DESIGN: a folder imports only from folders above it.
const layers = [
  'core',
  'formats',
  'events',
  'products',
  'store',
  'ingest',
  'lineage',
  'spl',
  'verify',
  'coverage',
  'evidence',
  'egress',
  'detect',
  'views',
  'export',
  'demo',
  'server',
  'cli',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan-dependency',
      severity: 'error',
      from: { path: '^src' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: ['\\.d\\.ts$'],
        moreThanOneDependencyType: false,
      },
    },
    ...layers.map((layer, at) => ({
      name: `layer-${layer}`,
      severity: 'error',
      comment: `${layer} may import only what stands above it in the list of stages`,
      from: { path: `^src/${layer}/`, pathNot: '\\.test\\.ts$' },
      to: {
        path:
          layers
            .slice(at + 1)
            .map((lower) => `^src/${lower}/`)
            .join('|') || '^$',
      },
    })),
    {
      name: 'src-not-to-tests',
      severity: 'error',
      from: { path: '^src', pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$|^test/|^bench/' },
    },
    {
      name: 'page-to-contracts-only',
      severity: 'error',
      comment:
        'the page knows the program by the types of the contracts between them; tests hold it against the program',
      from: { path: '^web/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/', pathNot: '^src/server/contracts/' },
    },
    {
      name: 'page-takes-types-of-contracts',
      severity: 'error',
      from: { path: '^web/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/server/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-not-to-page',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^web/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|dist' },
  },
};
