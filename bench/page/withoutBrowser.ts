type Call = (...given: unknown[]) => unknown;

/** What a call last gave, so that what uses it goes on as before. */
const last = new Map<Call, unknown>();
let isIdle = false;

/** Calls of WebGPU that can be made to do nothing, so that what a page does beside them is seen. Before anything is made. */
export function patchCalls(): void {
  for (const { prototype } of [GPUDevice, GPUQueue, GPUTexture, GPUBuffer, GPUCommandEncoder, GPUComputePassEncoder, GPURenderPassEncoder, GPUCanvasContext]) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype) as Record<string, PropertyDescriptor>)) {
      if (typeof value === 'function' && name !== 'constructor' && name !== 'onSubmittedWorkDone') Object.assign(prototype, { [name]: idle(value as Call) });
    }
  }
}

function idle(call: Call): Call {
  return function (this: unknown, ...given) {
    if (isIdle) return last.get(call);
    const result = call.apply(this, given);
    last.set(call, result);
    return result;
  };
}

/** Runs `act` where the calls do nothing: what they gave last they give again, and the GPU is not asked. */
export function withoutBrowser(act: () => void): void {
  isIdle = true;
  try {
    act();
  } finally {
    isIdle = false;
  }
}
