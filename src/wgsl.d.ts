declare module '*.wgsl' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
// The variants: `?name` links the file with `@if(name)` true.
declare module '*?scalar' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?r32float' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?rgba16float' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?rgba32float' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
