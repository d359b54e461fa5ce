// Runs before the first paint, so that a pinned theme does not flash in the other one.
try {
  const kept = JSON.parse(localStorage.getItem('keizu') ?? '{}');
  if (kept.theme === 'light' || kept.theme === 'dark') document.documentElement.dataset.theme = kept.theme;
} catch {
  // Without storage the system's theme stands.
}
