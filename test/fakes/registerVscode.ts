import { registerHooks } from 'node:module';

/** Preload it (`node --import`) and `vscode` means the fake, for `import` and `require` alike. */
const fake = new URL('vscodeApi.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: fake, shortCircuit: true } : next(specifier, context),
});
