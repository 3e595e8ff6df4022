/** WESL modules that are computed at build time: `import package::generated::NAME::…` finds them. */
export function generatedModules(): Record<string, string> {
  return {};
}
