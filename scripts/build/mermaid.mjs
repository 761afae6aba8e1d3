import { readFile } from 'node:fs/promises';

/**
 * Only mermaid's flowchart goes into the bundle, without any of its layouts (ours stands in webview-ui), its
 * configuration lookup is memoised, and texts without anything to sanitise go past its sanitiser.
 * Why, and what was measured: docs/decisions, 0009.
 *
 * The changes know mermaid's inside. So each is counted, and a mermaid that no longer fits fails the build instead of
 * shipping as it comes.
 * @returns {import('esbuild').Plugin}
 */
export function mermaidFlowchartOnly() {
  return {
    name: 'mermaid-flowchart-only',
    setup(build) {
      const seen = { kept: new Set(), memoised: 0, sanitised: 0 };

      build.onStart(() => {
        seen.kept.clear();
        seen.memoised = 0;
        seen.sanitised = 0;
      });

      build.onResolve({ filter: /^dompurify$/ }, ({ importer, resolveDir }) => {
        if (!isMermaid(importer)) return undefined;
        seen.sanitised++;
        return { path: 'dompurify', namespace: SANITISER, pluginData: resolveDir };
      });

      build.onLoad({ filter: /./, namespace: SANITISER }, ({ pluginData }) => ({
        contents: QUICK_SANITISER,
        resolveDir: pluginData,
      }));

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
        if (seen.sanitised === 0)
          errors.push({ text: 'mermaid does not import dompurify any more: look at its source' });
        return { errors };
      });
    },
  };
}

const ABSENT = 'mermaid-absent';
const SANITISER = 'mermaid-sanitiser';
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

/**
 * mermaid sanitises each label twice, and the sanitiser makes a document for each. A label of words, line breaks and
 * the three tags of our own texts, which have no attributes, comes out as it went in: it need not go in.
 */
const QUICK_SANITISER = `import DOMPurify from 'dompurify';
const HARMLESS = /^(?:[^<&]|<\\/?(?:b|i|small)>|<br ?\\/?>)*$/;
const { sanitize } = DOMPurify;
DOMPurify.sanitize = (text, ...options) =>
  typeof text === 'string' && HARMLESS.test(text) ? text : sanitize.call(DOMPurify, text, ...options);
export default DOMPurify;`;

function isMermaid(file) {
  return /[\\/]node_modules[\\/]mermaid[\\/]/.test(file);
}
