declare module '*.wgsl' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
// The variants: `?name` links the file with `@if(name)` true, `?one+other` with both.
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
declare module '*?external' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?copy' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?half' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?rows' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?interpolated' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?interpolated+scalar' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?nearest64' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?disc32' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?disc64' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?disc96' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?moments32' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?moments96' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?small' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?soft' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?softSmall' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?barriers' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?first' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?last' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?first+alone' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?first+scalar' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?first+alone+scalar' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?last+scalar' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?transform' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?trapezoids' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?serial+trapezoids' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?count' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?first+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?last+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?scalar+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?first+scalar+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?last+scalar+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?transform+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?trapezoids+subgroups' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?moments' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?coefficients' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?colored' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?placed' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?chalk' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?boxes' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?direction' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?radius' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?radius+direction' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?spiral64' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?pencil' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?twice' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?previous' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?single' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?flow' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
declare module '*?repeated' {
  const module: import('./core/shaderModule.ts').ShaderModule;
  export default module;
}
