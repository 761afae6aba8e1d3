import { readFile } from 'node:fs/promises';

/**
 * Only mermaid's flowchart goes into the bundle, without any of its layouts (ours stands in webview-ui), and its configuration lookup is memoised.
 * Why, and what was measured: docs/decisions, "What of mermaid is in the bundle".
 *
 * Both changes know mermaid's inside. So each is counted, and a mermaid that no longer fits fails the build instead of
 * shipping as it comes.
 * @returns {import('esbuild').Plugin}
 */
export function mermaidFlowchartOnly() {
  return {
    name: 'mermaid-flowchart-only',
    setup(build) {
      const seen = { kept: new Set(), memoised: 0 };

      build.onStart(() => {
        seen.kept.clear();
        seen.memoised = 0;
      });

      build.onResolve({ filter: /./ }, ({ path, kind, importer }) => {
        if (kind !== 'dynamic-import' || !isMermaid(importer)) return undefined;
        const kept = KEPT.find((name) => path.includes(`/${name}-`));
        if (kept === undefined) return { path: 'absent', namespace: ABSENT };
        seen.kept.add(kept);
        return undefined;
      });

      build.onLoad({ filter: /./, namespace: ABSENT }, () => ({
        contents: `throw new Error('This part of mermaid is not in the bundle: only flowcharts are drawn here.');`,
      }));

      build.onLoad(
        { filter: /[\\/]mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-\w+\.mjs$/ },
        async ({ path }) => {
          const source = await readFile(path, 'utf8');
          const found = source.split(LOOKUP).length - 1;
          if (found === 0) return undefined;
          seen.memoised += found;
          return { contents: source.replace(LOOKUP, MEMOISED_LOOKUP) };
        },
      );

      build.onEnd((result) => {
        if (result.errors.length > 0) return undefined;
        const missing = KEPT.filter((name) => !seen.kept.has(name));
        const errors = [];
        if (missing.length > 0) errors.push({ text: `mermaid has no lazy part named ${missing.join(', ')} any more` });
        if (seen.memoised !== 1) {
          errors.push({
            text: `mermaid's getConfig was found ${seen.memoised} times instead of once: look at its source`,
          });
        }
        return { errors };
      });
    },
  };
}

const ABSENT = 'mermaid-absent';
const KEPT = ['flowDiagram'];

const LOOKUP = `var getConfig = /* @__PURE__ */ __name(() => {
  return assignWithDepth_default({}, currentConfig);
}, "getConfig");`;

/** `currentConfig` is never changed in place: a new configuration is a new object. */
const MEMOISED_LOOKUP = `var lookedUp;
var lookedUpFrom;
var getConfig = /* @__PURE__ */ __name(() => {
  if (lookedUpFrom !== currentConfig) {
    lookedUp = assignWithDepth_default({}, currentConfig);
    lookedUpFrom = currentConfig;
  }
  return lookedUp;
}, "getConfig");`;

function isMermaid(file) {
  return /[\\/]node_modules[\\/]mermaid[\\/]/.test(file);
}
