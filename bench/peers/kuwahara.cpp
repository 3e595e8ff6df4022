// Anisotropic Kuwahara filter as a loop over the pixels of each ellipse, for all cores: what it costs without a GPU. Serves over the same lines as openCv.py.
// Compiled by openPeers.ts. Same formulas and constants as shaders/passes/kuwahara.wgsl, straight from the paper: no pairs of opposite pixels, no samples.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int SECTORS = 8;
constexpr float ZETA = 1.0f / 3, ETA = 3.7737621f, RADIAL = 3.125f, SQRT_HALF = 0.70710678f;
constexpr float FLOOR_SQUARED = 1.0f / 255, SIGMA = 2;
constexpr int REACH = 4;

struct Picture {
  int width, height;
  std::vector<unsigned char> rgba;
};

struct Plane {
  int width, height;
  // Four numbers a pixel.
  std::vector<float> values;
  const float* at(int x, int y) const { return &values[4 * (std::clamp(y, 0, height - 1) * width + std::clamp(x, 0, width - 1))]; }
};

template <class Row>
void forRows(int height, int threads, Row row) {
  std::vector<std::thread> running;
  for (int k = 0; k < threads; k++)
    running.emplace_back([=] {
      for (int y = height * k / threads; y < height * (k + 1) / threads; y++) row(y);
    });
  for (auto& thread : running) thread.join();
}

template <class Value>
Plane make(int width, int height, int threads, Value value) {
  Plane plane{width, height, std::vector<float>(4 * size_t(width) * height)};
  float* out = plane.values.data();
  forRows(height, threads, [=](int y) {
    for (int x = 0; x < width; x++) value(x, y, out + 4 * (y * width + x));
  });
  return plane;
}

Plane colorsOf(const Picture& picture, int threads) {
  return make(picture.width, picture.height, threads, [&](int x, int y, float* out) {
    const unsigned char* code = &picture.rgba[4 * (y * picture.width + x)];
    out[3] = 0;
    for (int c = 0; c < 3; c++) out[c] = code[c] / 255.0f - 0.5f, out[3] += out[c] * out[c];
  });
}

Plane tensorOf(const Plane& colors, int threads) {
  return make(colors.width, colors.height, threads, [&](int x, int y, float* out) {
    out[0] = out[1] = out[2] = 0;
    for (int c = 0; c < 3; c++) {
      auto p = [&](int dx, int dy) { return colors.at(x + dx, y + dy)[c]; };
      float gx = (p(1, -1) + 2 * p(1, 0) + p(1, 1) - p(-1, -1) - 2 * p(-1, 0) - p(-1, 1)) / 4;
      float gy = (p(-1, 1) + 2 * p(0, 1) + p(1, 1) - p(-1, -1) - 2 * p(0, -1) - p(1, -1)) / 4;
      out[0] += gx * gx, out[1] += gx * gy, out[2] += gy * gy;
    }
  });
}

Plane blurred(const Plane& tensor, int dx, int dy, int threads) {
  float weights[2 * REACH + 1], total = 0;
  for (int i = -REACH; i <= REACH; i++) total += weights[i + REACH] = std::exp(-0.5f * i * i / (SIGMA * SIGMA));
  return make(tensor.width, tensor.height, threads, [&](int x, int y, float* out) {
    out[0] = out[1] = out[2] = 0;
    for (int i = -REACH; i <= REACH; i++)
      for (int c = 0; c < 3; c++) out[c] += weights[i + REACH] / total * tensor.at(x + i * dx, y + i * dy)[c];
  });
}

void paintPixel(const Plane& colors, const float* tensor, float radius, int x, int y, unsigned char* out) {
  float e = tensor[0], f = tensor[1], g = tensor[2];
  float anisotropy = e + g > 0 ? std::sqrt((e - g) * (e - g) + 4 * f * f) / (e + g) : 0, angle = std::atan2(2 * f, e - g) / 2 + float(M_PI) / 2;
  float a = radius * std::min(2.0f, 1 + anisotropy), b = radius / (1 + anisotropy), cosine = std::cos(angle), sine = std::sin(angle);
  int mostX = int(std::sqrt(a * a * cosine * cosine + b * b * sine * sine)), mostY = int(std::sqrt(a * a * sine * sine + b * b * cosine * cosine));
  float sums[5][SECTORS] = {};
  for (int dy = -mostY; dy <= mostY; dy++) {
    for (int dx = -mostX; dx <= mostX; dx++) {
      float vx = (cosine * dx + sine * dy) / a, vy = (cosine * dy - sine * dx) / b, square = vx * vx + vy * vy;
      if (square > 1.00001f) continue;
      float d = SQRT_HALF * (vx + vy), s = SQRT_HALF * (vy - vx);
      float along[SECTORS] = {vx, d, vy, s, -vx, -d, -vy, -s}, across[SECTORS] = {vy, s, vx, d, vy, s, vx, d}, weights[SECTORS], total = 0;
      for (int k = 0; k < SECTORS; k++) {
        float z = std::max(0.0f, along[k] + ZETA - ETA * across[k] * across[k]);
        total += weights[k] = z * z;
      }
      float scale = std::exp(-RADIAL * square) / total;
      const float* color = colors.at(x + dx, y + dy);
      for (int k = 0; k < SECTORS; k++) {
        float weight = weights[k] * scale;
        sums[4][k] += weight;
        for (int c = 0; c < 4; c++) sums[c][k] += weight * color[c];
      }
    }
  }
  float color[3] = {}, total = 0;
  for (int k = 0; k < SECTORS; k++) {
    float mean[4];
    for (int c = 0; c < 4; c++) mean[c] = sums[c][k] / sums[4][k];
    float ratio = std::abs(mean[3] - mean[0] * mean[0] - mean[1] * mean[1] - mean[2] * mean[2]) / FLOOR_SQUARED;
    float score = 1 / (1 + ratio * ratio * ratio * ratio);
    total += score;
    for (int c = 0; c < 3; c++) color[c] += score * mean[c];
  }
  for (int c = 0; c < 3; c++) out[c] = (unsigned char)std::clamp((color[c] / total + 0.5f) * 255 + 0.5f, 0.0f, 255.0f);
  out[3] = 255;
}

Picture paint(const Picture& picture, float radius, int threads) {
  Plane colors = colorsOf(picture, threads);
  Plane tensor = blurred(blurred(tensorOf(colors, threads), 1, 0, threads), 0, 1, threads);
  Picture painted{picture.width, picture.height, std::vector<unsigned char>(picture.rgba.size())};
  forRows(picture.height, threads, [&](int y) {
    for (int x = 0; x < picture.width; x++) paintPixel(colors, tensor.at(x, y), radius, x, y, &painted.rgba[4 * (y * picture.width + x)]);
  });
  return painted;
}

// The text behind `"name":` in a line of JSON without white space, up to the end of the value; empty where there is none.
std::string valueOf(const std::string& line, const std::string& name) {
  size_t at = line.find("\"" + name + "\":");
  if (at == std::string::npos) return "";
  at += name.size() + 3;
  if (line[at] == '"') return line.substr(at + 1, line.find('"', at + 1) - at - 1);
  return line.substr(at, line.find_first_of(",}", at) - at);
}

}  // namespace

int main() {
  // Ctrl-C is for the program that asks.
  std::signal(SIGINT, SIG_IGN);
  int cores = int(std::max(1u, std::thread::hardware_concurrency()));
  std::cout << "{\"version\":\"C++ loop (g++ " __VERSION__ ")\",\"threads\":" << cores << ",\"modules\":[]}" << std::endl;
  std::string known;
  Picture picture;
  for (std::string line; std::getline(std::cin, line);) {
    if (valueOf(line, "operation") != "anisotropicKuwahara") {
      std::cout << "{\"missing\":\"the loop in C++ is of anisotropicKuwahara only\"}" << std::endl;
      continue;
    }
    if (std::string file = valueOf(line, "file"); file != known) {
      picture = {std::stoi(valueOf(line, "width")), std::stoi(valueOf(line, "height")), {}};
      picture.rgba.resize(4 * size_t(picture.width) * picture.height);
      std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(picture.rgba.data()), std::streamsize(picture.rgba.size()));
      known = file;
    }
    std::string threads = valueOf(line, "threads"), output = valueOf(line, "output");
    int times = std::stoi(valueOf(line, "times"));
    Picture painted;
    auto start = std::chrono::steady_clock::now();
    clock_t cpu = clock();
    for (int i = 0; i < times; i++) painted = paint(picture, std::stof(valueOf(line, "radius")), threads == "all" ? cores : std::stoi(threads));
    double wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / times;
    double used = 1000.0 * double(clock() - cpu) / CLOCKS_PER_SEC / times;
    if (!output.empty()) std::ofstream(output, std::ios::binary).write(reinterpret_cast<const char*>(painted.rgba.data()), std::streamsize(painted.rgba.size()));
    std::cout << "{\"wall\":" << wall << ",\"cpu\":" << used << "}" << std::endl;
  }
}
