// The four pages, the header and footer of each, and the HTTP headers of all of them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig, loadEnv } from "vite";
import { headersFor } from "./headers.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Replaces `<!-- header -->` in a page by parts/header.html, with the link to that page marked as
// the current one.
const parts: Plugin = {
  name: "parts",
  transformIndexHtml: {
    order: "pre",
    handler: (html, { path }) =>
      html.replace(/<!-- (header|footer) -->/g, (_, part) =>
        readFileSync(at(`parts/${part}.html`), "utf8")
          .trim()
          .replace(`href="${path.replace(/index\.html$/, "")}" data-page`, '$& aria-current="page"')
          .replaceAll(" data-page", ""),
      ),
  },
};

// Writes `_headers`, in the form that Netlify, Cloudflare Pages and `cargo xtask serve` read.
const headers = (postern: string): Plugin => ({
  name: "headers",
  generateBundle() {
    const lines = Object.entries(headersFor(postern)).map(([name, value]) => `  ${name}: ${value}\n`);
    const source = `/*\n${lines.join("")}/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n`;
    this.emitFile({ type: "asset", fileName: "_headers", source });
  },
});

export default defineConfig(({ mode }) => {
  const { POSTERN_ORIGIN: postern } = loadEnv(mode, at("."), "POSTERN_");
  return {
    envPrefix: "POSTERN_",
    plugins: [react(), parts, headers(postern)],
    build: {
      // A policy without anything unsafe allows no inline script and no inline style.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: ["index.html", "react/index.html", "frame.html", "signed-in.html"].map(at),
      },
    },
    preview: { headers: headersFor(postern) },
  };
});
