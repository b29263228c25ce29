// How the page is built and tested. CMake calls both and says by ONEUP_VIEWER_GEN where the
// TypeScript that protoc made of proto/ lies; by hand it is that of the release build.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = fileURLToPath(new URL(".", import.meta.url));
const generated = process.env.ONEUP_VIEWER_GEN ?? resolve(here, "../../build/tools/viewer/gen");

// Whose code is in the script: it goes wherever the program goes, and their licences with it.
const used = [
  "@bufbuild/protobuf", "@preact/signals", "@preact/signals-core", "d3-dispatch", "d3-force", "d3-quadtree", "d3-timer",
  "preact", "uplot",
];
const licences = (): string =>
  used
    .map((name) => {
      const folder = resolve(here, "node_modules", name);
      const { version, license } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8"));
      const file = resolve(folder, "LICENSE");
      return `${name} ${version}, ${license}\n${existsSync(file) ? readFileSync(file, "utf8").trim() : ""}`;
    })
    .join("\n\n");

export default defineConfig({
  plugins: [
    {
      name: "licences",
      generateBundle(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type === "chunk") part.code += `\n/*! This script holds:\n\n${licences().replaceAll("*/", "* /")}\n*/\n`;
        }
      },
    },
  ],
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
