const SHADER = /* wgsl */ `
@group(0) @binding(0) var video: texture_external;
@group(0) @binding(1) var smooth: sampler;

@vertex fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i / 2u) * 4.0 - 1.0, f32(i % 2u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment fn shown(@builtin(position) at: vec4f) -> @location(0) vec4f {
  return textureSampleBaseClampToEdge(video, smooth, at.xy / vec2f(textureDimensions(video)));
}
`;

/** The least that a page can do which shows a video with WebGPU: a pass that samples it, on a canvas of its own. Gives what shows the present frame. */
export function presentVideo(device: GPUDevice, video: HTMLVideoElement): () => void {
  const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
  document.body.append(canvas);
  const context = canvas.getContext('webgpu') as GPUCanvasContext;
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format });
  const module = device.createShaderModule({ code: SHADER });
  const pipeline = device.createRenderPipeline({ layout: 'auto', vertex: { module }, fragment: { module, targets: [{ format }] } });
  const layout = pipeline.getBindGroupLayout(0);
  const sampler = device.createSampler({ minFilter: 'linear', magFilter: 'linear' });
  return () => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view: context.getCurrentTexture().createView(), loadOp: 'clear', storeOp: 'store' }] });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries: [{ binding: 0, resource: device.importExternalTexture({ source: video }) }, { binding: 1, resource: sampler }] }));
    pass.draw(3);
    pass.end();
    device.queue.submit([encoder.finish()]);
  };
}
