// What WebGL draws: marks (one shape a type), discs (groups) and lines (one style a modality).
//
// A mark's radius is given in graph units and kept between two sizes in pixels that grow with its importance, so that marks neither
// vanish when the picture is seen whole nor cover each other when one comes near. A disc's radius is in graph units only.
import type Sigma from "sigma";
import { EdgeProgram, NodeProgram, type InstancedProgramDefinition, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { type Colours, rgb } from "./theme";

/** How an element stands out: 0 not, 1 lit while others fade, 2 chosen. */
export type Light = 0 | 1 | 2;

export interface MarkDisplay extends NodeDisplayData { readonly shape: number; readonly radius: number; readonly importance: number; readonly light: Light }
export interface DiscDisplay extends NodeDisplayData { readonly radius: number; readonly shares: readonly number[]; readonly opened: boolean; readonly tint: number; readonly light: Light }
export interface LineDisplay extends EdgeDisplayData { readonly how: number; readonly bend: number; readonly width: number; readonly light: Light; readonly arrow: 0 | 1 | 2; readonly tip: number; readonly tipImportance: number }

/** What all programs share, set by the canvas before each frame. */
export const look = {
  fade: 1,
  /** Pixels of one framed unit at this zoom. */
  unit: 1,
  /** Room of one mark in framed units, and number of lines: crowded pictures have smaller marks and paler lines. */
  room: 1, lines: 0,
  /** While the picture moves, only so many lines are drawn, the strongest first. */
  moving: false,
  ground: [1, 1, 1] as readonly number[], ink: [0, 0, 0] as readonly number[], accent: [1, 0, 0] as readonly number[], quiet: [0.5, 0.5, 0.5] as readonly number[],
  wash: [1, 1, 1] as readonly number[], types: new Float32Array(15),
};

const spacing = (): number => look.room * look.unit;
const smallest = (): number => Math.min(Math.max(spacing() / 8, 1.6), 4.2);
/** How dark a line is that neither stands out nor fades. */
export const strength = (): number => (look.lines < 800 ? 0.38 : Math.max(0.13, 0.38 * Math.sqrt(800 / look.lines)) * Math.min(Math.max(spacing() / 14, 1), 2));
/** Whether there is room for heads and crosses. */
export const arrows = (): boolean => spacing() > 24;

export function dye(colours: Colours): void {
  look.ground = rgb(colours.ground);
  look.ink = rgb(colours.ink);
  look.accent = rgb(colours.accent);
  look.quiet = rgb(colours.quiet);
  look.wash = rgb(colours.wash);
  look.types = Float32Array.from(colours.types.slice(0, 5).flatMap((colour) => [...rgb(colour)]));
}

/** Radius in pixels of a mark; the shader computes the same. */
export function pixels(radius: number, importance: number): number {
  if (importance < 0) return Math.max(radius * look.unit, 3);
  const least = smallest() + 3 * importance;
  return Math.min(Math.max(radius * look.unit, least), 6.5 + 10.5 * importance);
}

const SIZE = `
uniform float u_unit;
uniform float u_least;
float pixels(float radius, float importance) {
  if (importance < 0.0) return max(radius * u_unit, 3.0);
  float least = u_least + 3.0 * importance;
  return min(max(radius * u_unit, least), 6.5 + 10.5 * importance);
}`;

const { FLOAT, TRIANGLES } = WebGLRenderingContext;
const QUAD = [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]];

type Gl = WebGLRenderingContext | WebGL2RenderingContext;

/** A program that is compiled while the page does other things: nothing is asked of it before the first drawing. */
function begun(gl: Gl, vertex: string, fragment: string, { ATTRIBUTES, CONSTANT_ATTRIBUTES = [] }: Partial<InstancedProgramDefinition>): ProgramInfo {
  const program = gl.createProgram(), shaders = ([[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const).map(([type, source]) => {
    const shader = gl.createShader(type) as WebGLShader;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    return shader;
  });
  const attributeLocations = Object.fromEntries([...ATTRIBUTES ?? [], ...CONSTANT_ATTRIBUTES].map(({ name }, n) => [name, n]));
  for (const [name, n] of Object.entries(attributeLocations)) gl.bindAttribLocation(program, n, name);
  gl.linkProgram(program);
  return { name: "normal", isPicking: false, program, gl, frameBuffer: null, buffer: gl.createBuffer(), constantBuffer: gl.createBuffer(), uniformLocations: {}, attributeLocations, vertexShader: shaders[0], fragmentShader: shaders[1] };
}

function placed({ gl, program, uniformLocations, vertexShader, fragmentShader }: ProgramInfo): Record<string, WebGLUniformLocation> {
  const places = uniformLocations as Record<string, WebGLUniformLocation>;
  if (places.u_matrix) return places;
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error([gl.getProgramInfoLog(program), gl.getShaderInfoLog(vertexShader), gl.getShaderInfoLog(fragmentShader)].join("\n"));
  for (const name of UNIFORMS) {
    const place = gl.getUniformLocation(program, name);
    if (place) places[name] = place;
  }
  return places;
}

function uniforms(made: ProgramInfo, params: RenderParams): void {
  const { gl } = made, places = placed(made);
  look.unit = (params.matrix[0] * params.width) / 2;
  gl.uniformMatrix3fv(places.u_matrix, false, params.matrix);
  gl.uniform2f(places.u_size, params.width, params.height);
  gl.uniform1f(places.u_unit, look.unit);
  gl.uniform1f(places.u_least, smallest());
  gl.uniform1f(places.u_strong, strength());
  gl.uniform1f(places.u_pixel, params.pixelRatio);
  gl.uniform1f(places.u_fade, look.fade);
  gl.uniform3fv(places.u_ink, look.ink as number[]);
  gl.uniform3fv(places.u_ground, look.ground as number[]);
  gl.uniform3fv(places.u_accent, look.accent as number[]);
  gl.uniform3fv(places.u_quiet, look.quiet as number[]);
  gl.uniform3fv(places.u_wash, look.wash as number[]);
  gl.uniform3fv(places.u_types, look.types);
  gl.uniform1f(places.u_arrows, arrows() ? 1 : 0);
}
const UNIFORMS = ["u_matrix", "u_size", "u_unit", "u_least", "u_strong", "u_pixel", "u_fade", "u_ink", "u_ground", "u_accent", "u_quiet", "u_wash", "u_types", "u_arrows"] as const;

const MARK_VERTEX = `
attribute vec2 a_position;
attribute vec4 a_mark;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_size;
${SIZE}
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
varying float v_light;
void main() {
  v_radius = pixels(a_mark.y, a_mark.z);
  v_shape = a_mark.x;
  v_light = a_mark.w;
  float reach = v_radius * 1.4 + (v_light > 1.5 ? 7.0 : 2.0);
  v_at = a_corner * reach;
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + v_at * 2.0 / u_size, 0.0, 1.0);
}`;

const MARK_FRAGMENT = `
precision highp float;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
varying float v_light;
uniform vec3 u_ink;
uniform vec3 u_ground;
uniform vec3 u_accent;
uniform vec3 u_types[5];
uniform float u_fade;
uniform float u_pixel;
float shape(vec2 p, float r) {
  if (v_shape < 0.5 || r < 4.0) return length(p) - r;
  if (v_shape < 1.5) { vec2 q = abs(p) - 0.86 * r; return max(q.x, q.y); }
  if (v_shape < 2.5) {
    p.y += 0.28 * r; p.x = abs(p.x);
    float base = 0.84 * r, tall = 1.5 * r, b = base / tall, a = sqrt(1.0 - b * b), k = dot(p, vec2(-b, a));
    if (k < 0.0) return length(p) - base;
    if (k > a * tall) return length(p - vec2(0.0, tall));
    return dot(p, vec2(a, b)) - base;
  }
  if (v_shape < 3.5) return (abs(p.x) + abs(p.y) - 1.25 * r) * 0.70711;
  p.y += 0.12 * r;
  return max(abs(p.x) * 0.86603 + p.y * 0.5, -p.y) - 0.72 * r;
}
void main() {
  float d = shape(v_at, v_radius);
  float soft = 0.5 / max(u_pixel, 1.0);
  int kind = int(v_shape + 0.5);
  vec3 fill = kind == 0 ? u_types[0] : kind == 1 ? u_types[1] : kind == 2 ? u_types[2] : kind == 3 ? u_types[3] : u_types[4];
  float cover = 1.0 - smoothstep(-soft, soft, d);
  float rim = cover * smoothstep(-1.0 - soft, -1.0 + soft, d) * mix(0.35, 1.0, smoothstep(2.5, 6.0, v_radius));
  float shown = v_light > 0.5 ? 1.0 : u_fade;
  vec4 colour = vec4(mix(fill, u_ink, rim), 1.0) * cover * shown;
  if (v_light > 1.5) {
    float ring = abs(length(v_at) - v_radius * 1.15 - 4.5) - 1.1;
    colour = mix(colour, vec4(u_accent, 1.0), 1.0 - smoothstep(-soft, soft, ring));
  }
  if (colour.a < 0.004) discard;
  gl_FragColor = colour;
}`;

/** What lies under the pointer is found by arithmetic, not by a second drawing: half the work of each frame. */
abstract class Unpicked extends NodeProgram<(typeof UNIFORMS)[number]> {
  constructor(gl: WebGLRenderingContext, _: WebGLFramebuffer | null, renderer: Sigma) {
    super(gl, null, renderer);
  }
  protected override getProgramInfo(_: string, gl: Gl, vertex: string, fragment: string): ProgramInfo {
    return begun(gl, vertex, fragment, this.getDefinition());
  }
  setUniforms(params: RenderParams, made: ProgramInfo): void {
    uniforms(made, params);
  }
}

export class Mark extends Unpicked {
  getDefinition() {
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: MARK_VERTEX, FRAGMENT_SHADER_SOURCE: MARK_FRAGMENT, METHOD: TRIANGLES as 4, UNIFORMS,
      ATTRIBUTES: [{ name: "a_position", size: 2, type: FLOAT }, { name: "a_mark", size: 4, type: FLOAT }],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }], CONSTANT_DATA: QUAD,
    };
  }
  processVisibleItem(_: number, at: number, shown: NodeDisplayData) {
    const { x, y, shape, radius, importance, light } = shown as MarkDisplay;
    const { array } = this;
    array[at] = x; array[at + 1] = y; array[at + 2] = shape; array[at + 3] = radius; array[at + 4] = importance; array[at + 5] = light;
  }
}

const DISC_VERTEX = `
attribute vec2 a_position;
attribute vec4 a_disc;
attribute vec4 a_shares;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_size;
${SIZE}
varying vec2 v_at;
varying float v_radius;
varying vec3 v_kind;
varying vec4 v_shares;
void main() {
  v_radius = pixels(a_disc.x, -1.0);
  v_kind = a_disc.yzw;
  v_shares = a_shares;
  v_at = a_corner * (v_radius + 5.0);
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + v_at * 2.0 / u_size, 0.0, 1.0);
}`;

const DISC_FRAGMENT = `
precision highp float;
varying vec2 v_at;
varying float v_radius;
varying vec3 v_kind; // opened, tint, light
varying vec4 v_shares;
uniform vec3 u_ink;
uniform vec3 u_wash;
uniform vec3 u_accent;
uniform vec3 u_types[5];
uniform float u_fade;
uniform float u_pixel;
void main() {
  float far = length(v_at), d = far - v_radius;
  float soft = 0.5 / max(u_pixel, 1.0);
  float cover = 1.0 - smoothstep(-soft, soft, d);
  float shown = v_kind.z > 0.5 ? 1.0 : u_fade;
  float turn = atan(v_at.x, v_at.y) / 6.2831853;
  if (turn < 0.0) turn += 1.0;
  vec3 kind = turn < v_shares.x ? u_types[0] : turn < v_shares.y ? u_types[1] : turn < v_shares.z ? u_types[2] : turn < v_shares.w ? u_types[3] : u_types[4];
  float thick = clamp(v_radius * 0.09, 1.5, 4.0);
  float band = smoothstep(-thick - soft, -thick + soft, d) * cover;
  float outline = smoothstep(-1.0 - soft, -1.0 + soft, d) * cover;
  vec4 colour = v_kind.x > 0.5 ? vec4(u_ink, 1.0) * cover * 0.025 : vec4(u_wash, 1.0) * cover;
  if (v_kind.x > 0.5) colour = mix(colour, vec4(u_ink, 1.0) * 0.45, outline);
  else { colour = mix(colour, vec4(kind, 1.0), band * 0.85); colour = mix(colour, vec4(u_ink, 1.0), outline * 0.75); }
  colour *= shown;
  if (v_kind.z > 1.5) colour = mix(colour, vec4(u_accent, 1.0), 1.0 - smoothstep(-soft, soft, abs(d - 2.6) - 1.1));
  if (colour.a < 0.004) discard;
  gl_FragColor = colour;
}`;

export class Disc extends Unpicked {
  getDefinition() {
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: DISC_VERTEX, FRAGMENT_SHADER_SOURCE: DISC_FRAGMENT, METHOD: TRIANGLES as 4, UNIFORMS,
      ATTRIBUTES: [{ name: "a_position", size: 2, type: FLOAT }, { name: "a_disc", size: 4, type: FLOAT }, { name: "a_shares", size: 4, type: FLOAT }],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }], CONSTANT_DATA: QUAD,
    };
  }
  processVisibleItem(_: number, at: number, shown: NodeDisplayData) {
    const { x, y, radius, opened, tint, light, shares } = shown as DiscDisplay;
    const { array } = this;
    array[at++] = x; array[at++] = y; array[at++] = radius; array[at++] = opened ? 1 : 0; array[at++] = tint; array[at++] = light;
    for (let n = 0; n < 4; n++) array[at++] = shares[n];
  }
}

const LINE_VERTEX = `
attribute vec4 a_ends;
attribute vec4 a_line;
attribute vec3 a_tip;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_size;
uniform float u_arrows;
${SIZE}
varying vec2 v_at;
varying vec4 v_line;
varying vec3 v_tip;
void main() {
  vec2 from = (u_matrix * vec3(a_ends.xy, 1.0)).xy * u_size * 0.5;
  vec2 to = (u_matrix * vec3(a_ends.zw, 1.0)).xy * u_size * 0.5;
  vec2 way = to - from;
  float far = max(length(way), 0.001);
  vec2 along = way / far;
  vec2 side = vec2(-along.y, along.x);
  float bend = a_line.z * min(far * 0.16, 34.0);
  float arrow = a_tip.z > 1.5 ? 2.0 : u_arrows * a_tip.z; // 2: ends at the rim, without a head
  float tip = pixels(a_tip.x, a_tip.y);
  if (a_tip.z < 1.5 && far < tip + 14.0) arrow = 0.0;
  float pad = (arrow > 0.5 || (u_arrows > 0.5 && a_line.x > 3.5 && a_line.x < 5.5)) ? 7.0 : a_line.y * (a_line.w > 0.5 ? 0.7 : 0.5) + 0.6;
  float low = min(bend, 0.0) - pad, high = max(bend, 0.0) + pad;
  v_at = vec2(mix(0.0, far, a_corner.x * 0.5 + 0.5), mix(low, high, a_corner.y * 0.5 + 0.5));
  v_line = vec4(a_line.x, a_line.y, bend, a_line.w);
  v_tip = vec3(tip, arrow, far);
  gl_Position = vec4((from + along * v_at.x + side * v_at.y) * 2.0 / u_size, 0.0, 1.0);
}`;

const LINE_FRAGMENT = `
precision highp float;
varying vec2 v_at;
varying vec4 v_line; // how, width, bend, light
varying vec3 v_tip;  // target's radius, arrow, length
uniform vec3 u_ink;
uniform vec3 u_accent;
uniform vec3 u_quiet;
uniform float u_fade;
uniform float u_strong;
uniform float u_arrows;
void main() {
  float how = v_line.x, light = v_line.w, far = v_tip.z, bend = v_line.z;
  float width = v_line.y * (light > 0.5 ? 1.35 : 1.0);
  if (light < 0.5 && how < 1.5 && v_tip.y < 0.5 && bend == 0.0) { // most lines of a crowded picture: straight, solid, without an end
    gl_FragColor = vec4(u_ink, 1.0) * (clamp(width * 0.5 + 0.5 - abs(v_at.y), 0.0, 1.0) * min(width, 1.0) * u_strong * u_fade);
    return;
  }
  float t = v_at.x / far;
  float lean = 4.0 * bend * (1.0 - 2.0 * t) / far;
  float d = abs(v_at.y - 4.0 * bend * t * (1.0 - t)) / sqrt(1.0 + lean * lean);
  float shown = clamp(width * 0.5 + 0.5 - d, 0.0, 1.0) * min(width, 1.0);
  if (how > 1.5 && how < 2.5) { float m = mod(v_at.x, 10.0); shown *= clamp(3.5 - abs(m - 5.0), 0.0, 1.0); }
  if (how > 2.5 && how < 3.5) { float m = mod(v_at.x, 5.0) - 2.5; shown = clamp(max(width * 0.5, 0.9) + 0.5 - length(vec2(m, d)), 0.0, 1.0); }
  float end = far - v_tip.x - 1.0;
  if (v_tip.y > 1.5) shown *= clamp(end - v_at.x, 0.0, 1.0);
  else if (v_tip.y > 0.5) {
    shown *= clamp(end - 4.0 - v_at.x, 0.0, 1.0);
    float te = end / far;
    vec2 q = v_at - vec2(end, 4.0 * bend * te * (1.0 - te));
    vec2 u = normalize(vec2(1.0, 4.0 * bend * (1.0 - 2.0 * te) / far));
    float back = -dot(q, u), side = abs(q.x * u.y - q.y * u.x), size = 7.0;
    float head = clamp(back * 0.42 - side + 0.5, 0.0, 1.0) * clamp(size - back + 0.5, 0.0, 1.0) * clamp(back + 0.5, 0.0, 1.0);
    shown = max(shown, head);
  }
  bool not_ = how > 3.5 && how < 5.5;
  vec3 colour = light > 1.5 ? u_accent : not_ ? u_quiet : u_ink;
  float strong = light > 1.5 ? 1.0 : light > 0.5 ? 0.62 : (how > 5.5 ? 0.17 : u_strong) * u_fade;
  vec4 made = vec4(colour, 1.0) * shown * strong;
  if (not_ && u_arrows > 0.5) {
    vec2 q = v_at - vec2(far * 0.5, bend);
    float a = abs(q.x + q.y) * 0.70711, b = abs(q.x - q.y) * 0.70711;
    float cross_ = clamp(1.4 - min(a, b), 0.0, 1.0) * clamp(5.5 - max(a, b), 0.0, 1.0) * step(24.0, far);
    made = mix(made, vec4(u_accent, 1.0) * (light > 0.5 ? 1.0 : 0.9 * u_fade), cross_);
  }
  if (made.a < 0.004) discard;
  gl_FragColor = made;
}`;

export const WHILE_MOVING = 2500;
/** So many of the strongest lines are drawn where marks stand too close to tell one from another; the rest as one comes near. */
const FROM_AFAR = 30000;

export class Line extends EdgeProgram<(typeof UNIFORMS)[number]> {
  drawWebGL(method: number, made: Parameters<EdgeProgram["drawWebGL"]>[1]): void {
    const { capacity } = this;
    if (look.moving) this.capacity = Math.min(capacity, WHILE_MOVING);
    else if (look.fade === 1 && spacing() < 6) this.capacity = Math.min(capacity, FROM_AFAR);
    // sigma draws marks first, and both stand on one sheet: lines go beneath what is there.
    made.gl.blendFunc(made.gl.ONE_MINUS_DST_ALPHA, made.gl.ONE);
    super.drawWebGL(method, made);
    made.gl.blendFunc(made.gl.ONE, made.gl.ONE_MINUS_SRC_ALPHA);
    this.capacity = capacity;
  }
  getDefinition() {
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: LINE_VERTEX, FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT, METHOD: TRIANGLES as 4, UNIFORMS,
      ATTRIBUTES: [{ name: "a_ends", size: 4, type: FLOAT }, { name: "a_line", size: 4, type: FLOAT }, { name: "a_tip", size: 3, type: FLOAT }],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }], CONSTANT_DATA: QUAD,
    };
  }
  processVisibleItem(_: number, at: number, from: NodeDisplayData, to: NodeDisplayData, shown: EdgeDisplayData) {
    const { how, width, bend, light, arrow, tip, tipImportance } = shown as LineDisplay;
    const { array } = this;
    array[at++] = from.x; array[at++] = from.y; array[at++] = to.x; array[at++] = to.y;
    array[at++] = how; array[at++] = width; array[at++] = bend; array[at++] = light;
    array[at++] = tip; array[at++] = tipImportance; array[at] = arrow;
  }
  protected override getProgramInfo(_: string, gl: Gl, vertex: string, fragment: string): ProgramInfo {
    return begun(gl, vertex, fragment, this.getDefinition());
  }
  setUniforms(params: RenderParams, made: ProgramInfo): void {
    uniforms(made, params);
  }
}

/** Stands where sigma wants a program that we have no use for. */
export class Nothing {
  drawLabel = undefined;
  drawHover = undefined;
  kill(): void {}
  reallocate(): void {}
  process(): void {}
  render(): void {}
}
