import {
  CircleGeometry, Color, ConeGeometry, DirectionalLight, DoubleSide, Group, HemisphereLight, LatheGeometry, Mesh, MeshStandardMaterial, PerspectiveCamera, PointLight, Scene, SphereGeometry, TorusKnotGeometry, Vector2,
  type BufferGeometry,
} from 'three/webgpu';

/** Half of the vase's outline, from its foot to its lip: radius and height. */
const OUTLINE = [[0, 0], [0.42, 0], [0.46, 0.06], [0.6, 0.45], [0.66, 0.85], [0.56, 1.25], [0.34, 1.6], [0.24, 1.9], [0.25, 2.1], [0.36, 2.3]] as const;
const FRUIT = [
  { color: '#e8762c', at: [0.75, 0.42, 1.35], radius: 0.42 },
  { color: '#d9a521', at: [-0.35, 0.36, 1.65], radius: 0.36 },
  { color: '#b8322a', at: [1.6, 0.36, 0.85], radius: 0.36 },
  { color: '#6f8f2f', at: [0.2, 0.3, 2.15], radius: 0.3 },
] as const;

/** A vase, fruit, a cone and a knot on a round table, and how they lie at a moment. */
export function makeStillLife(): { readonly scene: Scene; readonly camera: PerspectiveCamera; pose(seconds: number): void } {
  const scene = new Scene();
  scene.background = new Color('#c9b79c');
  const camera = new PerspectiveCamera(32, 3 / 2, 0.1, 60);
  const things = new Group();
  const add = (geometry: BufferGeometry, color: string, roughness: number, [x, y, z]: readonly [number, number, number]): Mesh => {
    const mesh = new Mesh(geometry, new MeshStandardMaterial({ color, roughness, metalness: 0.02, side: DoubleSide }));
    mesh.position.set(x, y, z);
    mesh.castShadow = mesh.receiveShadow = true;
    things.add(mesh);
    return mesh;
  };

  add(new CircleGeometry(3.4, 96), '#8d5f3c', 0.85, [0, 0, 0]).rotation.x = -Math.PI / 2;
  add(new LatheGeometry(OUTLINE.map(([x, y]) => new Vector2(x, y)), 64), '#2f6f86', 0.3, [-0.95, 0, -0.1]);
  add(new ConeGeometry(0.6, 1.5, 48), '#d8c7a6', 0.8, [2.1, 0.75, -0.55]);
  for (const { color, at, radius } of FRUIT) add(new SphereGeometry(radius, 48, 32), color, 0.45, at);
  const knot = add(new TorusKnotGeometry(0.62, 0.135, 192, 24, 2, 3), '#c8414b', 0.28, [0.65, 1.15, -0.55]);

  const floor = new Mesh(new CircleGeometry(30, 48), new MeshStandardMaterial({ color: '#b99f7c', roughness: 1 }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.y = -0.6;
  floor.receiveShadow = true;

  const sun = new DirectionalLight('#fff1d6', 3.4);
  sun.position.set(-4.5, 6, 4);
  sun.castShadow = true;
  sun.shadow.mapSize.set(1024, 1024);
  sun.shadow.normalBias = 0.04;
  sun.shadow.radius = 4;
  Object.assign(sun.shadow.camera, { left: -5, right: 5, top: 5, bottom: -5, near: 1, far: 18 });
  const lamp = new PointLight('#ff9d5c', 9, 9);
  lamp.position.set(3.2, 2.2, 2.4);
  scene.add(things, floor, sun, lamp, new HemisphereLight('#cfe0ff', '#7a5a3a', 1.1));

  return {
    scene,
    camera,
    pose(seconds) {
      things.rotation.y = 0.25 * seconds;
      knot.rotation.set(0.4 * seconds, 0.6 * seconds, 0);
      camera.position.set(0, 3.2 + 0.35 * Math.sin(0.3 * seconds), 9.2);
      camera.lookAt(0, 0.62, 0);
    },
  };
}
