// How the page is built and tested. CMake calls both and says by ONEUP_VIEWER_GEN where the
// TypeScript that protoc made of proto/ lies; by hand it is that of the release build.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = fileURLToPath(new URL(".", import.meta.url));
const generated = process.env.ONEUP_VIEWER_GEN ?? resolve(here, "../../build/tools/viewer/gen");

export default defineConfig({
  root: here,
  base: "/",
  resolve: { alias: { "#proto": resolve(generated, "oneup/v1") } },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    emptyOutDir: true,
    target: "es2022",
    // One file of each kind, with a fixed name: the program carries them by name.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rollupOptions: {
      output: {
        entryFileNames: "viewer.js",
        assetFileNames: "viewer[extname]",
        inlineDynamicImports: true,
      },
    },
  },
  // Tests read the program's own scenarios.
  server: { fs: { allow: [resolve(here, "../..")] } },
  test: {
    dir: resolve(here, "src"),
    environment: "node",
    cache: false,
  },
});
