// The kind of browser behind a session, for the list in which an officer looks for a stranger's. Coarse on purpose: no versions.

const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** @param userAgent the header as it came @returns `Chrome · Windows`, what of it is known, or null */
export function deviceOf(userAgent: string | undefined): string | null {
  const named = [browsers, systems].flatMap((kinds) => kinds.find(([mark]) => mark.test(userAgent ?? ''))?.[1] ?? []);
  return named.length === 0 ? null : named.join(' · ');
}
