/** The file name of a program's path, with Windows or Unix separators. */
export function imageName(image: string): string {
  const cut = Math.max(image.lastIndexOf('\\'), image.lastIndexOf('/'));
  const name = image.slice(cut + 1);
  return name === '' ? image : name;
}
