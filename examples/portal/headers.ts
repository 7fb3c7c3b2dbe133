// The headers of every page of the portal. Nothing in them is unsafe, and Postern needs only the
// lines with `postern`.

export const headersFor = (postern: string): Record<string, string> => ({
  "Content-Security-Policy": [
    "default-src 'none'",
    `script-src 'self' ${postern} 'wasm-unsafe-eval'`,
    `connect-src ${postern}`,
    `frame-src ${postern}`,
    "style-src 'self'",
    `img-src 'self' data: ${postern}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  // Postern gets the portal that the person comes from, but not the page.
  "Referrer-Policy": "strict-origin",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
});
