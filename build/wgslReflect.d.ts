// The package's main file is CommonJS under "type": "module", which Node cannot import by name; its ES build can.
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export * from 'wgsl_reflect';
}
