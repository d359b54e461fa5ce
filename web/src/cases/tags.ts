/** Tags as a person writes them, with commas or blanks between: each once, at most 50. */
export function readTags(text: string): string[] {
  return [...new Set(text.split(/[,、\s]+/).filter((tag) => tag !== ''))].slice(0, 50);
}
