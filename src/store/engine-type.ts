/** `Nullable(X)` gives `X`; a type of the engine that is not wrapped so is given back. */
export function unwrapped(engineType: string, wrapper: string): string {
  return engineType.startsWith(`${wrapper}(`) && engineType.endsWith(')')
    ? engineType.slice(wrapper.length + 1, -1)
    : engineType;
}
