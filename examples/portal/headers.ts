// What every page of the portal is sent with. Nothing of it is unsafe, and the lines with `postern`
// are all that Postern asks for.

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
  // Postern learns which portal the person comes from, and not which page.
  "Referrer-Policy": "strict-origin",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
});
